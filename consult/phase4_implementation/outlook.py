"""What an indicator's pages say of its course: the chart, the trend in words, the map by value.

Pure: made of a series that the queries have read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase4_implementation import charts
from consult.phase4_implementation.enums import Outlook, WarningLevel
from consult.phase4_implementation.periods import read_period
from consult.phase4_implementation.series import Cell, Indicator, Series, plain
from consult.phase4_implementation.trend import Trend, trend_of
from plans.indicators.allocating import rounded
from plans.indicators.paths import due
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.jurisdictions.outline.frame import draw_together
from stakeholders.terms.errors import Text

CLASSES = 5
PACE_PLACES = 3
Line = Sequence[tuple[str, Decimal]]


@dataclass(frozen=True, kw_only=True)
class Small:
    """The course of one unit, on the scale that all small charts share."""

    cell: Cell
    chart: charts.Chart | None
    share: Decimal | None
    trend: Trend
    words: Text


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A unit on the map; `shade` 0: no reading, else 1 (least) to 5."""

    unit: Jurisdiction
    path: str
    shade: int
    value: str


@dataclass(frozen=True, kw_only=True)
class Band:
    """A class of the legend: from and to, both within."""

    shade: int
    low: str
    high: str


@dataclass(frozen=True, kw_only=True)
class ValueMap:
    pieces: Sequence[Piece]
    bands: Sequence[Band]
    width: int
    height: int
    period: str

    @property
    def legend(self) -> list[tuple[Band, list[Piece]]]:
        """Each class with the units in it."""
        return [(band, [p for p in self.pieces if p.shade == band.shade]) for band in self.bands]

    @property
    def silent(self) -> list[Piece]:
        """The units without a reading of the period."""
        return [one for one in self.pieces if not one.shade]


def chart_of(series: Series) -> charts.Chart | None:
    """The course of the whole area with base, path, target and thresholds."""
    one = series.indicator
    course = _spots(series.line)
    if not course:
        return None
    measure = one.measure
    lines: list[tuple[str, Sequence[charts.Spot]]] = []
    if measure.base_year is not None and measure.base_value:
        lines.append(("base", [(Fraction(measure.base_year), Decimal(measure.base_value))]))
    lines.append(("path", [(Fraction(year), Decimal(value)) for year, value in measure.path]))
    if one.target is not None and measure.target_year:
        lines.append(("target", [(Fraction(measure.target_year), one.target)]))
    ends = [at for _kind, held in [*lines, ("course", course)] for at, _value in held]
    for level in WarningLevel:
        lines.append((str(level), _bounds(one, level, min(ends), max(ends))))
    return charts.draw([*lines, ("course", course)])


