"""Two bars a row as SVG, side by side with a table that says the same. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, ROW, THICK, LABEL = 640, 44, 14, 150


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: its place, its width and the word of its colour class."""

    x: str
    y: int
    width: str
    look: str
    text: str
    text_x: str
    text_y: int


@dataclass(frozen=True, kw_only=True)
class Row:
    label: str
    label_y: int
    bars: Sequence[Bar]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    width: int
    height: int
    rows: Sequence[Row]


def draw(given: Sequence[tuple[str, Sequence[tuple[str, Decimal, str]]]]) -> Drawing | None:
    """`given`: (label, [(look, figure, its words)]) a row; bars measure against the greatest.

    None where nothing is above nought: there is nothing to draw.
    """
    most = max((figure for _label, bars in given for _look, figure, _text in bars), default=None)
    if most is None or most <= 0:
        return None
    room = WIDTH - LABEL - 110
    rows = []
    for place, (label, bars) in enumerate(given):
        top = place * ROW
        drawn = []
        for number, (look, figure, text) in enumerate(bars):
            width = max(figure, Decimal(0)) * room / most
            y = top + 6 + number * (THICK + 3)
            drawn.append(
                Bar(
                    x=str(LABEL),
                    y=y,
                    width=_plain(width),
                    look=look,
                    text=text,
                    text_x=_plain(LABEL + width + 6),
                    text_y=y + THICK - 3,
                )
            )
        rows.append(Row(label=label, label_y=top + ROW // 2 + 4, bars=drawn))
    return Drawing(width=WIDTH, height=len(given) * ROW + 4, rows=rows)


def _plain(figure: Decimal) -> str:
    return format(figure.quantize(Decimal("0.1")), "f")


@dataclass(frozen=True, kw_only=True)
class Piece:
    x: str
    width: str
    look: str


def stack(parts: Sequence[tuple[str, int]], *, width: int = 300) -> Sequence[Piece]:
    """(look, count) side by side in one bar that `width` long; nothing for nothing."""
    total = sum(count for _look, count in parts)
    found, start = [], Decimal(0)
    for look, count in parts:
        if not count:
            continue
        length = Decimal(count) * width / total
        found.append(Piece(x=_plain(start), width=_plain(length), look=look))
        start += length
    return found
