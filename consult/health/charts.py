"""Bars of an edition's figures as SVG: for the page, and as a picture in the files. Pure.

Figures become floats here only, to be drawn. Colours are attributes, so that the same drawing stands
in a page under a strict policy, in a PDF and, rastered, in a Word file; every bar bears its figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

WIDTH = 640
LABEL, FIGURE, EDGE = 150, 116, 8
ROW, BAR, NAME = 30, 18, 17  # NAME: the line of a level's name, each on one of its own
FILLS = ("#1f5f8b", "#b3541e")
LINE, INK, PAPER = "#8a1c1c", "#1a1a1a", "#ffffff"
FONT = "Noto Sans S Chinese, Noto Sans CJK SC, sans-serif"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """`tone` 0 or 1: whose figure it is, where two stand for one thing."""

    label: str
    value: Decimal
    said: str
    tone: int = 0


@dataclass(frozen=True, kw_only=True)
class Level:
    """A threshold across all bars."""

    name: str
    value: Decimal


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A drawing with its twin: what it shows stands in `bars` and `levels` for a table."""

    title: str
    unit: str
    bars: Sequence[Bar]
    levels: Sequence[Level]
    svg: str
    height: int
    width: int = WIDTH

    @property
    def told(self) -> str:
        """In words what it shows, for who does not see it."""
        said = "; ".join(f"{bar.label} {bar.said}" for bar in self.bars)
        return f"{self.title} {self.unit}: {said}".strip()


def bars_chart(
    *, title: str, unit: str, bars: Sequence[Bar], levels: Sequence[Level] = ()
) -> Chart:
    """Bars from zero, left or right of it, one below the other, with the levels as lines."""
    head = EDGE + NAME * len(levels)
    height = head + ROW * len(bars) + EDGE
    values = [float(bar.value) for bar in bars] + [float(one.value) for one in levels]
    low, high = min([0.0, *values]), max([0.0, *values])
    span = (high - low) or 1.0
    room = WIDTH - LABEL - FIGURE - 2 * EDGE

    def across(value: float) -> float:
        return LABEL + EDGE + room * (value - low) / span

    parts = [
        _line(across(float(one.value)), NAME * (place + 1), height)
        for place, one in enumerate(levels)
    ]
    for place, bar in enumerate(bars):
        parts.append(_bar(bar, head + ROW * place, across(0.0), across(float(bar.value))))
    # The names come last: where two levels lie close, a line passes behind the other's name.
    parts += [
        _name(across(float(one.value)), NAME * (place + 1), one.name)
        for place, one in enumerate(levels)
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        f' width="{WIDTH}" height="{height}" font-family="{FONT}" font-size="13">'
        f"{''.join(parts)}</svg>"
    )
    return Chart(title=title, unit=unit, bars=bars, levels=levels, svg=svg, height=height)


def _bar(bar: Bar, top: int, zero: float, end: float) -> str:
    left, width = min(zero, end), max(abs(end - zero), 1.0)
    middle = top + ROW / 2 + 4.5
    return (
        f'<text x="{LABEL}" y="{middle:.1f}" text-anchor="end" fill="{INK}">'
        f"{escape(bar.label)}</text>"
        f'<rect x="{left:.1f}" y="{top + (ROW - BAR) / 2:.1f}" width="{width:.1f}"'
        f' height="{BAR}" fill="{FILLS[bar.tone]}"/>'
        f'<text x="{WIDTH - FIGURE + 6}" y="{middle:.1f}" fill="{INK}">'
        f"{escape(bar.said)}</text>"
    )


def _line(x: float, top: int, height: int) -> str:
    return (
        f'<line x1="{x:.1f}" y1="{top + 3}" x2="{x:.1f}" y2="{height - EDGE}" stroke="{LINE}"'
        ' stroke-width="1.5" stroke-dasharray="4 3"/>'
    )


def _name(x: float, top: int, name: str) -> str:
    """Twice: as a white edge that keeps what passes behind it off, then as the word itself."""
    place = f'x="{x:.1f}" y="{top - 2}" text-anchor="middle" font-size="12"'
    said = escape(name)
    return (
        f'<text {place} fill="{PAPER}" stroke="{PAPER}" stroke-width="4" aria-hidden="true">'
        f'{said}</text><text {place} fill="{LINE}">{said}</text>'
    )
