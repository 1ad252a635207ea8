"""The consent matrix of a sign-off: rows of the database laid before the pure rules.

Whether a party below the level an item belongs to (事权) counts, is written with the electorate of
the item's ballot when it opens: a supporting party is shown and does not count.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any

from django.utils.translation import get_language

from consult.ballots.models import Position
from consult.consensus.case import Text
from consult.consensus.changes import DIFFERENCE
from consult.consensus.evaluate import Standing
from consult.consensus.matrix import COUNTING, Cell, CellState, Counting, Row
from consult.consensus.owed import Debt
from consult.phase3_identification.laid import CHARTER, Alike, Laid, marks_of, marks_read
from consult.phase3_identification.models import Override, SignOff, SignOffBallot
from consult.phase3_identification.queries import (
    FAMILIES,
    Sees,
    confirmed_conditions,
    electorate,
    everything,
    has_ended,
    held_positions,
    left_on,
    newest_answers,
    split_ballots,
)
from plans.register.models import Revision
from stakeholders.jurisdictions.models import Jurisdiction

__all__ = ["ANSWERED", "CHARTER", "FAMILIES", "Board", "BoardCell", "BoardRow", "board", "spoken"]

ANSWERED = "answered"  # a sealed position of another party: given, and nothing more is said


@dataclass(frozen=True, kw_only=True)
class BoardCell:
    """One cell as shown. `position` is None for what is silent, sealed or not concerned, and
    everywhere on a board read without positions; `value` and `counting` are there on both."""

    code: str
    state: str
    why: Text | None = None
    counts: bool = False
    counting: str = ""
    value: str | None = None
    is_supporting: bool = False
    position: Position | None = None


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """One item. `passes`: whether it would pass if the sign-off closed now (None: sealed, or not
    decided here for want of competence; `is_decided_here` tells which).

    `owed` works out, when asked, what each party still owes here (nothing while sealed);
    `override`: why the parties' rule was set aside for it, where the charter allows that.
    """

    ballot: SignOffBallot
    number: str
    heading: str
    content: Mapping[str, Any]
    cells: Sequence[BoardCell]
    passes: bool | None = None
    is_decided_here: bool = True
    needed: Text | None = None
    standings: Sequence[Standing] = ()
    warnings: Sequence[str] = ()
    result: Mapping[str, object] = field(default_factory=dict)
    override: Override | None = None
    owed: Callable[[], Mapping[str, Debt]] = dict

    @property
    def key(self) -> str:
        return self.ballot.item.key

    def concerns(self, code: str | None) -> bool:
        return any(elector["code"] == code for elector in self.ballot.electors)

    @property
    def needed_text(self) -> str:
        return spoken(self.needed)

    @property
    def title(self) -> str:
        title = self.content.get("title") or self.content.get("name")
        return spoken(title) if isinstance(title, Mapping) else self.key

    @property
    def adopted(self) -> int | None:
        """The number of the revision in which the item was adopted first, as it stands here."""
        if self.ballot.adopted is None or not self.ballot.is_adopted:
            return None
        return int(self.ballot.adopted["number"])

    @property
    def adopted_before(self) -> int | None:
        """The same of an earlier wording or sign-off: what stands here is asked anew."""
        if self.ballot.adopted is None or self.ballot.is_adopted:
            return None
        return int(self.ballot.adopted["number"])

    @property
    def is_sealed(self) -> bool:
        """Whether its result is hidden from the reader until the sign-off closes."""
        return self.passes is None and self.is_decided_here

    @property
    def is_open(self) -> bool:
        """Whether something is still needed: it neither passes nor was overridden."""
        return self.passes is False and self.override is None


@dataclass(frozen=True, kw_only=True)
class Board:
    """The whole matrix. `is_sealed`: others' positions are hidden from this reader.

    `removed`: items no longer in the text on which an objection or reservation stands until lifted;
    they count among the differences, and not among the items that pass.
    """

    parties: Sequence[Jurisdiction]
    rows: Sequence[BoardRow]
    is_sealed: bool
    totals: Mapping[str, int]
    spoken: frozenset[str]
    removed: Sequence[BoardRow] = ()

    @property
    def passing(self) -> int:
        return sum(1 for row in self.rows if row.passes)

    @property
    def undecided(self) -> list[BoardRow]:
        """The items no signing party is high enough for: shown, and left to the dossier."""
        return [row for row in self.rows if not row.is_decided_here]

    @property
    def decided(self) -> int:
        """How many items the parties decide."""
        return len(self.rows) - len(self.undecided)

    @property
    def adopted(self) -> int:
        """How many items were adopted first, as they stand here."""
        return sum(1 for row in self.rows if row.adopted)

    @property
    def overridden(self) -> int:
        return sum(1 for row in self.rows if row.override and not row.passes)

    def asked_of(self, code: str | None) -> list[BoardRow]:
        """The items that concern a party and that it can take a position on."""
        return [row for row in self.rows if row.adopted is None and row.concerns(code)]

    def adopted_of(self, code: str | None) -> list[BoardRow]:
        """The items that concern a party and were adopted first: nothing is asked on them."""
        return [row for row in self.rows if row.adopted is not None and row.concerns(code)]

    @property
    def open_rows(self) -> list[BoardRow]:
        return [row for row in self.rows if row.is_open]


def spoken(text: Mapping[str, object] | None) -> str:
    """`{"zh":, "en":}` in the reader's language, the other one where it is missing."""
    if not text:
        return ""
    zh, en = str(text.get("zh") or ""), str(text.get("en") or "")
    return (en or zh) if (get_language() or "").startswith("en") else (zh or en)


