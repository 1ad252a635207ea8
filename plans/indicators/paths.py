"""The path of an indicator by year, and thresholds that follow it ("path - 1").

Nothing here reads or writes a row.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from plans.indicators.measure import Measure

PATH = "path"
FOLLOWING = re.compile(r"path(?: (?P<sign>[+-]) (?P<offset>[0-9][0-9.]*))?")


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A fixed figure, or so much beside what the path asks of the year."""

    figure: Decimal
    follows_path: bool

    def at(self, step: Decimal | None) -> Decimal | None:
        """The threshold where the path asks `step`; None where it asks nothing yet."""
        if not self.follows_path:
            return self.figure
        return None if step is None else step + self.figure


def read_threshold(text: str) -> Threshold | None:
    """A threshold as it is written: "76.80", "path", "path - 1", "path + 0.5"; None: empty or none
    of these."""
    following = FOLLOWING.fullmatch(text)
    if following is None:
        figure = read_figure(text)
        return None if figure is None else Threshold(figure=figure, follows_path=False)
    figure = read_figure(following["offset"] or "0")
    if figure is None:
        return None
    return Threshold(figure=-figure if following["sign"] == "-" else figure, follows_path=True)


def threshold_at(measure: Measure, name: str, *, year: int) -> Decimal | None:
    """The `warning` or `limit` of an indicator in a year; None: there is none in that year."""
    threshold = read_threshold(getattr(measure, name))
    return None if threshold is None else threshold.at(due(measure, year=year))


def due(measure: Measure, *, year: int) -> Decimal | None:
    """What the indicator should have reached by the end of `year`.

    The figure of the latest year of the path that is not after it: what was due stays due until
    the path asks for more. Before the first of them the base value, from its year on, else None.
    Without a path the target of its year and after, else None.
    """
    steps = [(at, Decimal(value)) for at, value in measure.path]
    if measure.base_year is not None and measure.base_value:
        steps.insert(0, (measure.base_year, Decimal(measure.base_value)))
    if measure.target and measure.target_year is not None:
        steps.append((measure.target_year, Decimal(measure.target)))
    if not measure.path:
        steps = [one for one in steps if one[0] == measure.target_year]
    return next((value for at, value in reversed(steps) if at <= year), None)


def places_of(figure: Decimal) -> int:
    """How many decimals a figure is written with."""
    exponent = figure.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def read_figure(text: str) -> Decimal | None:
    """A plain decimal such as 20.60 or -3 of at most 18 digits, 6 of them decimals; else None.

    1e5, NaN, ２０ and "twenty" are none: what was agreed stands in the text as it is read.
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or places_of(number) > 6:
        return None
    # Asked before it is written out: 1e999999999 would be a thousand million digits long.
    if len(number.as_tuple().digits) > 18 or number.adjusted() >= 18:
        return None
    return number if format(number, "f") == text else None
