"""The course of an indicator as SVG coordinates, with its target, path, thresholds and base.

Figures become floats here only, to be drawn; the tables beside it say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 14, 30
SMALL_WIDTH, SMALL_HEIGHT = 180, 72
MOST_TICKS = 8
Spot = tuple[Fraction, Decimal]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A line through points, or (of one point) a mark."""

    kind: str  # "course" | "path" | "target" | "warning" | "limit" | "base"
    points: str
    x: str
    y: str


@dataclass(frozen=True, kw_only=True)
class Tick:
    place: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    width: int
    height: int
    left: int
    right: int
    foot: int
    lines: tuple[Drawn, ...]
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]


def draw(
    lines: Sequence[tuple[str, Sequence[Spot]]],
    *,
    is_small: bool = False,
    span: tuple[Decimal, Decimal] | None = None,
) -> Chart | None:
    """Lines by kind on one scale; None without a course. `span`: the least and the greatest value
    of a scale that several charts share."""
    if not any(kind == "course" and spots for kind, spots in lines):
        return None
    spots = [spot for _kind, held in lines for spot in held]
    begun, ended = min(at for at, _v in spots), max(at for at, _v in spots)
    low, high = span or (min(v for _at, v in spots), max(v for _at, v in spots))
    width, height = (SMALL_WIDTH, SMALL_HEIGHT) if is_small else (WIDTH, HEIGHT)
    left, foot = (6, height - 6) if is_small else (LEFT, height - BOTTOM)
    room, depth = width - left - RIGHT, foot - TOP

    def across(at: Fraction) -> str:
        share = (at - begun) / (ended - begun) if ended > begun else Fraction(1, 2)
        return f"{left + float(share) * room:.1f}"

    def down(value: Decimal) -> str:
        share = Fraction(high - value) / Fraction(high - low) if high > low else Fraction(1, 2)
        return f"{TOP + float(share) * depth:.1f}"

    drawn = [
        Drawn(
            kind=kind,
            points=" ".join(f"{across(at)},{down(value)}" for at, value in held),
            x=across(held[-1][0]),
            y=down(held[-1][1]),
        )
        for kind, held in lines
        if held
    ]
    first, last = int(begun), -int(-ended // 1)
    step = max(1, -(-(last - first) // MOST_TICKS))
    years = [year for year in range(first, last + 1, step) if begun <= year <= ended]
    return Chart(
        width=width,
        height=height,
        left=left,
        right=width - RIGHT,
        foot=foot,
        lines=tuple(drawn),
        years=()
        if is_small
        else tuple(Tick(place=across(Fraction(y)), label=str(y)) for y in years),
        values=() if is_small else tuple(Tick(place=down(v), label=short(v)) for v in {low, high}),
    )


def short(value: Decimal) -> str:
    """A value as it stands beside the scale, without zeros that nobody typed."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
