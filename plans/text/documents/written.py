"""What people will see of a text as it is written, in the form `visible` finds it in the file.

The writer knows it already: the file need not be read again. Both agree for every text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from plans.text.documents.docx_styles import LEVELS
from plans.text.documents.passages import BULLET, Paragraph, Passage, Rule, Run, Table

# What XML 1.0 cannot hold; the marks of the file keep the text itself as it is.
UNTOLD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def seen_line(text: str) -> object | None:
    """A paragraph of plain text; None for an empty one."""
    return _pieces([Run(text=text)]) or None


def seen_lines(found: Sequence[Passage]) -> Iterator[object]:
    """The lines of the passages of one text; empty ones are none."""
    for one in found:
        if isinstance(one, Table):
            yield _table(one)
        elif not isinstance(one, Rule) and (line := _paragraph(one)):
            yield line


def _paragraph(one: Paragraph) -> Sequence[object] | None:
    pieces = _pieces(one.runs)
    if not pieces or not one.sign or one.is_code:
        return pieces or None
    form = "bullet" if one.sign == BULLET else "decimal"
    return [str(min(one.level, LEVELS) - 1), form, pieces]


def _table(table: Table) -> list[object]:
    head, *others = [[[p] if (p := _pieces(cell)) else [] for cell in row] for row in table.rows]
    return [[[[["", text] for _look, text in p] for p in cell] for cell in head], *others]


def _pieces(runs: Iterable[Run]) -> list[list[str]]:
    """The text, cut where bold, italic or struck out begin and end."""
    found: list[list[str]] = []
    for one in runs:
        text = one.text
        if not text.isprintable():  # line ends as XML reads them
            text = UNTOLD.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
        if not text:
            continue
        is_break = one.text == "\n"
        look = "" if is_break else "b" * one.bold + "i" * one.italic + "s" * one.struck
        if found and found[-1][0] == look:
            found[-1][1] += text
        else:
            found.append([look, text])
    return found if "".join(text for _look, text in found).strip() else []
