"""When a reading crosses a threshold, and where the thresholds stand in an indicator's wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from consult.phase4_implementation.enums import WarningLevel
from plans.indicators.enums import Aggregation, Direction


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """An indicator's thresholds; one that is no fixed figure (a path by year) is None.

    `is_for_parties`: each party's own reading is tested. Else only the reading of the whole area
    is, because a sum or a mean over the parties says nothing about one of them.
    """

    direction: Direction
    warning: Decimal | None
    limit: Decimal | None
    is_for_parties: bool

    def tests(self, *, is_whole: bool) -> bool:
        return is_whole or self.is_for_parties

    def figure(self, level: WarningLevel) -> Decimal | None:
        return self.limit if level is WarningLevel.LIMIT else self.warning


def crossed(
    *, direction: Direction, warning: Decimal | None, limit: Decimal | None, value: Decimal
) -> WarningLevel | None:
    """The graver threshold that `value` lies beyond, or None. A value equal to it is within."""
    for figure, level in ((limit, WarningLevel.LIMIT), (warning, WarningLevel.WARNING)):
        if figure is None:
            continue
        if value < figure if direction is Direction.UP else value > figure:
            return level
    return None


def read_thresholds(content: Mapping[str, object]) -> Thresholds:
    """The thresholds in the content of an indicator item. What is missing or no figure is None."""
    given = content.get("thresholds")
    figures: Mapping[str, object] = given if isinstance(given, Mapping) else {}
    aggregation = content.get("aggregation") or Aggregation.WORST
    down = str(content.get("direction")) == Direction.DOWN.value
    return Thresholds(
        direction=Direction.DOWN if down else Direction.UP,
        warning=_figure(figures.get("warning")),
        limit=_figure(figures.get("limit")),
        is_for_parties=aggregation == Aggregation.WORST,
    )


def _figure(value: object) -> Decimal | None:
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None
