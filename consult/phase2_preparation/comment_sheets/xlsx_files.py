"""The comment form as an Excel workbook: written with its choices and locks, read row by row."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from xlsxwriter import Workbook

from consult.phase2_preparation.comment_sheets.grids import (
    MOST_COLUMNS,
    Cell,
    Line,
    letters,
    read_tables,
    refuse,
)
from consult.phase2_preparation.comment_sheets.shape import (
    EIGHT,
    Column,
    CommentForm,
    Flaw,
    ReadForm,
)
from consult.phase2_preparation.comment_sheets.words import HEADINGS, ZH
from stakeholders.files.archives import MOST_TAGS, Fault, Faulty, kind_of, require_few_tags
from stakeholders.files.inspecting import FAULTS
from stakeholders.files.tables import LONGEST
from stakeholders.jurisdictions.reading.sheets import BROKEN

MIB = 1024 * 1024
MOST_PART = 12 * MIB  # of XML, unpacked: what is read in well under two seconds
MOST_LINES = 5_000
MOST_SHEETS = 10
MOST_MERGED = 20_000
SPARE = 200  # lines below the rows that bear the choices too
WIDTHS = (16, 8, 14, 14, 10, 56, 44, 30, 12, 12)
_OLE = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^<>]*?r="(\d{1,9})"')
_FILLED = (b"/v>", b":v>", b"/is>", b":is>", b"/f>", b":f>")
_INK, _PAPER, _LINE = "#1b3a57", "#eef3f8", "#9aa7b4"


def write_xlsx(form: CommentForm) -> bytes:
    """The form as a workbook. Text is written as text, so nothing in it runs."""
    target = BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("征求意见表" if form.language == ZH else "Comment form")
    columns = list(Column) if form.has_ids else list(EIGHT)
    edge = {"border": 1, "border_color": _LINE, "valign": "top", "text_wrap": True}
    open_cell = book.add_format({**edge, "num_format": "@", "locked": False})
    shut = book.add_format({**edge, "num_format": "@", "bg_color": _PAPER, "locked": True})
    ours = open_cell if form.has_ids else shut
    for number, column in enumerate(columns):
        is_hidden = column in (Column.ID, Column.MARK)
        style = shut if is_hidden or column == Column.OBSERVATION else ours
        page.set_column(number, number, WIDTHS[number], style, {"hidden": is_hidden})
    head = _write_head(book, page, form, columns)
    for number, row in enumerate(form.rows, start=head + 1):
        for place, text in enumerate(row.cells[: len(columns)]):
            style = shut if place >= EIGHT.index(Column.OBSERVATION) else ours
            page.write_string(number, place, text[:LONGEST], style)
    last = head + len(form.rows) + SPARE
    place = EIGHT.index(Column.TYPE)
    page.data_validation(
        head + 1, place, last, place, {"validate": "list", "source": list(form.types)}
    )
    _protect(page)
    _lay_out(page, head=head)
    book.close()
    return target.getvalue()


def _write_head(book: Workbook, page: Any, form: CommentForm, columns: Sequence[Column]) -> int:
    """Title, reference, notes and headings; says in which line the headings stand."""
    plain = {"valign": "vcenter", "border": 0}
    title = book.add_format({**plain, "bold": True, "font_size": 16, "font_color": _INK})
    small = book.add_format({**plain, "font_size": 9, "font_color": "#52606d"})
    bold = book.add_format(
        {
            "bold": True,
            "bg_color": _INK,
            "font_color": "#ffffff",
            "border": 1,
            "border_color": _LINE,
            "text_wrap": True,
            "valign": "vcenter",
            "align": "center",
        }
    )
    lines = [(form.title, title), (str(form.reference), small)]
    lines += [(text, small) for text in form.notes]
    for number, (text, style) in enumerate(lines):
        page.set_row(number, 26 if number == 0 else 15, small)
        page.write_string(number, 0, text, style)
    for place, column in enumerate(columns):
        page.write_string(len(lines), place, HEADINGS[form.language][column], bold)
    page.set_row(len(lines), 32)
    page.freeze_panes(len(lines) + 1, 0)
    return len(lines)


def _protect(page: Any) -> None:
    """Without a password: what must stay is locked, all else may be done."""
    allowed = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows")
    page.protect("", {**dict.fromkeys(allowed, True), "sort": True, "autofilter": True})


def _lay_out(page: Any, *, head: int) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.repeat_rows(head)
    page.set_footer("&C&P / &N")


def read_xlsx(path: Path) -> ReadForm:
    """The form in a workbook: the sheets that have its headings. Invalid ({"file": why})."""
    with path.open("rb") as file:
        if file.read(4) == _OLE:
            raise refuse(
                _(
                    "This is an old Excel file (.xls) or a protected one. Save it as .xlsx, without a password."
                )
            )
    try:
        if kind_of(path) != "xlsx":
            raise refuse(_("The file is no workbook, or it is damaged."))
        with zipfile.ZipFile(path) as packed, path.open("rb") as file:
            _require_small(packed)
            _require_few_cells(packed)
            book = load_workbook(file, read_only=True)
            pages = [one for one in book.worksheets[:MOST_SHEETS] if hasattr(one, "iter_rows")]
            return read_tables(_lines(page, packed) for page in pages)
    except Faulty as error:
        raise refuse(FAULTS[error.fault]) from error
    except BROKEN as error:
        raise refuse(FAULTS[Fault.DAMAGED]) from error


def _require_small(packed: zipfile.ZipFile) -> None:
    """A sheet may have any name, so all that packs well counts; pictures do not."""
    parts = [
        one.file_size
        for one in packed.infolist()
        if one.filename.endswith(".xml") or one.file_size > 2 * one.compress_size
    ]
    if sum(parts) > MOST_PART:
        text = _(
            "Unpacked, the workbook has over {size} MB of cells. Delete the empty rows and "
            "formats below the form, or copy the form into a new workbook."
        )
        raise refuse(format_lazy(text, size=MOST_PART // MIB))


def _require_few_cells(packed: zipfile.ZipFile) -> None:
    try:
        require_few_tags(packed, most=MOST_TAGS)
    except Faulty as error:
        if error.fault is not Fault.ENTRIES:
            raise
        text = _(
            "The workbook has over {most} cells, rows and formats. Delete the empty rows and "
            "formats below the form, or copy the form into a new workbook."
        )
        raise refuse(format_lazy(text, most=f"{MOST_TAGS:,}")) from error


def _lines(page: Any, packed: zipfile.ZipFile) -> Iterator[Line]:
    """The lines of a sheet down to the last one that holds anything, merged cells filled."""
    raw = packed.read(page._worksheet_path)
    last = _last_line(raw)
    if last > MOST_LINES:
        text = _("Something stands in line {line}; at most {most} lines are read.")
        raise refuse(format_lazy(text, line=f"{last:,}", most=f"{MOST_LINES:,}"))
    merged = _merged(raw, last=last)
    kept: dict[tuple[int, int], Cell] = {}
    page.reset_dimensions()
    rows = page.iter_rows(max_row=last, max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, start=1):
        if number > MOST_LINES:
            return
        cells = [
            _cell(cell, name=f"{letters(place)}{number}")
            for place, cell in enumerate(row[:MOST_COLUMNS], start=1)
        ]
        for place, start in merged.get(number, {}).items():
            if place > len(cells):
                continue
            if start == number:
                kept[place, start] = cells[place - 1]
            elif (above := kept.get((place, start))) is not None:
                name = cells[place - 1].name
                cells[place - 1] = Cell(name=name, text=above.text, flaw=above.flaw)
        yield Line(number=number, cells=cells)


def _last_line(raw: bytes) -> int:
    """The number of the last line with a value: an empty sheet of a million rows costs nothing."""
    end = max(raw.rfind(sign) for sign in _FILLED)
    if end < 0:
        return 0
    start = max(raw.rfind(b"<row", 0, end), raw.rfind(b":row", 0, end))
    found = _ROW.match(raw, max(0, raw.rfind(b"<", 0, start + 1)))
    if found is None:
        return raw.count(b"row>", 0, end) + 1  # lines without numbers follow one another
    return int(found[1])


def _merged(raw: bytes, *, last: int) -> Mapping[int, Mapping[int, int]]:
    """Line -> column -> the line in which the merged cell begins; its first column only."""
    found: dict[int, dict[int, int]] = {}
    cells = 0
    for one in _MERGED.finditer(raw):
        left, top, _right, bottom = range_boundaries(one[1].decode())
        bottom = min(bottom, last, MOST_LINES)
        cells += max(0, bottom - top)
        if left > MOST_COLUMNS or cells > MOST_MERGED:
            continue
        for number in range(top, bottom + 1):
            found.setdefault(number, {})[left] = top
    return found


def _cell(cell: Any, *, name: str) -> Cell:
    value = cell.value
    if value is None:
        return Cell(name=name)
    if cell.data_type == "f":
        return Cell(name=name, flaw=Flaw.FORMULA)
    if isinstance(value, date | datetime | time | timedelta):
        return Cell(name=name, flaw=Flaw.DATE)
    if isinstance(value, float) and not isinstance(value, bool):
        return Cell(name=name, text=format(Decimal(repr(value)), "f").removesuffix(".0"))
    return Cell(name=name, text=str(value))
