"""The consent matrix of a sign-off: rows of the database laid before the pure rules.

The level of government an item belongs to (事权) is shown with the item only: a county-level
co-maker counts on national items that concern it, because what is signed here is the joint text,
and the superior authority decides on its own part in the reply.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.translation import get_language

from consult.ballots.enums import FLAGS, PositionValue
from consult.ballots.models import Position
from consult.consensus.case import Party, Text
from consult.consensus.changes import CONSENT, CharterOptions, Family
from consult.consensus.changes import Position as Held
from consult.consensus.evaluate import Standing
from consult.consensus.matrix import (
    COUNTING,
    Ballot,
    Cell,
    CellState,
    Matrix,
    MatrixItem,
    Row,
    matrix,
)
from consult.consensus.parse import parse_rule, parse_values
from consult.consensus.words import Names
from consult.phase3_identification.models import SignOff, SignOffBallot
from consult.phase3_identification.queries import (
    Sees,
    confirmed_conditions,
    electorate,
    everything,
    has_ended,
    held_positions,
    live_ballots,
)
from plans.register.models import Revision
from stakeholders.jurisdictions.models import Jurisdiction

FAMILIES: Mapping[str, Family] = {
    PositionValue.AGREE.value: Family.AGREED,
    PositionValue.AGREE_IN_PRINCIPLE.value: Family.AGREED_IN_PRINCIPLE,
    PositionValue.AGREE_RESERVED.value: Family.RESERVED,
    PositionValue.ABSTAIN.value: Family.ABSTAINED,
    PositionValue.OBJECT.value: Family.OBJECTED,
    PositionValue.RECUSED.value: Family.RECUSED,
}
ANSWERED = "answered"  # a sealed position of another party: given, and nothing more is said
CHARTER = CharterOptions(families=FAMILIES)


@dataclass(frozen=True, kw_only=True)
class BoardCell:
    """One cell as shown; `position` is None for what is silent, sealed or not concerned."""

    code: str
    state: str
    why: Text | None = None
    counts: bool = False
    position: Position | None = None


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """One item. `passes`: whether it would pass if the sign-off closed now (None: sealed)."""

    ballot: SignOffBallot
    number: str
    heading: str
    content: Mapping[str, Any]
    cells: Sequence[BoardCell]
    passes: bool | None = None
    needed: Text | None = None
    standings: Sequence[Standing] = ()
    warnings: Sequence[str] = ()
    result: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.ballot.item.key

    @property
    def needed_text(self) -> str:
        return spoken(self.needed)

    @property
    def title(self) -> str:
        title = self.content.get("title") or self.content.get("name")
        return spoken(title) if isinstance(title, Mapping) else self.key


@dataclass(frozen=True, kw_only=True)
class Board:
    """The whole matrix. `is_sealed`: others' positions are hidden from this reader."""

    parties: Sequence[Jurisdiction]
    rows: Sequence[BoardRow]
    is_sealed: bool
    totals: Mapping[str, int]
    spoken: frozenset[str]

    @property
    def passing(self) -> int:
        return sum(1 for row in self.rows if row.passes)

    @property
    def open_rows(self) -> list[BoardRow]:
        return [row for row in self.rows if row.passes is False]


def spoken(text: Mapping[str, object] | None) -> str:
    """`{"zh":, "en":}` in the reader's language, the other one where it is missing."""
    if not text:
        return ""
    zh, en = str(text.get("zh") or ""), str(text.get("en") or "")
    return (en or zh) if (get_language() or "").startswith("en") else (zh or en)


@cache
def value_names() -> dict[str, dict[str, str]]:
    """Value -> its words in both languages, for the explanations of the rules."""
    names: dict[str, dict[str, str]] = {value: {} for value in PositionValue.values}
    for key, code in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(code):
            for value in PositionValue:
                names[value.value][key] = str(value.label)
    return names


