"""The table of the matrix, ready for its template.

Twenty thousand cells are too many for a template's loop. Rows whose cells are the same share one
text, into which the address of each row is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString

from consult.consensus.matrix import Counting
from consult.phase3_identification.board import Board, BoardCell, BoardRow
from consult.phase3_identification.consent_matrix.looks import (
    CONSENT,
    LOOKS,
    NOT_CONCERNED,
    OWED,
    look_of,
    word_of,
)
from consult.phase3_identification.consent_matrix.wanted import Wanted, chosen_cells
from stakeholders.jurisdictions.models import Jurisdiction

PLACE = "\0"  # stands where the key of the row goes: no key holds it
MOST_LABELLED = 12  # parties; with more, a narrow screen shows the one that was chosen


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of the table. `agreed` of `asked`: how many of those whose position counts agree."""

    row: BoardRow
    cells: SafeString
    agreed: int
    asked: int


@dataclass(frozen=True, kw_only=True)
class Chapter:
    title: str
    lines: Sequence[Line]


def chapters_of(
    rows: Sequence[BoardRow],
    *,
    parties: Sequence[Jurisdiction],
    wanted: Wanted,
    headings: Mapping[str, str],
    base: str = "",
) -> list[Chapter]:
    """The rows chapter by chapter. `base`: what stands before KEY/CODE/ in a cell's address."""
    names = [str(party) for party in parties] if len(parties) <= MOST_LABELLED else []
    made: dict[int, tuple[str, int, int]] = {}
    chapters = []
    for heading, group in groupby(rows, key=lambda row: row.heading):
        lines = []
        for row in group:
            if id(row.cells) not in made:
                cells = chosen_cells(row, wanted)
                made[id(row.cells)] = (_text(cells, names, base), *sums(row.cells))
            text, agreed, asked = made[id(row.cells)]
            cells_text = SafeString(text.replace(PLACE, row.key))  # a slug
            lines.append(Line(row=row, cells=cells_text, agreed=agreed, asked=asked))
        chapters.append(Chapter(title=headings.get(heading, ""), lines=lines))
    return chapters


def _text(cells: Sequence[BoardCell], names: Sequence[str], base: str) -> str:
    return "".join(
        _cell(cell, names[number] if names else "", base) for number, cell in enumerate(cells)
    )


def _cell(cell: BoardCell, name: str, base: str) -> str:
    css, word = LOOKS[look_of(cell)].css, word_of(cell)
    label = format_html(' data-label="{}"', name) if name else ""
    if cell.state == NOT_CONCERNED:
        return format_html('<td class="is-{}"{}><span>{}</span></td>', css, label, word)
    return format_html(
        '<td class="is-{}"{}><a href="{}{}/{}/">{}</a></td>',
        css,
        label,
        base,
        PLACE,
        cell.code,
        word,
    )


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
