"""A list as a spreadsheet: headings and rows become a streamed csv or an xlsx file.

Every list of the site that can be downloaded is written here, so that the guard against formulas
stands in one place.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain
from math import isfinite
from typing import BinaryIO

from django.db.models import TextChoices
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | Promise | int | float | Decimal | date | bool | None
Row = Sequence[Cell]

# With these a spreadsheet program begins a formula; the full-width ones count in Asian editions.
FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
# Blanks and signs nobody sees: some program drops each before it looks for a formula.
UNSEEN = r"[\s\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
_RUNS = re.compile(f"{UNSEEN}[{re.escape(''.join(sorted(FORMULA)))}]")
MARK = "\ufeff"  # without it spreadsheet programs take UTF-8 for the local encoding
LONGEST = 32_767  # characters that a cell of a workbook holds
MOST_ROWS = 1_048_576  # rows that a sheet holds
SHEET_NAME = 31
A4 = 9  # as spreadsheet programs number paper
WIDEST, NARROWEST = 60, 8
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TableKind(TextChoices):
    """What a list can be downloaded as."""

    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel (xlsx)")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet of a workbook: what stands above it, its headings and its rows."""

    name: str
    headings: Row
    rows: Iterable[Row]
    preface: Sequence[str] = ()
    widths: Sequence[int] = ()


class TooLong(Exception):
    """More rows than a sheet holds: nothing is cut off in silence."""


def guarded(text: str) -> str:
    """`text` so that no spreadsheet program runs it: an apostrophe before what begins a formula.

    What nobody sees in front does not help a formula to hide.
    """
    return f"'{text}" if _RUNS.match(text) else text


def stream_csv(
    *, headings: Row, rows: Iterable[Row], preface: Sequence[str] = (), encoding: str = "utf-8"
) -> Iterator[bytes]:
    """Line by line, UTF-8 with its mark; a text cell never begins a formula.

    `encoding` "gb18030" is for programs that know GBK only: what that holds is written as in it.
    """
    writer = csv.writer(_Echo())
    if encoding == "utf-8":
        yield MARK.encode()
    for row in chain([[text] for text in preface], [headings], rows):
        yield str(writer.writerow([_in_csv(cell) for cell in row])).encode(encoding)


def write_xlsx(
    target: BinaryIO,
    *,
    sheet: str,
    headings: Row,
    rows: Iterable[Row],
    preface: Sequence[str] = (),
    widths: Sequence[int] = (),
    properties: Mapping[str, object] | None = None,
    others: Sequence[Sheet] = (),
    has_filter: bool = False,
) -> None:
    """A sheet: the preface and the headings bold and frozen, then the rows; then the `others`.

    Rows go to disk one by one, so that the memory needed does not grow with them. A text is
    written as a text, so nothing runs as a formula. `properties` are those of the file: with
    `created` the same rows give the same bytes. TooLong when a sheet cannot hold the rows.
    """
    first = Sheet(name=sheet, headings=headings, rows=rows, preface=preface, widths=widths)
    book = Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties(dict(properties or {}))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    title = book.add_format({"bold": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    try:
        for one in (first, *others):
            page = book.add_worksheet(_sheet_name(one.name))
            count = _fill(page, one, title=title, bold=bold, plain=plain)
            if has_filter:
                page.autofilter(len(one.preface), 0, count - 1, len(one.headings) - 1)
    finally:
        book.close()


def _fill(page: Worksheet, sheet: Sheet, *, title: Format, bold: Format, plain: Format) -> int:
    """Write a sheet row by row; says how many rows it has."""
    for column, width in enumerate(sheet.widths or [_width(cell) for cell in sheet.headings]):
        page.set_column(column, column, width)
    above = len(sheet.preface)
    page.freeze_panes(above + 1, 0)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(above)
    number = -1
    for number, line in enumerate(
        chain([[text] for text in sheet.preface], [sheet.headings], sheet.rows)
    ):
        if number >= MOST_ROWS:
            raise TooLong
        look = title if number < above else bold if number == above else plain
        for column, cell in enumerate(line):
            _write(page, number, column, cell, look)
    return number + 1


def answer_table(
    *, name: str, kind: TableKind, sheet: str, headings: Row, rows: Iterable[Row]
) -> HttpResponseBase:
    """The table as a download: `name` is the file name without its ending, in ASCII."""
    if kind == TableKind.CSV:
        lines = stream_csv(headings=headings, rows=rows)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    target = BytesIO()  # packed, the rows themselves wait on disk
    write_xlsx(target, sheet=sheet, headings=headings, rows=rows)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


class _Echo:
    """A file that hands back what is written, for the csv writer to stream."""

    def write(self, text: str) -> str:
        return text


def _in_csv(cell: Cell) -> Cell:
    """Numbers stay as they are: a negative figure is no formula."""
    return cell if _is_number(cell) else guarded(_text(cell))


def _is_number(cell: Cell) -> bool:
    """Whether the cell is a figure; no spreadsheet program knows infinity or "not a number"."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return False
    return isfinite(cell)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(_("Yes") if cell else _("No"))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _write(page: Worksheet, row: int, column: int, cell: Cell, style: Format) -> None:
    if _is_number(cell):
        page.write_number(row, column, cell, style)
        return
    text = _text(cell)
    if text:
        page.write_string(row, column, text[:LONGEST], style)
    else:
        page.write_blank(row, column, None, style)


def _sheet_name(text: str) -> str:
    """A name that a workbook takes: at most 31 characters, none of []:*?/\\, no quotes at its ends."""
    kept = "".join(" " if one in "[]:*?/\\" else one for one in text)[:SHEET_NAME].strip(" '")
    return kept or "1"


def _width(heading: Cell) -> int:
    """Room for the heading; a Chinese character takes two places."""
    length = sum(1 if one.isascii() else 2 for one in _text(heading)) + 2
    return min(max(length, NARROWEST), WIDEST)
