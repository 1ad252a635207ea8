"""The rows of the matrix as text for its template.

Twenty thousand cells are too many for a template's loop. Rows whose cells are the same share one
text, into which the key of each row is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consult.consensus.matrix import Counting
from consult.phase3_identification.board import Board, BoardCell, BoardRow
from consult.phase3_identification.consent_matrix.looks import (
    CONSENT,
    LOOKS,
    NOT_CONCERNED,
    NOT_DECIDED,
    OVERRIDDEN,
    OWED,
    adopted_word,
    before_word,
    look_of,
    word_of,
)
from consult.phase3_identification.consent_matrix.wanted import Wanted, chosen_cells
from stakeholders.jurisdictions.models import Jurisdiction

PLACE = "\0"  # stands where the key of the row goes: no key holds it
HEAD = (
    '<th scope="row"><a href="{}{}/" data-edit><span class="matrix__number">{}</span> {}</a>'
    " <small>{}</small></th>"
)
PLAIN_HEAD = '<th scope="row"><span class="matrix__number">{}</span> {} <small>{}</small></th>'
CELL = '<td class="is-{}"{}><a href="{}{}/{}/">{}</a></td>'
MOST_LABELLED = 12  # parties; with more, a narrow screen shows the one that was chosen


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter of the table: its rows as one text."""

    title: str
    rows: SafeString


def chapters_of(
    rows: Sequence[BoardRow],
    *,
    parties: Sequence[Jurisdiction],
    wanted: Wanted,
    headings: Mapping[str, str],
    is_over: bool = False,
    base: str | None = "",
) -> list[Chapter]:
    """The rows chapter by chapter. `base`: what stands before KEY/CODE/ in a cell's address; None
    where nothing opens, because the cells are those of a former sign-off."""
    table = _Table(parties, wanted, base, is_over=is_over)
    return [
        Chapter(
            title=headings.get(heading, ""),
            rows=SafeString("".join(table.row(row) for row in group)),
        )
        for heading, group in groupby(rows, key=lambda row: row.heading)
    ]


class _Table:
    """Rows as text. Every piece is made by `format_html`; a key is a slug and goes in as it is."""

    def __init__(
        self, parties: Sequence[Jurisdiction], wanted: Wanted, base: str | None, *, is_over: bool
    ) -> None:
        few = len(parties) <= MOST_LABELLED
        self.labels = {party.code: str(party) for party in parties} if few else {}
        self.wanted, self.base, self.is_over = wanted, base, is_over
        self.cells: dict[int, str] = {}
        self.middles: dict[int, str] = {}
        self.ends: dict[object, str] = {}
        self.strengths: dict[tuple[str, bool], str] = {}

    def row(self, row: BoardRow) -> str:
        key = id(row.cells)
        if key not in self.middles:
            self.middles[key] = self._middle(row)
        middle = self.middles[key].replace(PLACE, row.key)
        return f"<tr data-row>{self._head(row)}{middle}{self._end(row)}</tr>\n"

    def _head(self, row: BoardRow) -> str:
        version = row.ballot.version
        kind = (version.strength, version.is_given)
        if kind not in self.strengths:
            given = f" · {pgettext('item', 'given')}" if version.is_given else ""
            self.strengths[kind] = f"{version.get_strength_display()}{given}"
        said = (row.number, row.title, self.strengths[kind])
        if self.base is None:
            return format_html(PLAIN_HEAD, *said)
        return format_html(HEAD, self.base, row.key, *said)

    def _middle(self, row: BoardRow) -> str:
        cells = []
        for cell in chosen_cells(row, self.wanted):
            if id(cell) not in self.cells:  # the board shares equal cells
                self.cells[id(cell)] = self._cell(cell)
            cells.append(self.cells[id(cell)])
        agreed, asked = sums(row.cells)
        total = "" if row.passes is None else f"{agreed}/{asked}"
        return "".join(cells) + format_html('<td class="matrix__sum">{}</td>', total)

    def _cell(self, cell: BoardCell) -> str:
        css, word = LOOKS[look_of(cell)].css, word_of(cell)
        name = self.labels.get(cell.code)
        label = format_html(' data-label="{}"', name) if name else ""
        if cell.state == NOT_CONCERNED or self.base is None:
            return format_html('<td class="is-{}"{}><span>{}</span></td>', css, label, word)
        return format_html(CELL, css, label, self.base, PLACE, cell.code, word)

    def _end(self, row: BoardRow) -> str:
        needed = row.needed_text if row.is_open else ""
        parts = (row.adopted, row.adopted_before)
        key = (row.passes, row.is_decided_here, row.override is not None, parts, needed)
        if key not in self.ends:
            self.ends[key] = format_html(
                '<td class="matrix__result">{}{}{}</td>',
                self._chip(row),
                format_html("<p>{}</p>", before_word(row)) if row.adopted_before else "",
                format_html("<p>{}</p>", needed) if needed else "",
            )
        return self.ends[key]

    def _chip(self, row: BoardRow) -> str:
        if row.adopted is not None:
            return format_html('<span class="chip chip--adopted">◆ {}</span>', adopted_word(row))
        if row.override is not None:
            return format_html('<span class="chip chip--override">※ {}</span>', OVERRIDDEN)
        if not row.is_decided_here:
            return format_html('<span class="chip">{}</span>', NOT_DECIDED)
        if row.passes is None:
            return format_html('<span class="muted">{}</span>', _("Sealed"))
        if row.passes:
            word = _("Passed") if self.is_over else _("Would pass")
            return format_html('<span class="chip chip--success">✓ {}</span>', word)
        word = _("Not passed") if self.is_over else _("Not yet")
        return format_html('<span class="chip chip--danger">✕ {}</span>', word)


