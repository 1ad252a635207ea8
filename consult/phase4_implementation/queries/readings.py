"""Readings of indicators, for whoever sees the plan."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import Q, QuerySet

from consult.phase4_implementation.models import Reading
from consult.phase4_implementation.periods import order_of
from consult.phase4_implementation.queries.units import units_by_code
from consult.phase4_implementation.series import Indicator, Series
from consult.phase4_implementation.standings import Standing, standing_of
from plans.register.models import Plan
from plans.register.queries import visible_plans
from stakeholders.terms.actor import Actor


def newest_readings(plan: Plan, *, items: Iterable[int] | None = None) -> list[Reading]:
    """The reading that counts per indicator, jurisdiction and period, with its warning if any."""
    found = Reading.objects.filter(item__plan=plan)
    if items is not None:
        found = found.filter(item__in=list(items))
    return list(
        found.order_by("item_id", "jurisdiction_id", "period", "-pk")
        .distinct("item_id", "jurisdiction_id", "period")
        .select_related("warning", "jurisdiction")
        .defer("jurisdiction__boundary")
    )


def series_of(plan: Plan, indicators: Sequence[Indicator]) -> list[Series]:
    """Each indicator with its readings that count. Two queries for any number of indicators."""
    readings: dict[int, list[Reading]] = {one.item_id: [] for one in indicators}
    for reading in newest_readings(plan, items=readings):
        readings[reading.item_id].append(reading)
    units = units_by_code(code for one in indicators for code in one.concerned)
    return [Series.of(one, readings=readings[one.item_id], units=units) for one in indicators]


def full_series(indicator: Indicator) -> Series:
    """An indicator with all its readings, those that were corrected beside what counts. Two
    queries."""
    rows = (
        Reading.objects.filter(item=indicator.item_id)
        .select_related("warning", "jurisdiction")
        .defer("jurisdiction__boundary")
        .order_by("pk")
    )
    return Series.of(indicator, readings=list(rows), units=units_by_code(indicator.concerned))


def all_readings(*, actor: Actor, plan: Plan) -> QuerySet[Reading]:
    """Every reading, corrected ones included, newest first."""
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    found = Reading.objects.filter(item__plan__in=plans).select_related("item", "warning")
    return found.order_by("-pk")


def newest_id(plan: Plan) -> int:
    """The id of the plan's newest reading: what a form has seen. 0 where there is none."""
    rows = Reading.objects.filter(item__plan=plan).order_by("-pk").values_list("pk", flat=True)
    return rows.first() or 0


def find_reading(indicator: Indicator, *, jurisdiction: str | None, period: str) -> Reading | None:
    """The reading that counts for a unit and a period."""
    rows = Reading.objects.filter(item=indicator.item_id, jurisdiction=jurisdiction, period=period)
    return rows.select_related("mandate__user").order_by("-pk").first()


def standings_of(indicators: Sequence[Indicator]) -> list[Standing]:
    """How each indicator stands by the newest reading of each unit. Two queries."""
    rows: dict[int, list[tuple[str | None, str, Decimal]]] = {one.item_id: [] for one in indicators}
    for item, code, period, value in _newest(rows):
        rows[item].append((code, period, value))
    units = units_by_code(code for one in indicators for code in one.concerned)
    return [standing_of(one, rows=rows[one.item_id], units=units) for one in indicators]


def _newest(items: Iterable[int]) -> list[tuple[int, str | None, str, Decimal]]:
    """Indicator, unit, period and value of the newest reading of each. Periods of one kind sort as
    text; where an indicator was read by more than one, the one that ends last is the newest."""
    rows = (
        Reading.objects.filter(item__in=list(items))
        .order_by("item_id", "jurisdiction_id", "-period", "-pk")
        .distinct("item_id", "jurisdiction_id")
        .values_list("item", "jurisdiction", "period", "value")
    )
    is_part, is_quarter = Q(period__contains="-"), Q(period__contains="-Q")
    months = rows.filter(is_part, ~is_quarter)
    found: dict[tuple[int, str | None], tuple[int, str | None, str, Decimal]] = {}
    for row in rows.filter(~is_part).union(rows.filter(is_quarter), months, all=True):
        held = found.get(row[:2])
        if held is None or order_of(held[2]) < order_of(row[2]):
            found[row[:2]] = row
    return list(found.values())
