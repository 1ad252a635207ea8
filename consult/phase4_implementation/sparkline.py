"""A line of values as SVG coordinates. Figures become floats here only, to be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

MARGIN = 4


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A threshold as a level line across the drawing."""

    name: str
    y: str


@dataclass(frozen=True, kw_only=True)
class Sparkline:
    width: int
    height: int
    points: str
    last_x: str
    last_y: str
    rules: tuple[Rule, ...]


def draw(
    values: Sequence[Decimal],
    *,
    rules: Sequence[tuple[str, Decimal | None]] = (),
    width: int = 120,
    height: int = 32,
) -> Sparkline | None:
    """`values` in order of time, with the named level lines; None without a value."""
    if not values:
        return None
    levels = [(name, float(level)) for name, level in rules if level is not None]
    drawn = [float(one) for one in values]
    low = min(drawn + [level for _name, level in levels])
    high = max(drawn + [level for _name, level in levels])
    span = (high - low) or 1.0

    def down(value: float) -> str:
        share = (high - value) / span if high > low else 0.5
        return f"{MARGIN + share * (height - 2 * MARGIN):.1f}"

    step = (width - 2 * MARGIN) / max(len(drawn) - 1, 1)
    across = [f"{MARGIN + place * step:.1f}" for place in range(len(drawn))]
    return Sparkline(
        width=width,
        height=height,
        points=" ".join(f"{x},{down(one)}" for x, one in zip(across, drawn, strict=True)),
        last_x=across[-1],
        last_y=down(drawn[-1]),
        rules=tuple(Rule(name=name, y=down(level)) for name, level in levels),
    )