def board(*, sign_off: SignOff, revision: Revision, sees: Sees = everything) -> Board:
    """The matrix of a sign-off as the holder of `sees` may read it. Three queries.

    The default sight is unscoped, for the close, gates and the statement.
    """
    ballots = live_ballots(sign_off, revision=revision)
    parties = electorate(sign_off)
    held = held_positions(sign_off)
    answered = {code for _item, code in held}
    is_sealed = any(not sees(party.code) for party in parties)
    shown = {key: row for key, row in held.items() if sees(key[1])}
    laid = _Laid(ballots, parties, shown, confirmed_conditions(sign_off))
    now = laid.matrix(is_closed=True)
    ahead = now if has_ended(sign_off) else laid.matrix(is_closed=False)
    rows = []
    for ballot, closed, open_row in zip(ballots, now.rows, ahead.rows, strict=True):
        cells = [_cell(cell, ballot, shown, sees, answered) for cell in open_row.cells]
        sealed_row = BoardRow(
            ballot=ballot,
            number=ballot.place["number"],
            heading=ballot.place["heading"],
            content=_content(ballot),
            cells=cells,
        )
        rows.append(sealed_row if is_sealed else _judged(sealed_row, closed, open_row))
    totals = Counter(cell.state for row in rows for cell in row.cells)
    return Board(
        parties=parties,
        rows=rows,
        is_sealed=is_sealed,
        totals=totals,
        spoken=frozenset(answered),
    )


def _judged(row: BoardRow, closed: Row, ahead: Row) -> BoardRow:
    end = getattr(row.ballot.ballot, "end", None)
    passes = closed.result.state == "passed" and not (end and end.outcome == "without_result")
    return BoardRow(
        ballot=row.ballot,
        number=row.number,
        heading=row.heading,
        content=row.content,
        cells=row.cells,
        passes=passes,
        needed=ahead.result.still_needed,
        standings=ahead.result.requirements,
        warnings=ahead.result.warnings,
        result=closed.result.as_dict(),
    )


def _content(ballot: SignOffBallot) -> Mapping[str, Any]:
    version = json.loads(ballot.version.content)
    content = version.get("content")
    return content if isinstance(content, dict) else {}


def _cell(
    cell: Cell,
    ballot: SignOffBallot,
    shown: Mapping[tuple[int, str], Position],
    sees: Sees,
    answered: Iterable[str],
) -> BoardCell:
    if cell.state is not CellState.NOT_CONCERNED and not sees(cell.party):
        state = ANSWERED if cell.party in answered else CellState.SILENT.value
        return BoardCell(code=cell.party, state=state)
    return BoardCell(
        code=cell.party,
        state=cell.state.value,
        why=COUNTING[cell.counting],
        counts=cell.counting.value == "counts",
        position=shown.get((ballot.item_id, cell.party)),
    )


class _Laid:
    """Ballots, parties and positions in the form of the pure rules."""

    def __init__(
        self,
        ballots: Sequence[SignOffBallot],
        parties: Sequence[Jurisdiction],
        held: Mapping[tuple[int, str], Position],
        confirmed: frozenset[tuple[str, str]],
    ) -> None:
        self.confirmed = confirmed
        weights = {e["code"]: str(e["weight"]) for row in ballots for e in row.electors}
        self.parties = tuple(
            Party(p.code, (("weight", Fraction(weights.get(p.code, "1"))),)) for p in parties
        )
        self.values = parse_values(FLAGS, at="values")
        self.rules = {
            text: parse_rule(json.loads(text), values=self.values, parties=self.parties, at="rule")
            for text in {row.ballot.rule for row in ballots}
        }
        self.items = [
            MatrixItem(
                id=row.item.key,
                rule=row.ballot.rule,
                electorate=frozenset(e["code"] for e in row.electors),
                is_given=row.version.is_given,
            )
            for row in ballots
        ]
        self.positions = [
            laid
            for row in ballots
            for e in row.electors
            if (laid := _held(row, held.get((row.item_id, e["code"]))))
        ]
        self.names = Names(
            {p.code: {"zh": p.short_zh or p.name_zh, "en": p.name_en_unique} for p in parties},
            value_names(),
        )

    def matrix(self, *, is_closed: bool) -> Matrix:
        ballot = Ballot(self.parties, self.values, self.rules, CHARTER, is_closed)
        return matrix(
            items=self.items,
            ballot=ballot,
            positions=self.positions,
            confirmed=self.confirmed,
            names=self.names,
        )


def _held(row: SignOffBallot, position: Any) -> Held | None:
    """A position as the rules read it: consent given before a breaking change is stale.

    An objection without a wording that would do does not block, and the cell says so.
    """
    if position is None:
        return None
    is_consent = FAMILIES[position.value] in CONSENT
    return Held(
        party=str(position.jurisdiction_id),
        item=row.item.key,
        value=position.value,
        is_stale=is_consent and position.on < (row.broken_at or 0),
        has_text=bool(position.text and position.wording),
    )