def board(
    *,
    sign_off: SignOff,
    revision: Revision,
    sees: Sees = everything,
    with_positions: bool = True,
) -> Board:
    """The matrix of a sign-off as the holder of `sees` may read it. Seven queries.

    The default sight is unscoped, for the close, gates and the statement. Without positions the
    cells say the same and cost a tenth; what was said is then read for the one cell that opens.
    """
    ballots, gone = split_ballots(sign_off, revision=revision)
    parties = electorate(sign_off)
    confirmed = confirmed_conditions(sign_off)
    held = held_positions(sign_off) if with_positions else {}
    marks = (
        marks_of(held, ballots, confirmed)
        if with_positions
        else marks_read(sign_off, ballots, confirmed)
    )
    answered = frozenset(code for _sign_off, code in newest_answers([sign_off]))
    is_sealed = any(not sees(party.code) for party in parties)
    laid = Laid(ballots, parties, marks, sees)
    rows = []
    totals: Counter[str] = Counter()
    shared: dict[object, BoardCell] = {}
    for alike in laid.judged(is_over=has_ended(sign_off)):
        cells = [_cell(cell, alike, sees, answered, shared) for cell in alike.ahead.cells]
        for state, number in Counter(cell.state for cell in cells).items():
            totals[state] += number * len(alike.ballots)
        told = {} if is_sealed else _told(alike, laid)
        for ballot in alike.ballots:
            own = [_with_position(c, ballot, held, sees) for c in cells] if held else cells
            rows.append(
                BoardRow(
                    ballot=ballot,
                    number=ballot.place["number"],
                    heading=ballot.place["heading"],
                    content=content_of(ballot.version.content),
                    cells=own,
                    passes=None if is_sealed else _passes(ballot, alike.closed),
                    is_decided_here=alike.closed.is_decided_here,
                    override=getattr(ballot, "override", None),
                    **told,
                )
            )
    rows.sort(key=lambda row: row.ballot.place["position"])
    left = left_on(sign_off, gone)
    removed = [row for one in gone if (row := _removed(one, parties, left, sees)).cells]
    totals.update(cell.state for row in removed for cell in row.cells)
    return Board(
        parties=parties,
        rows=rows,
        is_sealed=is_sealed,
        totals=totals,
        spoken=answered,
        removed=removed,
    )


def _removed(
    ballot: SignOffBallot,
    parties: Sequence[Jurisdiction],
    left: Mapping[tuple[int, str], Position],
    sees: Sees,
) -> BoardRow:
    """What still stands on an item that left the text: a cell for each holder, none for the rest."""
    held = [(p.code, left.get((ballot.item_id, p.code))) for p in parties if sees(p.code)]
    cells = [
        BoardCell(code=code, state=FAMILIES[one.value].value, value=one.value, position=one)
        for code, one in held
        if one is not None and FAMILIES[one.value] in DIFFERENCE
    ]
    return BoardRow(
        ballot=ballot,
        number="",
        heading="",
        content=content_of(ballot.version.content),
        cells=cells,
    )


def _told(alike: Alike, laid: Laid) -> dict[str, Any]:
    """What the rule says of items that stand alike."""
    return {
        "needed": alike.ahead.result.still_needed,
        "standings": alike.ahead.result.requirements,
        "warnings": alike.ahead.result.warnings,
        "result": alike.closed.result.as_dict(),
        "owed": partial(laid.owed, alike),
    }


def _passes(ballot: SignOffBallot, closed: Row) -> bool | None:
    """None where the parties do not decide, for want of competence. What was adopted first has
    passed for good."""
    if ballot.is_adopted:
        return True
    if not closed.is_decided_here:
        return None
    end = getattr(ballot.ballot, "end", None)
    return closed.result.state == "passed" and not (end and end.outcome == "without_result")


@lru_cache(maxsize=2048)
def content_of(text: str) -> Mapping[str, Any]:
    """The content of a version, read once: a version never changes."""
    content = json.loads(text).get("content")
    return content if isinstance(content, dict) else {}


def _cell(
    cell: Cell,
    alike: Alike,
    sees: Sees,
    answered: frozenset[str],
    shared: dict[object, BoardCell],
) -> BoardCell:
    is_supporting = cell.party in alike.row.supporting
    key = (cell, is_supporting)
    if key in shared:
        return shared[key]
    if cell.state is not CellState.NOT_CONCERNED and not sees(cell.party):
        state = ANSWERED if cell.party in answered else CellState.SILENT.value
        made = BoardCell(code=cell.party, state=state, is_supporting=is_supporting)
    else:
        made = BoardCell(
            code=cell.party,
            state=cell.state.value,
            why=COUNTING[cell.counting],
            counts=cell.counting is Counting.COUNTS,
            counting=cell.counting.value,
            value=cell.value,
            is_supporting=is_supporting,
        )
    shared[key] = made
    return made


def _with_position(
    cell: BoardCell, ballot: SignOffBallot, held: Mapping[tuple[int, str], Position], sees: Sees
) -> BoardCell:
    position = held.get((ballot.item_id, cell.code))
    return replace(cell, position=position) if position and sees(cell.code) else cell
