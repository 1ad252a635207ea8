"""The consent matrix, items x parties: what each cell shows, what counts, and where each item stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from consult.consensus.case import Case, Owing, Party, Rule, Seat, Text, Value
from consult.consensus.changes import CONSENT, CharterOptions, Family, Fate, Position
from consult.consensus.evaluate import Result, Standing, judge
from consult.consensus.needs import AS_IT_STANDS, SERVED
from consult.consensus.words import Names, both


class CellState(StrEnum):
    """What a cell shows."""

    AGREED = "agreed"
    AGREED_IN_PRINCIPLE = "agreed_in_principle"
    RESERVED = "reserved"
    OBJECTED = "objected"
    ABSTAINED = "abstained"
    SILENT = "silent"
    STALE = "stale"
    NOT_CONCERNED = "not_concerned"
    RECUSED = "recused"


class Counting(StrEnum):
    """Whether a cell counts towards the rule of its item, or why it does not."""

    COUNTS = "counts"
    SILENT = "silent"
    STALE = "stale"
    NOT_CONCERNED = "not_concerned"
    BELOW_COMPETENCE = "below_competence"
    CONDITIONS_OPEN = "conditions_open"
    UNCONFIRMED = "unconfirmed"
    WITHOUT_TEXT = "without_text"
    ITEM_GIVEN = "item_given"
    ITEM_REMOVED = "item_removed"
    PARTY_LEFT = "party_left"


class RowState(StrEnum):
    """Where an item stands. Only the first three are decided by the parties here."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"
    NOT_DECIDED_HERE = "not_decided_here"
    REMOVED = "removed"


DECIDED_HERE = frozenset({RowState.PASSED, RowState.FAILED, RowState.OPEN})
NOT_DECIDED: Mapping[RowState, Text] = {
    RowState.NOT_DECIDED_HERE: both(
        "签署各方均不具备本条款的事权，不在此认定，仅列示支持意见，随送审材料报请有权机关决定。",
        "No signing party is competent for this item: it is not decided here, shows support only, and goes "
        "with the dossier to the authority that decides it.",
    ),
    RowState.REMOVED: both(
        "条款已删除，不再认定；异议、保留意见列示至提出方解除。",
        "The item was removed and is decided no more; objections and reservations show until they are lifted.",
    ),
}
GIVEN = both(
    "上位刚性要求：各方可说明困难和条件，不得阻断。",
    "The item is given by a higher authority: parties may state difficulties and conditions, nobody can block it.",
)

COUNTING: Mapping[Counting, Text] = {
    Counting.COUNTS: both("计入", "counts"),
    Counting.SILENT: both("尚未表态", "has taken no position yet"),
    Counting.STALE: both("待重新确认，暂不计入", "to be renewed, does not count until then"),
    Counting.NOT_CONCERNED: both("不涉及", "not concerned"),
    Counting.BELOW_COMPETENCE: both(
        "事权层级不足，作为支持意见列示，不计入", "below the item's competence: shown as support"
    ),
    Counting.CONDITIONS_OPEN: both(
        "原则同意所附条件尚未确认满足", "its conditions are not yet confirmed as met"
    ),
    Counting.UNCONFIRMED: both("待确认，暂不计入", "to be confirmed, does not count until then"),
    Counting.WITHOUT_TEXT: both("未附理由，不计入", "without its text: not counted"),
    Counting.ITEM_GIVEN: both(
        "上位刚性要求，可说明困难，不得阻断",
        "the item is given: difficulties are noted, nobody can block",
    ),
    Counting.ITEM_REMOVED: both(
        "条款已删除，列示至提出方解除", "the item was removed: shown until its holder lifts it"
    ),
    Counting.PARTY_LEFT: both("该方已退出，不计入", "the party has left: not counted"),
}


@dataclass(frozen=True, slots=True)
class MatrixItem:
    """An item with the class of its rule and the parties that count for it.

    `supporting` ones, below the item's competence, only show support; `ended` ones left the plan while it was open.
    Where nobody is left to count the item is not decided here. A `is_given` item cannot be blocked. A `is_removed`
    item shows what was carried to it and is decided no more.
    """

    id: str
    rule: str
    electorate: frozenset[str]
    supporting: frozenset[str] = frozenset()
    is_given: bool = False
    ended: frozenset[str] = frozenset()
    is_removed: bool = False

    @property
    def counting(self) -> frozenset[str]:
        """Return the parties that count."""
        return frozenset() if self.is_removed else self.electorate - self.ended


@dataclass(frozen=True, slots=True)
class Ballot:
    """What stood at the opening: parties with weights, values, a rule per class, and the charter's options."""

    parties: tuple[Party, ...]
    values: Mapping[str, Value]
    rules: Mapping[str, Rule]
    charter: CharterOptions
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `value` is the charter's word, also when the cell is stale.

    `passed_from` names the item on which the objection or reservation shown was raised, `also` further differences
    that came from other items and stand beside it.
    """

    party: str
    state: CellState
    counting: Counting
    value: str | None = None
    passed_from: str | None = None
    also: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One item: its cells in the order of the parties, how many of each state, and where its rule stands."""

    item: str
    cells: tuple[Cell, ...]
    counts: Mapping[CellState, int]
    result: Result
    entry: MatrixItem

    @property
    def state(self) -> RowState:
        """Return where the item stands."""
        return RowState(self.result.state)

    @property
    def is_decided_here(self) -> bool:
        """Return whether the parties decide the item; if not it neither passes nor fails and blocks nothing."""
        return self.state in DECIDED_HERE


