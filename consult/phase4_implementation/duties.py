"""Who owes a report: of a milestone its responsible unit, of readings each party concerned."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.ladder import HOUR
from consult.phase4_implementation.case_duties import duties_of_cases
from consult.phase4_implementation.enums import Progress
from consult.phase4_implementation.models import Reading, StatusReport
from consult.phase4_implementation.periods import periods_before, read_period
from plans.indicators.enums import PeriodKind
from plans.projects.models import Milestone
from plans.register.enums import ItemKind, Phase
from plans.register.models import Party, Plan, RevisionItem
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty

# A milestone stands on the desk of its unit this long before its date.
AHEAD = timedelta(days=30)
REPORTERS = frozenset({Role.CONTACT_POINT.value, Role.PLANNER.value})
# The readings of a year are reported in the first quarter of the next, when its figures are there.
READINGS_BY = (3, 31)
# Those of a month by the 15th of the next, those of a quarter by the end of the next month.
DAYS_AFTER = {PeriodKind.QUARTER: 29, PeriodKind.MONTH: 14}
name_of = lazy(in_language, str)


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Milestones, the readings of the last year, and cases. The same number of queries over one
    plan or many; only those in phase 4 count."""
    there = [plan for plan in plans if plan.phase == Phase.IMPLEMENTATION]
    return [
        *_milestones(there, now),
        *_readings(there, now),
        *duties_of_cases(plans=there, now=now),
    ]


def _milestones(plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Milestones due within 30 days or overdue, without the owner's report that they are done."""
    keys = {plan.pk: plan.key for plan in plans}
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
    closing = _end_of(milestone.due_on)
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
        due_at=closing,
        since=closing - AHEAD,
        holder_code=milestone.owner_id,
        roles=REPORTERS,
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day, HOUR, timezone.get_default_timezone()).astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Term:
    """The last period of a kind that ended: what is taken for it, when it ended and is due."""

    text: str
    taken: tuple[str, ...]
    ended_at: datetime
    due_on: date


def _terms(now: datetime) -> dict[str, Term]:
    """By the kind of period an indicator is read by; "" (any) is asked once a year."""
    today = timezone.localdate(now)
    year = str(today.year - 1)
    yearly = Term(
        text=year,
        taken=(year, f"{year}-Q4", f"{year}-12"),
        ended_at=_begun(date(today.year, 1, 1)),
        due_on=date(today.year, *READINGS_BY),
    )
    found = {"": yearly, PeriodKind.YEAR.value: yearly}
    for kind in (PeriodKind.QUARTER, PeriodKind.MONTH):
        text = periods_before(today, kind=kind)[-1]
        period = read_period(text)
        if period is None:
            raise ValueError(f"no period: {text}")
        after = period.last + timedelta(days=1)
        found[kind.value] = Term(
            text=text,
            taken=(text,),
            ended_at=_begun(after),
            due_on=after + timedelta(days=DAYS_AFTER[kind]),
        )
    return found


def _begun(day: date) -> datetime:
    return datetime.combine(day, time(0), timezone.get_default_timezone())


def _readings(plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """What each party has not reported yet of the last period, of the indicators that concern it.

    Asked of plans whose text was in force when that period ended; a later period takes the place of
    an earlier one. Three queries, none where no plan has a text in force.
    """
    keys = {plan.in_force_id: plan.key for plan in plans if plan.in_force_id}
    if not keys:
        return []
    terms = _terms(now)
    asked = [row for row in _asked(keys, terms) if row[0] < row[1].ended_at]
    if not asked:
        return []
    said = _said({item for _at, _term, _revision, _plan, item, _codes in asked}, terms)
    parties = _present({plan for _at, _term, _revision, plan, _item, _codes in asked})
    missing: dict[tuple[int, int, str, str], int] = {}
    for _at, term, revision, plan, item, codes in asked:
        for code in codes:
            is_read = any((item, code, period) in said for period in term.taken)
            if (plan, code) in parties and not is_read:
                place = (revision, plan, code, term.text)
                missing[place] = missing.get(place, 0) + 1
    by_text = {term.text: term for term in terms.values()}
    return [
        _owed(by_text[text], key=keys[revision], plan=plan, code=code, count=count)
        for (revision, plan, code, text), count in missing.items()
    ]


def _asked(
    keys: Mapping[int, str], terms: Mapping[str, Term]
) -> list[tuple[datetime, Term, int, int, int, list[str]]]:
    """Every indicator of the texts in force: when published, its term, revision, plan, item, whom
    it concerns. One query."""
    rows = RevisionItem.objects.filter(
        revision__in=list(keys),
        revision__published_at__lt=max(term.ended_at for term in terms.values()),
        item__kind=ItemKind.INDICATOR,
    )
    found = rows.order_by("revision_id", "position").values_list(
        "revision__published_at",
        "version__content",
        "revision",
        "revision__plan",
        "item",
        "version__concerned",
    )
    return [
        (at, terms.get(_kind_in(content), terms[""]), revision, plan, item, codes)
        for at, content, revision, plan, item, codes in found
    ]


def _kind_in(content: str) -> str:
    return str(json.loads(content)["content"].get("period") or "")


def _owed(term: Term, *, key: str, plan: int, code: str, count: int) -> Duty:
    return Duty(
        kind="reading.report",
        plan_id=plan,
        subject_id=f"{plan}-{term.text}",
        title=format_lazy(
            _("Report readings of {count} indicators for {year}"),
            count=str(count),
            year=term.text,
        ),
        url=reverse("implementation:report_reading", args=[key]),
        due_at=_end_of(term.due_on),
        holder_code=code,
        roles=REPORTERS,
        since=term.ended_at,
    )


def _said(items: set[int], terms: Mapping[str, Term]) -> set[tuple[int, str, str]]:
    """(indicator, code, period) that was read."""
    periods = {period for term in terms.values() for period in term.taken}
    rows = Reading.objects.filter(item__in=items, period__in=periods, jurisdiction__isnull=False)
    found = rows.values_list("item", "jurisdiction", "period")
    return {(item, str(code), period) for item, code, period in found}


def _present(plans: set[int]) -> set[tuple[int, str]]:
    rows = Party.objects.filter(plan__in=plans, left_at__isnull=True)
    return set(rows.values_list("plan", "jurisdiction"))
