"""Definitions and reference values as their pages show them. No query of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plans.indicators.allocating import allotted, rounded, total_of
from plans.indicators.forms import COLUMNS, Column
from plans.indicators.measure import Measure
from plans.indicators.models import ReferenceValue
from plans.indicators.paces import Pace, pace
from plans.indicators.paths import due, places_of, threshold_at

BAR = 160  # the target in the units of the drawing
FIRST, LAST = 2012, 2022  # the years of the published indices


@dataclass(frozen=True, kw_only=True)
class Step:
    """A year of the path: what is due, the thresholds of that year, everybody's part of it."""

    year: int
    due: Decimal | None
    warning: Decimal | None
    limit: Decimal | None
    parts: Sequence[tuple[object, Decimal | None]]


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Everybody's figures as a table: only columns in which something stands, and what they give.

    `total` is that of the shares as the aggregation makes it, to the places of the target.
    """

    columns: Sequence[Column]
    rows: Sequence[tuple[object, Sequence[tuple[Column, str]]]]
    total: Decimal | None
    base_total: Decimal | None
    steps: Sequence[Step]

    @property
    def totals(self) -> list[tuple[Column, Decimal | None]]:
        """Each column with the figure below it."""
        held = {"allocations": self.total, "base_shares": self.base_total}
        return [(column, held.get(column.name)) for column in self.columns]

    @property
    def has_totals(self) -> bool:
        return any(total is not None for _column, total in self.totals)


@dataclass(frozen=True, kw_only=True)
class ReferencePace:
    """A published index with its own pace and the one computed here, and its bars."""

    value: ReferenceValue
    pace: Pace
    first: str
    last: str
    target: str

    @property
    def agrees(self) -> bool:
        """Whether what was published is what the two figures give, to its own rounding."""
        told = self.value
        same = told.mean_change is None or rounded(self.pace.change, 3) == told.mean_change
        return same and (told.years_to_target is None or self.pace.years == told.years_to_target)


def shares_of(measure: Measure, *, names: Mapping[str, object]) -> Shares:
    """The figures of everybody in `names` (code -> unit), in its order."""
    shown = [column for column in COLUMNS if any(getattr(measure, column.name).values())]
    rows = [
        (name, [(column, getattr(measure, column.name).get(code, "")) for column in shown])
        for code, name in names.items()
    ]
    return Shares(
        columns=shown,
        rows=rows,
        total=_total(measure, measure.allocations, measure.target),
        base_total=_total(measure, measure.base_shares, measure.base_value),
        steps=[_step(measure, year, names) for year, _value in measure.path],
    )


def _total(measure: Measure, shares: Mapping[str, str], figure: str) -> Decimal | None:
    values = _figures(shares)
    total = total_of(
        values, measure.aggregation, _figures(measure.weights), direction=measure.direction
    )
    if total is None:
        return None
    places = places_of(Decimal(figure)) if figure else max(map(places_of, values.values()))
    return rounded(total, places)


def _figures(values: Mapping[str, str]) -> dict[str, Decimal]:
    return {code: Decimal(value) for code, value in values.items() if value}


def _step(measure: Measure, year: int, names: Mapping[str, object]) -> Step:
    parts = allotted(measure, year=year)
    return Step(
        year=year,
        due=due(measure, year=year),
        warning=threshold_at(measure, "warning", year=year),
        limit=threshold_at(measure, "limit", year=year),
        parts=[(name, parts.get(code)) for code, name in names.items()],
    )


def paces_of(values: Iterable[ReferenceValue]) -> list[ReferencePace]:
    """Those with figures of both years."""
    found = []
    for one in values:
        if one.value_2012 is None or one.value_2022 is None:
            continue
        moved = pace(first=(FIRST, one.value_2012), last=(LAST, one.value_2022), target=one.target)
        if moved is not None:
            found.append(_drawn(one, moved, one.value_2012, one.value_2022))
    return found


def _drawn(one: ReferenceValue, moved: Pace, first: Decimal, last: Decimal) -> ReferencePace:
    whole = max(abs(first), abs(last), abs(one.target or Decimal(0))) or Decimal(1)

    def width(value: Decimal | None) -> str:
        return f"{float(max(value or Decimal(0), Decimal(0)) / whole) * BAR:.1f}"

    return ReferencePace(
        value=one, pace=moved, first=width(first), last=width(last), target=width(one.target)
    )