@dataclass(frozen=True, slots=True)
class Matrix:
    """All rows, with the totals over all cells and per party."""

    rows: tuple[Row, ...]
    totals: Mapping[CellState, int]
    by_party: Mapping[str, Mapping[CellState, int]]
    results: Mapping[str, int] = field(default_factory=dict)

    @property
    def state(self) -> RowState:
        """Return where all items together stand; those not decided here are left out.

        Nothing passes where nothing is decided.
        """
        states = {row.state for row in self.rows if row.is_decided_here}
        if states == {RowState.PASSED}:
            return RowState.PASSED
        is_open = RowState.OPEN in states and RowState.FAILED not in states
        return RowState.OPEN if is_open else RowState.FAILED


def matrix(
    *,
    items: Iterable[MatrixItem],
    ballot: Ballot,
    positions: Iterable[Position],
    fates: Iterable[Fate] = (),
    confirmed: frozenset[tuple[str, str]] = frozenset(),
    names: Names | None = None,
) -> Matrix:
    """Return the consent matrix.

    `fates` are what staleness left of positions on earlier revisions; `positions` are those on this one and replace
    them (a general one replaces what its party said before it on items still in the plan). `confirmed` holds the
    (item, party) pairs whose conditions of an agreement in principle are met and confirmed. A position of an unknown
    value, or an item of an unknown rule, raises KeyError.
    """
    board = _Board(ballot, positions, fates, confirmed, names or Names())
    rows = tuple(board.row(item) for item in items)
    totals: Counter[CellState] = Counter()
    by_party: dict[str, Counter[CellState]] = {party.id: Counter() for party in ballot.parties}
    for row in rows:
        totals.update(row.counts)
        for cell in row.cells:
            by_party[cell.party][cell.state] += 1
    return Matrix(rows, totals, by_party, Counter(row.result.state for row in rows))


