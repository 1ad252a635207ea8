"""The comment form as CSV: written so that nothing in it runs, read in the encodings offices use."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.comment_sheets.grids import (
    MOST_COLUMNS,
    Cell,
    Line,
    letters,
    limited,
    read_tables,
    refuse,
)
from consult.phase2_preparation.comment_sheets.shape import EIGHT, Column, CommentForm, ReadForm
from consult.phase2_preparation.comment_sheets.words import HEADINGS
from stakeholders.files.tables import FORMULA, UNSEEN

MIB = 1024 * 1024
MOST_SIZE = 8 * MIB
MOST_LINES = 20_000
MOST_FIELD = 200_000  # characters, so that a cell too long is told at its place
ENCODINGS = ("utf-8-sig", "gb18030")
MARK = "\ufeff"
_BINARY = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
# A text that a spreadsheet program would run, behind any number of apostrophes.
_RUNS = re.compile(rf"'*{UNSEEN}[{re.escape(''.join(sorted(FORMULA)))}]")


def guarded(text: str) -> str:
    """With an apostrophe before what a spreadsheet program would run; `unguarded` undoes it."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text


def write_csv(form: CommentForm, *, encoding: str = "utf-8") -> bytes:
    """The form with its notes above the headings. In GB18030, or in UTF-8 with its mark."""
    columns = list(Column) if form.has_ids else list(EIGHT)
    target = io.StringIO()
    writer = csv.writer(target)
    above = [form.title, str(form.reference), *form.notes]
    for text in above:
        writer.writerow([guarded(text)])
    writer.writerow([HEADINGS[form.language][column] for column in columns])
    for row in form.rows:
        writer.writerow([guarded(text) for text in row.cells[: len(columns)]])
    text = target.getvalue()
    if encoding == "gb18030":
        return text.encode("gb18030")
    return (MARK + text).encode()


def read_csv(path: Path) -> ReadForm:
    """The form in a text table: comma, semicolon or tab, UTF-8 or GBK/GB18030. Invalid."""
    if path.stat().st_size > MOST_SIZE:
        why = _("The file is too large: at most {size} MB are taken.")
        raise refuse(format_lazy(why, size=MOST_SIZE // MIB))
    text, encoding = _decoded(path.read_bytes())
    return read_tables([_lines(text)], encoding=encoding)


def _decoded(raw: bytes) -> tuple[str, str]:
    if raw.startswith(_WIDE):
        raise refuse(_("The text is in UTF-16. Save it as UTF-8 or as an Excel workbook."))
    if raw.startswith(_BINARY) or b"\0" in raw:
        raise refuse(_("The name ends in .csv, but the content is no text table."))
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise refuse(_("The text is neither UTF-8 nor GB 18030 (GBK)."))


def _lines(text: str) -> Iterator[Line]:
    csv.field_size_limit(max(csv.field_size_limit(), MOST_FIELD))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    number = 0
    try:
        for number, cells in enumerate(limited(reader, most=MOST_LINES), start=1):
            yield Line(
                number=number,
                cells=[
                    Cell(name=f"{letters(place)}{number}", text=unguarded(cell))
                    for place, cell in enumerate(cells[:MOST_COLUMNS], start=1)
                ],
            )
    except csv.Error as error:
        reason = _("Line {number} is no valid CSV: {error}.")
        raise refuse(format_lazy(reason, number=number + 1, error=str(error))) from error


def _delimiter(text: str) -> str:
    """The sign that parts most cells in the line with the headings; a comma else."""
    from_heading = [
        (line.count(sign), sign)
        for line in text.splitlines()[:60]
        for sign in (",", ";", "\t")
        if line.count(sign) >= 2
    ]
    return max(from_heading, key=lambda one: one[0])[1] if from_heading else ","
