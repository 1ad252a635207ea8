"""The consent matrix, items x parties: what each cell shows, what counts, and where each item stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from consult.consensus.case import Case, Party, Rule, Seat, Text, Value
from consult.consensus.changes import CONSENT, DIFFERENCE, CharterOptions, Family, Fate, Position
from consult.consensus.evaluate import Result, judge
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
}


@dataclass(frozen=True, slots=True)
class MatrixItem:
    """An item with the class of its rule and the parties that count for it; `supporting` ones only show support."""

    id: str
    rule: str
    electorate: frozenset[str]
    supporting: frozenset[str] = frozenset()
    is_given: bool = False


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
    """One cell; `value` is the charter's word, also when the cell is stale."""

    party: str
    state: CellState
    counting: Counting
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One item: its cells in the order of the parties, how many of each state, and where its rule stands."""

    item: str
    cells: tuple[Cell, ...]
    counts: Mapping[CellState, int]
    result: Result


@dataclass(frozen=True, slots=True)
class Matrix:
    """All rows, with the totals over all cells and per party."""

    rows: tuple[Row, ...]
    totals: Mapping[CellState, int]
    by_party: Mapping[str, Mapping[CellState, int]]
    results: Mapping[str, int] = field(default_factory=dict)


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
    them. `confirmed` holds the (item, party) pairs whose conditions of an agreement in principle are met and confirmed.
    A position of an unknown value, or an item of an unknown rule, raises KeyError.
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
        self._own: dict[tuple[str, str], Position] = {}
        self._general: dict[str, Position] = {}
        for held in positions:
            if held.item is None:
                self._general[held.party] = held
            else:
                self._own[held.item, held.party] = held
        self._carried = _carried(fates, ballot.charter)
        self._judged: dict[object, Result] = {}
        objecting = {
            name for name, family in ballot.charter.families.items() if family is Family.OBJECTED
        }
        self._given_values = {
            name: value
            for name, value in ballot.values.items()
            if not value.blocks and name not in objecting
        }

    def row(self, item: MatrixItem) -> Row:
        """Return the row of an item."""
        cells = tuple(self._cell(item, party) for party in self._ballot.parties)
        counts = Counter(cell.state for cell in cells)
        return Row(item.id, cells, counts, self._result(item, cells))

    def _cell(self, item: MatrixItem, party: Party) -> Cell:
        if party.id not in item.electorate and party.id not in item.supporting:
            return Cell(party.id, CellState.NOT_CONCERNED, Counting.NOT_CONCERNED)
        key = (item.id, party.id)
        held = self._own.get(key) or self._general.get(party.id) or self._carried.get(key)
        if held is None:
            return Cell(party.id, CellState.SILENT, Counting.SILENT)
        family = self._ballot.charter.families[held.value]
        state = CellState.STALE if held.is_stale and family in CONSENT else CellState(family)
        return Cell(party.id, state, self._counting(item, held, party.id), held.value)

    def _counting(self, item: MatrixItem, held: Position, party: str) -> Counting:
        """Return the first reason why a position does not count, if there is one."""
        value, family = self._ballot.values[held.value], self._ballot.charter.families[held.value]
        reasons = (
            (party not in item.electorate, Counting.BELOW_COMPETENCE),
            (held.is_stale, Counting.STALE),
            (not held.is_confirmed, Counting.UNCONFIRMED),
            (value.needs_text and not held.has_text, Counting.WITHOUT_TEXT),
            (item.is_given and held.value not in self._given_values, Counting.ITEM_GIVEN),
            (
                family is Family.AGREED_IN_PRINCIPLE and (item.id, party) not in self._confirmed,
                Counting.CONDITIONS_OPEN,
            ),
        )
        return next((reason for applies, reason in reasons if applies), Counting.COUNTS)

    def _result(self, item: MatrixItem, cells: tuple[Cell, ...]) -> Result:
        """Evaluate the item once per distinct holdings: most items of a plan stand alike."""
        holdings = tuple(
            (cell.counting, cell.value, cell.party in item.electorate) for cell in cells
        )
        key = (item.rule, item.is_given, holdings)
        if key not in self._judged:
            self._judged[key] = judge(self._case(item, cells), names=self._names)
        return self._judged[key]

    def _case(self, item: MatrixItem, cells: tuple[Cell, ...]) -> Case:
        rule = self._ballot.rules[item.rule]
        values = self._given_values if item.is_given else self._ballot.values
        silence = rule.silence if rule.silence in values else None
        seats = tuple(
            _seat(party, cell, silence)
            for party, cell in zip(self._ballot.parties, cells, strict=True)
            if party.id in item.electorate and cell.counting is not Counting.ITEM_GIVEN
        )
        return Case(Rule(rule.requirements, silence), values, seats, self._ballot.is_closed)


def _seat(party: Party, cell: Cell, silence: str | None) -> Seat:
    """Return what a cell brings into the evaluation.

    A consent that is stale, conditional or unconfirmed can still come to count, but never by silence.
    """
    if cell.counting is Counting.COUNTS:
        return Seat(party, value=cell.value, is_free=False)
    if cell.counting is Counting.WITHOUT_TEXT:
        return Seat(party, is_free=False)
    return Seat(party, at_close=silence if cell.counting is Counting.SILENT else None)


def _carried(fates: Iterable[Fate], charter: CharterOptions) -> dict[tuple[str, str], Position]:
    """Return the carried position of each cell; an objection outweighs a reservation, and both outweigh a consent."""
    rank = {Family.OBJECTED: 2, Family.RESERVED: 1}
    carried: dict[tuple[str, str], Position] = {}
    for fate in fates:
        key, family = (fate.item, fate.party), charter.families[fate.value]
        seen = carried.get(key)
        if seen is None or (
            family in DIFFERENCE and rank[family] > rank.get(charter.families[seen.value], 0)
        ):
            carried[key] = replace(fate.position, item=fate.item, is_stale=fate.is_stale)
    return carried
