"""What a paper is made of before it becomes a Word or PDF file. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from plans.text.documents.written import UNTOLD

Cells = Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Heading:
    text: str


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph for each line of the text; `is_signature` sets them to the right."""

    text: str
    is_signature: bool = False


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table. `rows` begins anew at each call, so that thousands need not be held at once.

    `widths` are shares of the width; `empty` stands in a row over all columns where none came.
    """

    headings: Cells
    widths: Sequence[int]
    rows: Callable[[], Iterator[Cells]]
    empty: str = ""


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A titled paper in one language (`zh` or `en`). `at` dates it: the state, not the hour."""

    title: str
    subject: str
    language: str
    at: datetime
    blocks: Sequence[Block]
    lines: Sequence[str] = ()
    notices: Sequence[str] = ()
    is_landscape: bool = False


def plain(text: str) -> str:
    """`text` without what no XML holds, its line ends as one sign."""
    return UNTOLD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
