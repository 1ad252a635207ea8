"""Who is asked in a case, and what stands for its end: readings back within, corrections."""

from collections.abc import Sequence

from django.db.models import QuerySet

from consult.phase4_implementation.models import Reading
from consult.phase4_implementation.periods import order_of
from consult.phase4_implementation.queries.cases import CaseRow
from consult.phase4_implementation.queries.indicators import find_indicator
from consult.phase4_implementation.series import Indicator
from plans.register.enums import PartyRole
from plans.register.models import Party, Plan
from stakeholders.jurisdictions.queries import neighbours_of

MAKING = (PartyRole.CONVENOR, PartyRole.CO_MAKER)


def who_answers(*, plan: Plan, indicator: Indicator, code: str | None) -> list[str]:
    """Whom a case asks: the unit of the reading, or for the whole area all units concerned that
    take part."""
    if code is not None:
        return [code]
    present = set(_present(plan).values_list("jurisdiction", flat=True))
    return sorted(set(indicator.concerned) & present) or sorted(indicator.concerned)


def who_is_told(*, plan: Plan, indicator: Indicator, answering: Sequence[str]) -> list[str]:
    """The neighbours by common border that make the plan or that the indicator concerns."""
    making = _present(plan).filter(role__in=MAKING).values_list("jurisdiction", flat=True)
    near = set(neighbours_of(answering).values_list("pk", flat=True))
    return sorted(near & ({*making} | {*indicator.concerned}))


def _present(plan: Plan) -> QuerySet[Party]:
    return Party.objects.filter(plan=plan, left_at__isnull=True)


def back_within(row: CaseRow, *, plan: Plan) -> Reading | None:
    """The newest reading of a period after the warning's, where it lies within again."""
    first = row.reading
    since = order_of(first.period)
    later = [one for one in _of_same(first) if order_of(one.period) > since]
    newest = max(later, key=lambda one: (order_of(one.period), one.pk), default=None)
    indicator = find_indicator(plan, key=first.item.key)
    return newest if newest is not None and is_within(newest, indicator) else None


def corrected(row: CaseRow, *, plan: Plan) -> Reading | None:
    """The correction of the reading that raised the warning, where it lies within."""
    first = row.reading
    newest = _of_same(first).filter(period=first.period).order_by("-pk").first()
    indicator = find_indicator(plan, key=first.item.key)
    if newest is None or newest.pk == first.pk:
        return None
    return newest if is_within(newest, indicator) else None


def is_within(reading: Reading, indicator: Indicator | None) -> bool:
    """Whether a value lies beyond no threshold; an indicator struck from the text has none."""
    if indicator is None:
        return True
    is_whole = reading.jurisdiction_id is None
    level = indicator.level_of(reading.value, period=reading.period, is_whole=is_whole)
    return level is None


def _of_same(first: Reading) -> QuerySet[Reading]:
    return Reading.objects.filter(item=first.item_id, jurisdiction=first.jurisdiction_id)