class _Board:
    """Positions by cell, and one evaluation per distinct electorate and holdings."""

    def __init__(
        self,
        ballot: Ballot,
        positions: Iterable[Position],
        fates: Iterable[Fate],
        confirmed: frozenset[tuple[str, str]],
        names: Names,
    ) -> None:
        self._ballot, self._confirmed, self._names = ballot, confirmed, names
        self._own: dict[str, dict[str, Position]] = {}
        self._general: dict[str, Position] = {}
        for held in positions:
            if held.item is None:
                self._general[held.party] = held
                self._own.pop(held.party, None)
            else:
                self._own.setdefault(held.party, {})[held.item] = held
        self._carried = _carried(fates, ballot.charter)
        self._judged: dict[object, Result] = {}
        objecting = {
            name for name, family in ballot.charter.families.items() if family is Family.OBJECTED
        }
        self._blocking = objecting | {n for n, value in ballot.values.items() if value.blocks}
        agreed = (n for n in ballot.values if ballot.charter.families.get(n) is Family.AGREED)
        self._agreed = next(agreed, None)

    def row(self, item: MatrixItem) -> Row:
        """Return the row of an item."""
        cells = tuple(self._cell(item, party) for party in self._ballot.parties)
        counts = Counter(cell.state for cell in cells)
        return Row(item.id, cells, counts, self._result(item, cells), item)

    def _cell(self, item: MatrixItem, party: Party) -> Cell:
        held, also = self._standing(item, party.id)
        is_asked = party.id in item.electorate or party.id in item.supporting
        is_asked = is_asked and party.id not in item.ended and not item.is_removed
        is_left = held is not None and (party.id in item.ended or item.is_removed)
        if not is_asked and not is_left:
            return Cell(party.id, CellState.NOT_CONCERNED, Counting.NOT_CONCERNED)
        if held is None:
            return Cell(party.id, CellState.SILENT, Counting.SILENT)
        family = self._ballot.charter.families[held.value]
        state = CellState.STALE if held.is_stale and family in CONSENT else CellState(family)
        counting = self._counting(item, held, party.id)
        return Cell(party.id, state, counting, held.value, held.origin or None, also)

    def _standing(
        self, item: MatrixItem, party: str
    ) -> tuple[Position | None, tuple[Position, ...]]:
        """Return the position that counts in a cell, and what else stands there."""
        own = self._own.get(party, {}).get(item.id)
        if own is None and not item.is_removed:
            own = self._general.get(party)
        if own is not None:
            return own, ()
        carried = self._carried.get((item.id, party), ())
        return (carried[0], carried[1:]) if carried else (None, ())

    def _counting(self, item: MatrixItem, held: Position, party: str) -> Counting:
        """Return the first reason why a position does not count, if there is one."""
        value, family = self._ballot.values[held.value], self._ballot.charter.families[held.value]
        reasons = (
            (item.is_removed, Counting.ITEM_REMOVED),
            (party in item.ended, Counting.PARTY_LEFT),
            (party not in item.electorate, Counting.BELOW_COMPETENCE),
            (held.is_stale, Counting.STALE),
            (not held.is_confirmed, Counting.UNCONFIRMED),
            (value.needs_text and not held.has_text, Counting.WITHOUT_TEXT),
            (item.is_given and held.value in self._blocking, Counting.ITEM_GIVEN),
            (
                family is Family.AGREED_IN_PRINCIPLE and (item.id, party) not in self._confirmed,
                Counting.CONDITIONS_OPEN,
            ),
        )
        return next((reason for applies, reason in reasons if applies), Counting.COUNTS)

    def _result(self, item: MatrixItem, cells: tuple[Cell, ...]) -> Result:
        """Evaluate the item once per distinct holdings: most items of a plan stand alike."""
        if not item.counting:
            state = RowState.REMOVED if item.is_removed else RowState.NOT_DECIDED_HERE
            return Result(state.value, (), NOT_DECIDED[state], ())
        if item.is_given:
            return _given(cells, is_closed=self._ballot.is_closed)
        counts = item.counting
        key = (
            item.rule,
            tuple((cell.counting, cell.value) for cell in cells if cell.party in counts),
            counts,
        )
        if key not in self._judged:
            self._judged[key] = judge(self._case(item, cells), names=self._names)
        return self._judged[key]

    def _case(self, item: MatrixItem, cells: tuple[Cell, ...]) -> Case:
        rule, counting = self._ballot.rules[item.rule], item.counting
        seats = tuple(
            self._seat(party, cell, rule.silence)
            for party, cell in zip(self._ballot.parties, cells, strict=True)
            if party.id in counting
        )
        return Case(rule, self._ballot.values, seats, self._ballot.is_closed)

    def _seat(self, party: Party, cell: Cell, silence: str | None) -> Seat:
        """Return what a cell brings into the evaluation.

        A consent that is stale, conditional or unconfirmed can still come to count, but never by silence. An agreement
        in principle whose conditions are confirmed counts as the value that agrees.
        """
        value = cell.value
        if value is not None and self._ballot.charter.families[value] is Family.AGREED_IN_PRINCIPLE:
            value = self._agreed or value
        if cell.counting is Counting.COUNTS:
            return Seat(party, value=value, is_free=False)
        if cell.counting is Counting.WITHOUT_TEXT:
            return Seat(party, is_free=False)
        if cell.counting is Counting.SILENT:
            return Seat(party, at_close=silence)
        return Seat(party, owes=OWING[cell.counting], offered=value)


# What makes a position count that does not.
OWING: Mapping[Counting, Owing] = {
    Counting.SILENT: Owing.TAKE_POSITION,
    Counting.STALE: Owing.RENEW,
    Counting.UNCONFIRMED: Owing.CONFIRM,
    Counting.CONDITIONS_OPEN: Owing.MEET_CONDITIONS,
    Counting.WITHOUT_TEXT: Owing.GIVE_REASON,
}


def _given(cells: tuple[Cell, ...], *, is_closed: bool) -> Result:
    """Return the result of a given item: the parties take note of it, and nobody can block it."""
    spoke = sum(cell.counting is Counting.COUNTS for cell in cells)
    standing = Standing(kind="given", state="met", have=str(spoke), need="0", explain=GIVEN)
    state = RowState.PASSED if is_closed else RowState.OPEN
    return Result(state.value, (standing,), SERVED if is_closed else AS_IT_STANDS, (), True)


def _carried(
    fates: Iterable[Fate], charter: CharterOptions
) -> dict[tuple[str, str], tuple[Position, ...]]:
    """Return what was carried into each cell; objections come before reservations, and both before a consent.

    A consent beside a difference is not kept: its holder differs. But where it fell, the consent inside a reservation
    that passed on to the item does not stand in for it.
    """
    rank = {Family.OBJECTED: 0, Family.RESERVED: 1}
    carried: dict[tuple[str, str], list[Position]] = {}
    for fate in fates:
        if not fate.has_moved:
            held = replace(
                fate.position,
                item=fate.item,
                is_stale=fate.is_stale,
                origin=fate.passed_from or "",
            )
            carried.setdefault((fate.item, fate.party), []).append(held)
    found = {}
    for cell, some in carried.items():
        ordered = sorted(some, key=lambda held: rank.get(charter.families[held.value], 2))
        has_fallen = any(
            held.is_stale for held in ordered if charter.families[held.value] in CONSENT
        )
        differing = [
            replace(held, is_stale=True)
            if has_fallen and charter.families[held.value] is Family.RESERVED
            else held
            for held in ordered
            if charter.families[held.value] in rank
        ]
        found[cell] = tuple(differing or ordered[:1])
    return found
