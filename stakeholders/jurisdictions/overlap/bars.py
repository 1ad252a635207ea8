"""Regions as bars over the years, drawn 320 units wide so that it reads on a small screen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from stakeholders.jurisdictions.models import Region

WIDTH = 320
LABELS = 84  # room for the keys on the left
EDGE = 16  # room for the last year and for the arrow of a bar without an end
LINE = 18
HEAD = 20
BAR = 10
THINNEST = 3.0
STEPS = (1, 2, 5, 10, 20, 50, 100)
MOST_TICKS = 5


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One region. Without a known year it has no bar, and the template says so."""

    region: Region
    is_marked: bool
    is_open: bool
    is_dated: bool
    text_y: int
    y: int
    x: str
    width: str
    end: str


@dataclass(frozen=True, kw_only=True)
class Tick:
    year: int
    x: str


@dataclass(frozen=True, kw_only=True)
class Bars:
    """All that the template writes down, in drawing units."""

    bars: list[Bar]
    ticks: list[Tick]
    height: int
    width: int = WIDTH
    left: int = LABELS
    head: int = HEAD
    bar: int = BAR


def draw_bars(regions: Sequence[Region], *, marked: Collection[str], until: int) -> Bars | None:
    """A bar per region from its first year to its last, or to `until` when it still lasts.

    `marked` are the keys of the regions to stand out. None without regions.
    """
    if not regions:
        return None
    years = [year for one in regions for year in (one.year, one.year_ended) if year is not None]
    first, last = min([*years, until]), max([*years, until])
    per_year = (WIDTH - LABELS - EDGE) / max(last - first, 1)

    def place(year: int) -> float:
        return LABELS + (year - first) * per_year

    bars = []
    for number, one in enumerate(regions):
        begin = place(one.year if one.year is not None else first)
        end = place(one.year_ended or max(until, one.year or until))
        width = max(end - begin, THINNEST)
        top = HEAD + number * LINE
        bars.append(
            Bar(
                region=one,
                is_marked=one.pk in marked,
                is_open=one.year_ended is None,
                is_dated=one.year is not None,
                text_y=top + LINE - 6,
                y=top + (LINE - BAR) // 2,
                x=f"{begin:.1f}",
                width=f"{width:.1f}",
                end=f"{begin + width:.1f}",
            )
        )
    return Bars(
        bars=bars,
        ticks=[Tick(year=year, x=f"{place(year):.1f}") for year in _ticks(first, last)],
        height=HEAD + len(regions) * LINE + 4,
    )


def _ticks(first: int, last: int) -> list[int]:
    """Round years between the first and the last, few enough to be read."""
    for step in STEPS:
        years = list(range(-(-first // step) * step, last + 1, step))
        if len(years) <= MOST_TICKS:
            return years
    return [first]
