"""Warnings of a plan, and the readings that decide whether one is raised or stands."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from consult.phase4_implementation.alarms import Entry, standing
from consult.phase4_implementation.enums import WarningLevel
from consult.phase4_implementation.models import Reading, ThresholdWarning
from consult.phase4_implementation.series import Indicator
from plans.register.models import Plan
from plans.register.queries import visible_plans
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

Course = tuple[int, str | None]  # of one indicator and unit; None: the whole area


def warnings_of(*, actor: Actor, plan: Plan) -> QuerySet[ThresholdWarning]:
    """The warnings of a plan, newest first."""
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    return (
        ThresholdWarning.objects.filter(reading__item__plan__in=plans)
        .select_related("reading__item__plan", "reading__jurisdiction")
        .defer("reading__jurisdiction__boundary")
        .order_by("-pk")
    )


def get_warning(*, actor: Actor, plan: Plan, number: int) -> ThresholdWarning:
    """One warning. NotVisible when it is not there or not for `actor`."""
    found = warnings_of(actor=actor, plan=plan).filter(pk=number).first()
    if found is None:
        raise NotVisible
    return found


def courses_of(indicators: Sequence[Indicator], *, only: Q) -> dict[Course, list[Entry]]:
    """The readings of the courses chosen, in the order they were entered. One query."""
    held = {one.item_id: one for one in indicators}
    rows = (
        Reading.objects.filter(only, item__in=list(held))
        .order_by("pk")
        .values_list("pk", "item", "jurisdiction", "period", "value", "warning__level")
    )
    courses: dict[Course, list[Entry]] = {}
    for pk, item, code, period, value, warned in rows:
        level = held[item].level_of(value, period=period, is_whole=code is None)
        entry = Entry(
            id=pk, period=period, level=level, warned=WarningLevel(warned) if warned else None
        )
        courses.setdefault((item, code), []).append(entry)
    return courses


def courses_at(
    indicators: Sequence[Indicator], *, places: Iterable[Course]
) -> dict[Course, list[Entry]]:
    """The courses of these indicators and units."""
    condition = Q(pk__in=[])
    units: dict[int, set[str | None]] = {}
    for item, code in places:
        units.setdefault(item, set()).add(code)
    for item, codes in units.items():
        named = Q(jurisdiction__in=[code for code in codes if code is not None])
        condition |= Q(item=item) & (named | Q(jurisdiction=None) if None in codes else named)
    return courses_of(indicators, only=condition)


def standing_warnings(indicators: Sequence[Indicator]) -> frozenset[int]:
    """The ids of the readings whose warnings stand: nothing since was back within. One query."""
    at = ThresholdWarning.objects.filter(reading__item=OuterRef("item"))
    same = Q(Exists(at.filter(reading__jurisdiction=OuterRef("jurisdiction")))) | Q(
        Exists(at.filter(reading__jurisdiction=None)), jurisdiction=None
    )
    courses = courses_of(indicators, only=same)
    return frozenset().union(*(standing(entries) for entries in courses.values()))
