"""How fast a figure moves, and when it arrives at that pace. Pure."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from plans.indicators.allocating import rounded


@dataclass(frozen=True, kw_only=True)
class Pace:
    """The mean change a year between two figures, and what is left to the target."""

    change: Decimal
    first_year: int
    last_year: int
    left: Decimal | None

    @property
    def years(self) -> Decimal | None:
        """Years to the target at this pace, to one place; None: never, or there is no target."""
        if self.left is None:
            return None
        if self.left == 0:
            return Decimal(0)
        is_towards = (self.change > 0) == (self.left > 0) and self.change != 0
        return rounded(self.left / self.change, 1) if is_towards else None

    @property
    def year(self) -> int | None:
        """The year in which the target is reached at this pace."""
        if self.years is None or not self.left:
            return None
        whole = (self.left / self.change).to_integral_value(rounding=ROUND_CEILING)
        return self.last_year + int(whole)


def pace(
    *, first: tuple[int, Decimal], last: tuple[int, Decimal], target: Decimal | None
) -> Pace | None:
    """The pace from one (year, figure) to a later one; None where no year lies between."""
    years = last[0] - first[0]
    if years <= 0:
        return None
    return Pace(
        change=(last[1] - first[1]) / years,
        first_year=first[0],
        last_year=last[0],
        left=None if target is None else target - last[1],
    )
