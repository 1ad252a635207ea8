"""What is still needed of one party, item by item, and why it counts there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from consult.consensus.owed import Debt, column_sentence
from consult.phase3_identification.board import Board, BoardCell, BoardRow, spoken
from consult.phase3_identification.consent_matrix.cells import is_owed
from consult.phase3_identification.consent_matrix.looks import (
    DIFFERENCE,
    LOOKS,
    NOT_CONCERNED,
    Look,
    look_of,
    word_of,
)
from stakeholders.jurisdictions.models import Jurisdiction


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One item and the party's cell in it."""

    row: BoardRow
    look: Look
    word: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class PartySheet:
    """The column of a party: what it owes, where it differs, what it only supports. `sentence`: what
    it owes in sum, nothing while sealed."""

    party: Jurisdiction
    sentence: str
    owed: Sequence[Owed]
    differences: Sequence[Owed]
    items: int
    agreed: int
    stale: int
    supporting: int
    has_spoken: bool


def party_sheet(board: Board, party: Jurisdiction) -> PartySheet:
    number = [p.code for p in board.parties].index(party.code)
    held = [(row, row.cells[number]) for row in board.rows]
    concerned = [(row, cell) for row, cell in held if cell.state != NOT_CONCERNED]
    looks = [look_of(cell) for _row, cell in concerned]
    return PartySheet(
        party=party,
        sentence="" if board.is_sealed else spoken(column_sentence(_debts(board, party))),
        owed=[_owed(row, cell) for row, cell in concerned if is_owed(cell)],
        differences=[_owed(row, cell) for row, cell in concerned if cell.state in DIFFERENCE],
        items=len(concerned),
        agreed=sum(1 for _row, cell in concerned if cell.counts and cell.state == "agreed"),
        stale=looks.count("stale"),
        supporting=sum(1 for _row, cell in concerned if cell.is_supporting),
        has_spoken=party.code in board.spoken,
    )


def _debts(board: Board, party: Jurisdiction) -> list[Debt]:
    """What the party owes, item by item; items that stand alike are worked out once."""
    known: dict[int, Debt | None] = {}
    found = []
    for row in board.rows:
        if id(row.owed) not in known:
            known[id(row.owed)] = row.owed().get(party.code)
        if debt := known[id(row.owed)]:
            found.append(debt)
    return found


def _owed(row: BoardRow, cell: BoardCell) -> Owed:
    debt = row.owed().get(cell.code)
    return Owed(
        row=row,
        look=LOOKS[look_of(cell)],
        word=word_of(cell),
        sentence=spoken(debt.sentence) if debt else spoken(cell.why),
    )


def counting_reasons(row: BoardRow, cell: BoardCell) -> list[str]:
    """Why the party counts for the item, or why it does not, in sentences."""
    seat = next((e for e in row.ballot.electors if e["code"] == cell.code), None)
    if seat is None:
        return [_("It is no party of this item: the item does not concern it.")]
    if cell.is_supporting:
        level = row.ballot.version.get_competence_display()
        text = _("The item is decided at the level “%(level)s”; a party below it shows support.")
        return [text % {"level": level}]
    reasons = [_("It is a party that must sign, and the item concerns it.")]
    if cell.code not in row.ballot.version.concerned:
        reasons.append(_("A former wording concerned it: nobody is edited out of a consent."))
    return [*reasons, *_weights(seat)]


def _weights(seat: dict[str, Any]) -> list[str]:
    said = [_("Weight: %(weight)s") % {"weight": f"{seat['weight'].normalize():f}"}]
    for name, figure in sorted((seat["weights"] or {}).items()):
        said.append(_("Weight “%(name)s”: %(weight)s") % {"name": name, "weight": figure})
    return said
