"""From lines of cells, however they were filed, to the rows of a comment form.

The headings are found by what they say, within the first lines; what stands above them is looked
through for the form's reference.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.comment_sheets.shape import (
    Column,
    Flaw,
    FormRow,
    ReadForm,
    ReadRow,
    Reference,
    reference_in,
)
from consult.phase2_preparation.comment_sheets.words import (
    EN,
    NEEDED,
    ZH,
    cell_text,
    column_of,
    has_controls,
    language_of,
)
from stakeholders.terms.errors import Invalid, Text

FIELD = "file"
MOST_ROWS = 1_000
MOST_COLUMNS = 40
HEAD_WITHIN = 40  # lines among which the headings are looked for
MOST_WORDS = 20_000  # of a comment and of a proposed change, as on the page
MOST_SHORT = 300
_LONG = frozenset({Column.COMMENT, Column.CHANGE, Column.OBSERVATION})
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell: what it is called, its text, and what is wrong with it already."""

    name: str
    text: str = ""
    flaw: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    number: int
    cells: Sequence[Cell]


def refuse(text: Text) -> Invalid:
    return Invalid({FIELD: text})


def letters(column: int) -> str:
    """1 -> A, 28 -> AB."""
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def read_tables(tables: Iterable[Iterable[Line]], *, encoding: str = "") -> ReadForm:
    """The form in these tables: several that have the headings are read as one.

    Invalid ({"file": why}) where none has, where nothing is filled in, and for too many rows.
    """
    found: list[ReadForm] = []
    reference: Reference | None = None
    for table in tables:
        head, form = _read(iter(table))
        reference = reference or head
        if form is not None:
            found.append(form)
            if sum(len(one.rows) for one in found) > MOST_ROWS:
                text = _("The form has more than {count} rows. Divide it into several files.")
                raise refuse(format_lazy(text, count=MOST_ROWS))
    if not found:
        text = _(
            "No comment form was found in the file: a line with the headings "
            "“clause”, “type of comment” and “comment” is needed."
        )
        raise refuse(text)
    first = found[0]
    rows = [row for one in found for row in one.rows]
    if not rows:
        raise refuse(_("The form has headings and no rows."))
    return replace(first, rows=rows, reference=reference, encoding=encoding)


def _read(lines: Iterator[Line]) -> tuple[Reference | None, ReadForm | None]:
    """The reference above the headings, and the form below them, if this table is one."""
    reference = None
    for line in islice(lines, HEAD_WITHIN):
        columns = _columns(line)
        if columns is not None:
            language = _language(line)
            rows = _rows(lines, columns)
            form = ReadForm(language=language, reference=None, columns=list(columns), rows=rows)
            return reference, form
        for cell in line.cells:
            reference = reference or reference_in(cell.text)
    return reference, None


def _columns(line: Line) -> Mapping[Column, int] | None:
    """Column -> its place in the line; None where these are no headings."""
    found: dict[Column, int] = {}
    for place, cell in enumerate(line.cells):
        column = column_of(cell.text)
        if column is not None and column not in found:
            found[column] = place
    return found if found.keys() >= NEEDED else None


def _language(line: Line) -> str:
    return ZH if any(language_of(c.text, heading=EN) == ZH for c in line.cells) else EN


def _rows(lines: Iterator[Line], columns: Mapping[Column, int]) -> list[ReadRow]:
    rows = []
    for line in lines:
        row = _row(line, columns)
        if row is None or _is_heading(row):
            continue
        rows.append(row)
        if len(rows) > MOST_ROWS:
            break
    return rows


def _row(line: Line, columns: Mapping[Column, int]) -> ReadRow | None:
    """The row of a line; None for one that is empty."""
    texts: dict[str, str] = {}
    places: dict[str, str] = {}
    flaws: dict[str, str] = {}
    for column, place in columns.items():
        if place >= len(line.cells):
            continue
        cell = line.cells[place]
        places[column.value] = cell.name
        flaw = cell.flaw or _flaw(column, cell.text)
        texts[column.value] = "" if flaw else cell_text(cell.text)
        if flaw:
            flaws[column.value] = flaw
    if not flaws and not any(texts.values()):
        return None
    return ReadRow(number=line.number, cells=FormRow(**texts), places=places, flaws=flaws)


def _flaw(column: Column, text: str) -> str:
    if has_controls(text):
        return Flaw.CONTROL
    most = MOST_WORDS if column in _LONG else MOST_SHORT
    return Flaw.LONG if len(text.strip()) > most else ""


def _is_heading(row: ReadRow) -> bool:
    """Headings that a long table repeats."""
    said = {
        Column.CLAUSE: row.cells.clause,
        Column.TYPE: row.cells.type,
        Column.COMMENT: row.cells.comment,
    }
    return all(column_of(text) == column for column, text in said.items())


def limited(lines: Iterable[T], *, most: int) -> Iterator[T]:
    """At most so many lines. Invalid for one more: nothing is left out in silence."""
    for count, line in enumerate(lines):
        if count >= most:
            text = _("The table has more than {count} lines. Delete the empty ones.")
            raise refuse(format_lazy(text, count=f"{most:,}"))
        yield line
