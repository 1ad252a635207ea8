"""An indicator with its readings: by unit and period, the whole from the parties, what stands.

Pure: made of rows that the queries have read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from consult.phase4_implementation.enums import WarningLevel
from consult.phase4_implementation.models import Reading
from consult.phase4_implementation.periods import order_of, read_period
from consult.phase4_implementation.thresholds import Thresholds, crossed
from plans.indicators.allocating import rounded, total_of
from plans.indicators.enums import Direction
from plans.indicators.measure import Measure
from plans.indicators.paths import places_of, threshold_at
from stakeholders.jurisdictions.models import Jurisdiction

PLACES = 6


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """An indicator as the text in force words it."""

    item_id: int
    key: str
    number: str
    name_zh: str
    name_en: str
    unit_zh: str
    unit_en: str
    concerned: tuple[str, ...]
    version_hash: str
    thresholds: Thresholds
    measure: Measure

    @property
    def target(self) -> Decimal | None:
        return Decimal(self.measure.target) if self.measure.target else None

    @property
    def weights(self) -> dict[str, Decimal]:
        return {code: Decimal(one) for code, one in self.measure.weights.items()}

    def threshold(self, level: WarningLevel, *, year: int) -> Decimal | None:
        """The figure of the threshold in a year; one beside a path moves with it."""
        name = "limit" if level is WarningLevel.LIMIT else "warning"
        return threshold_at(self.measure, name, year=year)

    def level_of(self, value: Decimal, *, period: str, is_whole: bool) -> WarningLevel | None:
        """The threshold that a reading lies beyond, where readings of its kind are tested."""
        read = read_period(period)
        if read is None or not self.thresholds.tests(is_whole=is_whole):
            return None
        return crossed(
            direction=self.thresholds.direction,
            warning=self.threshold(WarningLevel.WARNING, year=read.year),
            limit=self.threshold(WarningLevel.LIMIT, year=read.year),
            value=value,
        )

    def total(self, values: Mapping[str, Decimal]) -> Decimal | None:
        """What the parties' values give for the whole area, once all of those concerned are there."""
        held = {code: values[code] for code in self.concerned if code in values}
        if len(held) < len(self.concerned):
            return None
        return total_of(
            held,
            self.measure.aggregation,
            self.weights,
            direction=self.measure.direction,
        )


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The reading that counts for a period, the level it lies beyond, and what it corrected, oldest
    first."""

    reading: Reading
    level: WarningLevel | None
    former: Sequence[Reading] = ()


@dataclass(frozen=True, kw_only=True)
class Whole:
    """The whole area in a period: what the joint office stated, what the parties' readings give.

    `computed` has one decimal more than the readings it is made of; nothing where one is missing.
    """

    period: str
    stated: Mark | None
    computed: Decimal | None
    places: int
    level: WarningLevel | None

    @property
    def value(self) -> Decimal | None:
        return self.stated.reading.value if self.stated else self.computed

    @property
    def computed_text(self) -> str:
        return "" if self.computed is None else plain(rounded(self.computed, self.places))

    @property
    def value_text(self) -> str:
        return self.stated.reading.plain_value if self.stated else self.computed_text

    @property
    def differs(self) -> bool:
        """Whether the stated figure is another than the computed one, rounded as it is written."""
        if self.stated is None or self.computed is None:
            return False
        stated = self.stated.reading.value
        places = places_of(Decimal(self.stated.reading.plain_value))
        return rounded(self.computed, places) != stated


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The readings of one unit (None: the whole area) by period; `None` where it gave none."""

    unit: Jurisdiction | None
    marks: list[Mark | None]

    @property
    def readings(self) -> list[Reading | None]:
        return [one.reading if one else None for one in self.marks]

    @property
    def newest_mark(self) -> Mark | None:
        return next((one for one in reversed(self.marks) if one), None)

    @property
    def newest(self) -> Reading | None:
        return self.newest_mark.reading if self.newest_mark else None


@dataclass(frozen=True, kw_only=True)
class Series:
    """An indicator with its readings: periods across, units down."""

    indicator: Indicator
    periods: list[str]
    cells: list[Cell]
    wholes: list[Whole] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        indicator: Indicator,
        *,
        readings: Sequence[Reading],
        units: Mapping[str, Jurisdiction],
    ) -> "Series":
        """`readings` in the order they were entered; the newest of a unit and period counts."""
        found = _marks(indicator, readings)
        periods = sorted({one.period for one in readings}, key=order_of)
        codes: list[str | None] = [*sorted(indicator.concerned), None]
        known = {one.jurisdiction_id: one.jurisdiction for one in readings}
        codes += sorted(c for c in known if c is not None and c not in indicator.concerned)
        return cls(
            indicator=indicator,
            periods=periods,
            cells=[
                Cell(
                    unit=units.get(code, known.get(code)) if code else None,
                    marks=[found.get((code, period)) for period in periods],
                )
                for code in codes
            ],
            wholes=[_whole(indicator, found, period) for period in periods],
        )

    @property
    def parties(self) -> list[Cell]:
        return [one for one in self.cells if one.unit is not None]

    @property
    def newest_whole(self) -> Whole | None:
        return next((one for one in reversed(self.wholes) if one.value is not None), None)

    @property
    def line(self) -> list[tuple[str, Decimal]]:
        """Period and value of the whole area, stated or computed, or else the worst of the parties
        that reported where each of them is tested."""
        down = self.indicator.thresholds.direction is Direction.DOWN
        found = []
        for place, whole in enumerate(self.wholes):
            value = whole.value
            if value is None and self.indicator.thresholds.is_for_parties:
                marks = [cell.marks[place] for cell in self.parties]
                values = [one.reading.value for one in marks if one]
                value = (max(values) if down else min(values)) if values else None
            if value is not None:
                found.append((self.periods[place], value))
        return found


def plain(value: Decimal) -> str:
    """The value without zeros that nobody typed."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _marks(indicator: Indicator, readings: Sequence[Reading]) -> dict[tuple[str | None, str], Mark]:
    rows: dict[tuple[str | None, str], list[Reading]] = {}
    for one in readings:
        rows.setdefault((one.jurisdiction_id, one.period), []).append(one)
    return {
        (code, period): Mark(
            reading=held[-1],
            level=indicator.level_of(held[-1].value, period=period, is_whole=code is None),
            former=held[:-1],
        )
        for (code, period), held in rows.items()
    }


def _whole(
    indicator: Indicator, found: Mapping[tuple[str | None, str], Mark], period: str
) -> Whole:
    stated = found.get((None, period))
    values = {
        code: found[code, period].reading.value
        for code in indicator.concerned
        if (code, period) in found
    }
    computed = indicator.total(values)
    places = max((places_of(Decimal(plain(one))) for one in values.values()), default=0)
    is_mean = indicator.measure.aggregation == "weighted_mean"
    value = stated.reading.value if stated else computed
    level = None
    if value is not None:
        level = indicator.level_of(value, period=period, is_whole=True)
    return Whole(
        period=period,
        stated=stated,
        computed=computed,
        places=min(places + is_mean, PLACES),
        level=level,
    )