def _bounds(
    one: Indicator, level: WarningLevel, begun: Fraction, ended: Fraction
) -> list[charts.Spot]:
    """A threshold over the years drawn; a fixed one needs its two ends only."""
    years = [begun, *(Fraction(y) for y in range(int(begun) + 1, int(ended) + 1)), ended]
    found = []
    for at in dict.fromkeys(years):
        figure = one.threshold(level, year=-int(-at // 1))
        if figure is not None:
            found.append((at, figure))
    return found


def trend_for(line: Line, *, one: Indicator, target: Decimal | None) -> Trend:
    """The trend of a course; only periods of its newest one's kind are compared."""
    return trend_of(
        _spots(line),
        direction=one.thresholds.direction,
        target=target,
        target_year=one.measure.target_year,
    )


def _spots(line: Line) -> list[charts.Spot]:
    read = [(period, value) for text, value in line if (period := read_period(text))]
    return [(period.ends, value) for period, value in read if period.kind is read[-1][0].kind]


def words_of(trend: Trend, *, target: Decimal | None) -> Text:
    """The trend as one sentence."""
    said = {
        "target": plain(target) if target is not None else "",
        "year": str(trend.year or ""),
        "years": number(trend.years, 1),
    }
    texts = {
        Outlook.UNKNOWN: _("Too few readings, or no target: no trend can be told yet."),
        Outlook.REACHED: _("The target of {target} is met."),
        Outlook.LOST: _("The target of {target} is met; at this pace it is missed from {year}."),
        Outlook.IN_TIME: _(
            "At this pace the target of {target} is reached in {year}, in time "
            "({years} years from the last reading)."
        ),
        Outlook.TOO_LATE: _(
            "At this pace the target of {target} is reached in {year} only, too late "
            "({years} years from the last reading)."
        ),
        Outlook.NEVER: _("At this pace the target of {target} is never reached."),
        Outlook.AWAY: _("The readings move away from the target of {target}."),
    }
    return format_lazy(texts[trend.outlook], **said)


def tone_of(trend: Trend) -> str:
    """How the chip of a trend looks; its word says the same."""
    if trend.outlook is Outlook.UNKNOWN:
        return "neutral"
    if trend.is_in_time:
        return "success"
    return "warning" if trend.outlook in (Outlook.LOST, Outlook.TOO_LATE) else "danger"


def number(value: Fraction | None, places: int = PACE_PLACES) -> str:
    """A fraction as a decimal, half a place upwards; "" for None."""
    if value is None:
        return ""
    unit = 10 ** (places + 6)
    exact = Decimal(round(value * unit)) / unit
    return plain(rounded(exact, places))


def smalls_of(series: Series) -> list[Small]:
    """One small chart per unit, all on one scale, each with its own share of the target."""
    one = series.indicator
    shares = {code: Decimal(text) for code, text in one.measure.allocations.items()}
    lines = [(cell, _line(cell, series.periods)) for cell in series.parties]
    values = [value for _cell, line in lines for _period, value in line]
    if not values:
        return []
    span = (min(values), max(values))
    found = []
    for cell, line in lines:
        share = shares.get(cell.unit.pk) if cell.unit else None
        trend = trend_for(line, one=one, target=share)
        found.append(
            Small(
                cell=cell,
                chart=charts.draw([("course", _spots(line))], is_small=True, span=span),
                share=share,
                trend=trend,
                words=words_of(trend, target=share),
            )
        )
    return found


def _line(cell: Cell, periods: Sequence[str]) -> list[tuple[str, Decimal]]:
    pairs = zip(periods, cell.marks, strict=True)
    return [(period, mark.reading.value) for period, mark in pairs if mark]


def value_map(series: Series, *, outlines: Mapping[str, Jurisdiction]) -> ValueMap | None:
    """The units coloured by their readings of the newest period; None where no outline is known.

    `outlines`: the units with their boundaries. Five classes of equal width.
    """
    drawing = draw_together(outlines.values())
    reported = [
        n for n, _period in enumerate(series.periods) if any(c.marks[n] for c in series.parties)
    ]
    if drawing is None or not reported:
        return None
    place = reported[-1]
    held = {c.unit.pk: mark.reading for c in series.parties if c.unit and (mark := c.marks[place])}
    values = [one.value for one in held.values()]
    low, high = min(values), max(values)
    width = (high - low) / CLASSES
    return ValueMap(
        pieces=[
            Piece(
                unit=shape.jurisdiction,
                path=shape.path,
                shade=_shade(held[code].value, low, width)
                if (code := shape.jurisdiction.pk) in held
                else 0,
                value=held[code].plain_value if code in held else "",
            )
            for shape in drawing.shapes
        ],
        bands=_bands(low, width),
        width=drawing.width,
        height=drawing.height,
        period=series.periods[place],
    )


def _shade(value: Decimal, low: Decimal, width: Decimal) -> int:
    return min(int((value - low) / width), CLASSES - 1) + 1 if width else 1


def _bands(low: Decimal, width: Decimal) -> list[Band]:
    if not width:
        return [Band(shade=1, low=plain(low), high=plain(low))]
    edges = [plain(low + width * n) for n in range(CLASSES + 1)]
    return [Band(shade=n + 1, low=edges[n], high=edges[n + 1]) for n in range(CLASSES)]


def due_now(series: Series) -> Decimal | None:
    """What the path asks of the year of the newest figure."""
    newest = series.newest_whole
    period = read_period(newest.period) if newest else None
    return due(series.indicator.measure, year=period.year) if period else None