def sums(cells: Sequence[BoardCell]) -> tuple[int, int]:
    """How many cells count as agreement, and how many parties are asked."""
    asked = [cell for cell in cells if is_asked(cell)]
    return sum(1 for cell in asked if cell.counts and cell.state in CONSENT), len(asked)


def is_asked(cell: BoardCell) -> bool:
    """Whether the party's position counts for the item: concerned, no mere support, not recused."""
    return not cell.is_supporting and cell.state not in (NOT_CONCERNED, "recused")


def is_owed(cell: BoardCell) -> bool:
    """Whether the party still has to speak, to renew, to confirm or to see conditions met."""
    if not is_asked(cell):
        return False
    return look_of(cell) in OWED or cell.counting == Counting.CONDITIONS_OPEN


@dataclass(frozen=True, kw_only=True)
class Column:
    """The foot of a column: what the party owes and how it stands, over all items."""

    party: Jurisdiction
    agreed: int
    asked: int
    silent: int
    stale: int
    differences: int


def columns_of(board: Board, *, parties: Sequence[Jurisdiction]) -> list[Column]:
    """One per party shown, over the whole board, so that the foot agrees with the party's page."""
    looks: dict[str, list[str]] = {party.code: [] for party in board.parties}
    counted = dict.fromkeys(looks, 0)
    times: dict[int, int] = {}
    cells_by: dict[int, Sequence[BoardCell]] = {}
    for row in board.rows:
        times[id(row.cells)] = times.get(id(row.cells), 0) + 1
        cells_by[id(row.cells)] = row.cells
    for key, cells in cells_by.items():
        for cell in cells:
            if is_asked(cell):
                looks[cell.code] += [look_of(cell)] * times[key]
                counted[cell.code] += times[key] * (cell.counts and cell.state in CONSENT)
    return [_column(party, looks[party.code], counted[party.code]) for party in parties]


def _column(party: Jurisdiction, looks: Sequence[str], agreed: int) -> Column:
    return Column(
        party=party,
        agreed=agreed,
        asked=len(looks),
        silent=looks.count("silent"),
        stale=looks.count("stale"),
        differences=looks.count("objected") + looks.count("reserved"),
    )
