"""The matrix as a workbook and as csv: what the filter shows, by colour, sign and word."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from consult.phase3_identification.board import BoardRow
from consult.phase3_identification.consent_matrix.cells import sums
from consult.phase3_identification.consent_matrix.looks import (
    LOOKS,
    NOT_DECIDED,
    OVERRIDDEN,
    adopted_word,
    before_word,
    look_of,
    word_of,
)
from consult.phase3_identification.consent_matrix.wanted import Wanted, chosen_cells
from stakeholders.files.tables import LONGEST, Cell, Row
from stakeholders.jurisdictions.models import Jurisdiction

ABOVE = 3  # rows of the sheet before the headings
BESIDE = 5  # columns before those of the parties
WIDTHS = (8, 36, 10, 14, 10)


def headings_row(parties: Sequence[Jurisdiction]) -> list[str]:
    return [
        _("Number"),
        _("Item"),
        _("Strength"),
        _("Result"),
        _("Agreed"),
        *(str(party) for party in parties),
        _("What is still needed"),
    ]


def table_rows(rows: Sequence[BoardRow], *, wanted: Wanted) -> Iterator[list[Cell]]:
    """One row per item, in the order of `headings_row`; signs as well as words."""
    for row in rows:
        cells = [
            f"{LOOKS[look_of(cell)].sign} {word_of(cell)}" for cell in chosen_cells(row, wanted)
        ]
        yield [*_beside(row), *cells, row.needed_text if row.is_open else ""]


def _beside(row: BoardRow) -> list[Cell]:
    agreed, asked = sums(row.cells)
    strength = row.ballot.version.get_strength_display()
    return [row.number, row.title, strength, result_word(row), f"{agreed}/{asked}"]


def result_word(row: BoardRow) -> str:
    """Where the item stands, in a word."""
    if row.adopted is not None:
        return f"◆ {adopted_word(row)}"
    before = before_word(row)
    return f"{_state_word(row)} · {before}" if before else _state_word(row)


def _state_word(row: BoardRow) -> str:
    if row.override is not None:
        return str(OVERRIDDEN)
    if not row.is_decided_here:
        return str(NOT_DECIDED)
    if row.passes is None:
        return _("Sealed")
    return _("Passes") if row.passes else _("Does not pass")


def write_sheet(
    rows: Sequence[BoardRow],
    *,
    parties: Sequence[Jurisdiction],
    wanted: Wanted,
    preface: Sequence[str],
    created: datetime | None = None,
) -> BytesIO:
    """The workbook: head and first columns stay in sight, every cell with its colour and its word.

    Texts are written as texts, so that nothing runs as a formula. With `created` the same rows give
    the same bytes.
    """
    target = BytesIO()
    book = Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    if created is not None:
        book.set_properties({"created": created})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    looks = {
        key: book.add_format(
            {"bg_color": f"#{look.fill}", "font_color": f"#{look.ink}", "align": "center"}
            | {"valign": "top", "border": 1, "text_wrap": True}
        )
        for key, look in LOOKS.items()
    }
    page = book.add_worksheet(_("Consent matrix")[:31])
    for column, width in enumerate((*WIDTHS, *[11] * len(parties), 60)):
        page.set_column(column, column, width)
    page.freeze_panes(ABOVE + 1, 2)
    page.set_landscape()
    page.set_paper(8)  # A3
    page.fit_to_pages(1, 0)
    page.repeat_rows(ABOVE)
    for number, text in enumerate(preface[:ABOVE]):
        page.write_string(number, 0, text[:LONGEST])
    heading: Row = headings_row(parties)
    for column, title in enumerate(heading):
        page.write_string(ABOVE, column, str(title), bold)
    for number, row in enumerate(rows, start=ABOVE + 1):
        for column, said in enumerate(_beside(row)):
            page.write_string(number, column, str(said)[:LONGEST], plain)
        for column, cell in enumerate(chosen_cells(row, wanted), start=BESIDE):
            look = look_of(cell)
            text = f"{LOOKS[look].sign} {word_of(cell)}"
            page.write_string(number, column, text, looks[look])
        needed = row.needed_text if row.is_open else ""
        page.write_string(number, BESIDE + len(parties), needed[:LONGEST], plain)
    book.close()
    target.seek(0)
    return target
