"""Where the readings of an indicator lead: its pace a year, and when the target is reached. Pure.

Fractions are exact; a time is counted in years, the end of 2027 being 2027.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from consult.phase4_implementation.enums import Outlook
from plans.indicators.enums import Direction

LAST = 5  # readings that the newest pace is taken from
FAR = 200  # years; a target farther away than this is not reached at this pace
Point = tuple[Fraction, Fraction]


@dataclass(frozen=True, kw_only=True)
class Trend:
    """`year` in which the target is reached, or, for `LOST`, is left again; `years` until then.

    `pace` from the first reading to the last, `newest_pace` the line of least squares through the
    last five; both a year.
    """

    outlook: Outlook
    pace: Fraction | None = None
    newest_pace: Fraction | None = None
    years: Fraction | None = None
    year: int | None = None
    is_in_time: bool = False


def trend_of(
    points: Sequence[tuple[Fraction, Decimal]],
    *,
    direction: Direction,
    target: Decimal | None,
    target_year: int | None,
) -> Trend:
    """The trend of `points` (time, value), in order of time, towards the target.

    The outlook follows the pace from first to last. UNKNOWN with fewer than two times, or without
    a target.
    """
    exact = [(at, Fraction(value)) for at, value in points]
    pace, newest = pace_of(exact), least_squares(exact[-LAST:])
    if target is None or not exact:
        return Trend(outlook=Outlook.UNKNOWN, pace=pace, newest_pace=newest)
    at, value = exact[-1]
    sign = 1 if direction is Direction.UP else -1
    lacking = (Fraction(target) - value) * sign
    if pace is None:
        outlook = Outlook.REACHED if lacking <= 0 else Outlook.UNKNOWN
        return Trend(outlook=outlook, is_in_time=lacking <= 0)
    years = lacking / (pace * sign) if pace else None
    outlook = _outlook(lacking, pace * sign, years, at, target_year)
    dated = outlook in (Outlook.LOST, Outlook.IN_TIME, Outlook.TOO_LATE)
    return Trend(
        outlook=outlook,
        pace=pace,
        newest_pace=newest,
        years=years if dated else None,
        year=ceil(at + years) if dated and years is not None else None,
        is_in_time=outlook in (Outlook.REACHED, Outlook.IN_TIME),
    )


def _outlook(
    lacking: Fraction, pace: Fraction, years: Fraction | None, at: Fraction, year: int | None
) -> Outlook:
    """`lacking` and `pace` counted towards the target: what lacks is positive, a good pace too."""
    if lacking <= 0:
        # A bound that is met is lost where the pace leads over it before the target's year ends.
        is_lost = years is not None and pace < 0 and years <= FAR
        held_until = year is not None and years is not None and at + years >= year
        return Outlook.LOST if is_lost and not held_until else Outlook.REACHED
    if pace < 0:
        return Outlook.AWAY
    if years is None or years > FAR:
        return Outlook.NEVER
    return Outlook.IN_TIME if year is None or at + years <= year else Outlook.TOO_LATE


def pace_of(points: Sequence[Point]) -> Fraction | None:
    """The change a year from the first to the last point; None where no time lies between them."""
    if len(points) < 2 or points[0][0] == points[-1][0]:
        return None
    (begun, first), (ended, last) = points[0], points[-1]
    return (last - first) / (ended - begun)


def least_squares(points: Sequence[Point]) -> Fraction | None:
    """The slope of the line nearest to all points; None where they are all of one time."""
    if not points:
        return None
    count = len(points)
    middle = sum((at for at, _value in points), Fraction(0)) / count
    mean = sum((value for _at, value in points), Fraction(0)) / count
    spread = sum(((at - middle) ** 2 for at, _value in points), Fraction(0))
    if spread == 0:
        return None
    both = sum(((at - middle) * (value - mean) for at, value in points), Fraction(0))
    return both / spread
