"""When meetings are held, for calendars: hours, place and the number of calls."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.meetings.models import Meeting
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.plan_date import PlanDate

KEPT = timedelta(days=180)  # how long a day that is over is still named
in_both = lazy(in_language, str)


def dates(*, plans: Sequence[Plan], now: datetime) -> list[PlanDate]:
    """The meetings that were called, ahead or less than half a year ago, as they are set now.

    Three queries for any number of plans. Who is invited, has it in its calendar; one that was
    cancelled stays there as such.
    """
    keys = {plan.pk: plan.key for plan in plans}
    if not keys:
        return []
    rows = Meeting.objects.filter(plan__in=keys, ends_at__gt=now - KEPT, calls__isnull=False)
    rows = rows.distinct().prefetch_related("calls", "guests").order_by("pk")
    return [date_of(one, key=keys[one.plan_id]) for one in rows]


def date_of(one: Meeting, *, key: str) -> PlanDate:
    """The day of one meeting; its calls are counted, the cancellation is one change more."""
    calls = list(one.calls.all())
    changed = [call.at for call in calls] + ([one.cancelled_at] if one.cancelled_at else [])
    title = format_lazy("{kind}: {title}", kind=one.get_kind_display(), title=in_both(one, "title"))
    return PlanDate(
        key=f"meeting:{one.pk}",
        plan_id=one.plan_id,
        title=format_lazy(_("Cancelled: {title}"), title=title) if one.cancelled_at else title,
        url=reverse("meetings:detail", args=[key, one.number]),
        at=one.starts_at,
        ends_at=one.ends_at,
        place=in_both(one, "place"),
        changed_at=max(changed, default=one.created_at),
        number=max(len(calls) - 1, 0) + bool(one.cancelled_at),
        jurisdictions=frozenset(
            str(g.jurisdiction_id) for g in one.guests.all() if g.jurisdiction_id
        ),
        organizations=frozenset(
            int(g.organization_id) for g in one.guests.all() if g.organization_id
        ),
        is_cancelled=one.cancelled_at is not None,
    )
