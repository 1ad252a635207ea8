"""Who owes a report: the responsible unit of a milestone that is due and not reported done."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase4_implementation.enums import Progress
from consult.phase4_implementation.models import StatusReport
from plans.projects.models import Milestone
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty

# A milestone stands on the desk of its unit this long before its date.
AHEAD = timedelta(days=30)
CLOSING = time(17)
REPORTERS = frozenset({Role.CONTACT_POINT.value, Role.PLANNER.value})
name_of = lazy(in_language, str)


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Milestones due within 30 days or overdue, without the owner's report that they are done.

    One query over all `plans`; only those in phase 4 count.
    """
    keys = {plan.pk: plan.key for plan in plans if plan.phase == Phase.IMPLEMENTATION}
    said = StatusReport.objects.filter(
        milestone=OuterRef("pk"), jurisdiction=OuterRef("owner")
    ).order_by("-pk")
    due = (
        Milestone.objects.filter(
            project__plan__in=list(keys), due_on__lte=timezone.localdate(now + AHEAD)
        )
        .annotate(said=Subquery(said.values("progress")[:1]))
        .filter(Q(said__isnull=True) | ~Q(said=Progress.DONE))
        .select_related("project")
        .order_by("due_on", "pk")
    )
    return [_duty(one, keys[one.project.plan_id]) for one in due]


def _duty(milestone: Milestone, key: str) -> Duty:
    project = milestone.project
    page = reverse("implementation:report_status", args=[key, project.key])
    closing = datetime.combine(milestone.due_on, CLOSING, timezone.get_default_timezone())
    return Duty(
        kind="milestone.report",
        plan_id=project.plan_id,
        subject_id=milestone.pk,
        title=format_lazy(
            _("Report on milestone {number} of project {project}: {title}"),
            number=milestone.number,
            project=project.key,
            title=name_of(milestone, "title"),
        ),
        url=f"{page}?milestone={milestone.number}",
        due_at=closing.astimezone(UTC),
        holder_code=milestone.owner_id,
        roles=REPORTERS,
    )
