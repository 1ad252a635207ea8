"""An uploaded table, csv or xlsx: every row is read, and what cannot be read is told row by row."""

import csv
import io
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from stakeholders.files.archives import MOST_TAGS, Faulty, require_few_tags
from stakeholders.files.inspecting import FAULTS
from stakeholders.jurisdictions.reading.rows import ENCODINGS, Line, RowError

MOST_ROWS = 5_000
MOST_UNPACKED = 60_000_000  # bytes of a workbook when unpacked; a larger one is a trap
MIB = 1024 * 1024
MOST_TEXT = 8  # MiB of a text table; each of its cells costs memory many times its length
MOST_LINES = 100_000  # of a text table, empty ones and those within cells included
READ = MOST_ROWS + 2  # the heading, and one row too many to notice it
COLUMNS = 100
# What a workbook that is none, or is damaged, makes its readers raise.
BROKEN = (
    AttributeError,
    InvalidFileException,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    RuntimeError,
    zlib.error,
)
FORMULA = "\0formula"  # no text of a cell holds the byte zero
Cells = Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What could be read: the columns delivered, whole rows, and the rows that could not."""

    columns: frozenset[str]
    lines: Sequence[Line]
    faults: Sequence[RowError]


def read_sheet(
    *,
    name: str,
    raw: bytes,
    required: Collection[str],
    known: Collection[str],
    most_tags: int = MOST_TAGS,
) -> Sheet:
    """Read an uploaded table. RowError where the file as a whole cannot be taken: type, encoding,
    heading, too many rows. `most_tags` of a workbook: more than a page waits for, for a job."""
    rows = _rows(name, raw, most_tags)
    heading = _heading(name, next(rows, (1, []))[1], required, known)
    lines, faults = [], []
    for count, (number, cells) in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise _whole(name, _too_many())
        try:
            lines.append(_line(name, number, heading, cells))
        except RowError as fault:
            faults.append(fault)
    if not lines and not faults:
        raise _whole(name, _("The table has a heading and no rows."))
    return Sheet(columns=frozenset(heading), lines=lines, faults=faults)


def _too_many() -> str:
    reason = _("The table has more than %(count)s rows. Divide it into several files.")
    return reason % {"count": MOST_ROWS}


def _whole(name: str, reason: str) -> RowError:
    return RowError(file=name, line=0, column="", reason=reason)


def _rows(name: str, raw: bytes, most_tags: int) -> Iterator[tuple[int, Cells]]:
    """(line number, cells) of every row that is not empty, the heading first."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise _whole(name, _("Only csv and xlsx files are taken."))
    rows = _of_workbook(name, raw, most_tags) if suffix == ".xlsx" else _of_text(name, raw)
    return ((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))


def _of_text(name: str, raw: bytes) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(io.StringIO(_text(name, raw), newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
            if start > MOST_LINES:
                raise _whole(name, _too_many())
    except csv.Error as error:
        reason = _("This is no valid CSV: %(error)s.") % {"error": error}
        raise RowError(file=name, line=start, column="", reason=reason) from None


def _text(name: str, raw: bytes) -> str:
    if len(raw) > MOST_TEXT * MIB:
        reason = _("The file is too large: at most {size} MB are taken.")
        raise _whole(name, reason.format(size=MOST_TEXT))
    if b"\0" in raw or raw.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise _whole(name, _("The name ends in .csv, but the content is no text table."))
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _whole(name, _("The text is neither UTF-8 nor GB 18030 (GBK)."))


def _of_workbook(name: str, raw: bytes, most_tags: int) -> Iterator[tuple[int, Cells]]:
    """The rows of the first sheet. Formulas are kept as a mark: what they would show is unknown."""
    refused = _whole(name, _("The name ends in .xlsx, but the content is no workbook."))
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise _whole(name, _("The workbook is too large when unpacked."))
            require_few_tags(packed, most=most_tags)
        book = load_workbook(io.BytesIO(raw), read_only=True)
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(max_row=READ, max_col=COLUMNS), start=1):
            yield number, [_cell(cell) for cell in row]
    except Faulty as error:
        raise _whole(name, str(FAULTS[error.fault])) from None
    except BROKEN:
        raise refused from None


def _cell(cell: Any) -> str:
    if cell.data_type == "f":
        return FORMULA
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _heading(
    name: str, cells: Cells, required: Iterable[str], known: Collection[str]
) -> Sequence[str]:
    heading = [cell.strip() for cell in cells]
    while heading and not heading[-1]:
        heading.pop()
    if not heading:
        raise _whole(name, _("The file is empty."))
    wrong = [
        *((one, _("The heading lacks this column.")) for one in required if one not in heading),
        *(
            (one, _("The template does not know this column."))
            for one in heading
            if one not in known
        ),
        *(
            (one, _("The heading names this column twice."))
            for one in heading
            if heading.count(one) > 1
        ),
    ]
    for column, reason in wrong:
        raise RowError(file=name, line=1, column=column, reason=reason)
    return heading


def _line(name: str, number: int, heading: Sequence[str], cells: Cells) -> Line:
    filled = [cell.strip() for cell in cells]
    while len(filled) > len(heading) and not filled[-1]:
        filled.pop()
    if len(filled) > len(heading):
        reason = _("The row has %(have)s cells, the heading %(need)s.")
        counts = {"have": len(filled), "need": len(heading)}
        raise RowError(file=name, line=number, column="", reason=reason % counts)
    filled += [""] * (len(heading) - len(filled))
    line = Line(file=name, number=number, cells=dict(zip(heading, filled, strict=True)))
    for column, text in line.cells.items():
        if text == FORMULA:
            raise line.refuse(column, _("A formula. Put the value it shows in its place."))
        if "\0" in text:
            raise line.refuse(column, _("The cell holds a character that cannot be kept."))
    return line
