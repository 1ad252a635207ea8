"""What a paper is made of before it becomes a Word or PDF file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format

from plans.text.documents.written import UNTOLD

Cells = Sequence[str]


def day_words(day: date | None) -> str:
    """A day as papers write it, in Chinese 2026年11月22日; empty without a day."""
    return date_format(day, "DATE_FORMAT") if day else ""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture in a cell, such as a QR code or a chart: the same drawn as PNG and as SVG.

    `told` says in words what it holds; `caption` stands below it. Square unless it has a `height`.
    """

    png: bytes
    svg: str
    millimetres: int
    told: str
    caption: str = ""
    height: int = 0


Cell = str | Picture


@dataclass(frozen=True, kw_only=True)
class Heading:
    """`level` 1 or 2. One of level 1 may begin a page, as an annex does."""

    text: str
    level: int = 1
    starts_page: bool = False


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph for each line of the text; `is_signature` sets them to the right, `is_note`
    small. `is_kept`: no page ends between it and what follows."""

    text: str
    is_signature: bool = False
    is_note: bool = False
    is_kept: bool = False


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table. `rows` begins anew at each call, so that thousands need not be held at once.

    `widths` are shares of the width; `empty` stands in a row over all columns where none came.
    Without `headings` it has no head. `row_height` in millimetres leaves room for a seal and a
    hand: a row is at least that high and not broken.
    """

    headings: Cells
    widths: Sequence[int]
    rows: Callable[[], Iterator[Sequence[Cell]]]
    empty: str = ""
    row_height: int = 0


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A titled paper in one language (`zh` or `en`). `at` dates it: the state, not the hour.

    `number` is the line of the document number (文号): one that has it, or room to write it, bears
    the line below its title, and its notices below that.
    """

    title: str
    subject: str
    language: str
    at: datetime
    blocks: Sequence[Block]
    lines: Sequence[str] = ()
    number: str = ""
    notices: Sequence[str] = ()
    is_landscape: bool = False


def plain(text: str) -> str:
    """`text` without what no XML holds, its line ends as one sign."""
    return UNTOLD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
