"""How every indicator of a plan stands, by the newest reading of each unit. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from consult.phase4_implementation.alarms import GRAVITY
from consult.phase4_implementation.enums import IndicatorState, WarningLevel
from consult.phase4_implementation.periods import order_of
from consult.phase4_implementation.series import Indicator, Series, plain
from plans.indicators.allocating import rounded
from plans.indicators.enums import Direction
from stakeholders.jurisdictions.models import Jurisdiction


@dataclass(frozen=True, kw_only=True)
class Newest:
    """The newest reading of a unit (None: the whole area)."""

    code: str | None
    period: str
    value: Decimal
    level: WarningLevel | None
    unit: Jurisdiction | None = None

    @property
    def value_text(self) -> str:
        return plain(self.value)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`value` of the whole area in the newest period: stated, or (`is_computed`) from the parties
    where all have read that period; else the last that was stated."""

    indicator: Indicator
    newest: Sequence[Newest]
    value: Decimal | None
    period: str
    is_computed: bool
    level: WarningLevel | None

    @property
    def state(self) -> IndicatorState:
        """The one definition for every page, report and paper: beyond a threshold first; then
        reached, where the whole area lies on the good side of the target."""
        if not self.newest:
            return IndicatorState.UNREAD
        if self.level is not None:
            return IndicatorState(str(self.level))
        is_reached = self.lacking is not None and self.lacking <= 0
        return IndicatorState.REACHED if is_reached else IndicatorState.WITHIN

    @property
    def value_text(self) -> str:
        if self.value is None:
            return ""
        return plain(rounded(self.value, 6) if self.is_computed else self.value)

    @property
    def beyond(self) -> list[Newest]:
        """The units beyond a threshold, the graver first."""
        found = [one for one in self.newest if one.level is not None and one.code]
        return sorted(found, key=lambda one: (-GRAVITY[one.level], one.code or ""))

    @property
    def unread(self) -> int:
        """How many of the jurisdictions concerned never gave a reading."""
        return len(set(self.indicator.concerned) - {one.code for one in self.newest})

    @property
    def lacking(self) -> Decimal | None:
        """What lacks to the target, counted towards it: nothing or less is met."""
        if self.value is None or self.indicator.target is None:
            return None
        gap = self.indicator.target - self.value
        return gap if self.indicator.thresholds.direction is Direction.UP else -gap

    @property
    def lacking_text(self) -> str:
        return "" if self.lacking is None else plain(rounded(self.lacking, 6))


def standing_of(
    indicator: Indicator,
    *,
    rows: Sequence[tuple[str | None, str, Decimal]],
    units: Mapping[str, Jurisdiction],
) -> Standing:
    """`rows`: unit, period and value of the newest reading of each."""
    newest = [
        Newest(
            code=code,
            period=period,
            value=value,
            level=indicator.level_of(value, period=period, is_whole=code is None),
            unit=units.get(code) if code else None,
        )
        for code, period, value in rows
    ]
    whole = next((one for one in newest if one.code is None), None)
    period, value = _computed(indicator, newest)
    is_computed = value is not None and (whole is None or order_of(whole.period) < order_of(period))
    if whole is not None and not is_computed:
        period, value = whole.period, whole.value
    levels = [one.level for one in newest if one.code]
    if value is not None:
        levels.append(indicator.level_of(value, period=period, is_whole=True))
    return Standing(
        indicator=indicator,
        newest=newest,
        value=value,
        period=period,
        is_computed=is_computed,
        level=max(levels, key=GRAVITY.__getitem__, default=None),
    )


def standing_in(series: Series) -> Standing:
    """How an indicator stands, of its readings that were read already."""
    found = [(cell.unit, cell.newest) for cell in series.cells]
    return standing_of(
        series.indicator,
        rows=[(unit.pk if unit else None, one.period, one.value) for unit, one in found if one],
        units={unit.pk: unit for unit, _one in found if unit},
    )


def _computed(indicator: Indicator, newest: Sequence[Newest]) -> tuple[str, Decimal | None]:
    periods = {one.period for one in newest if one.code in indicator.concerned}
    if len(periods) != 1:
        return "", None
    values: Mapping[str, Decimal] = {one.code: one.value for one in newest if one.code}
    return periods.pop(), indicator.total(values)
