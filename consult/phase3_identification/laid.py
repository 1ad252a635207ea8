"""Ballots, parties and positions laid before the pure rules.

Most items of a plan stand alike. Rows with the same rule, parties and positions are judged once,
so that the cost of a board grows with what differs in it.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from threading import Lock
from typing import Any

from django.utils import translation

from consult.ballots.enums import FLAGS, PositionValue
from consult.ballots.models import Position
from consult.consensus.case import Party
from consult.consensus.changes import CharterOptions
from consult.consensus.changes import Position as Held
from consult.consensus.matrix import Ballot, Matrix, MatrixItem, Row, matrix
from consult.consensus.owed import Debt, debts
from consult.consensus.parse import parse_rule, parse_values
from consult.consensus.words import Names
from consult.phase3_identification.models import SignOff, SignOffBallot
from consult.phase3_identification.queries import FAMILIES, Sees, carried_cells, held_marks
from stakeholders.jurisdictions.models import Jurisdiction

CHARTER = CharterOptions(families=FAMILIES)
ONE = (("weight", Fraction(1)),)  # of a party that has left every ballot


# What a party holds on an item: value, whether its consent is stale, whether it gives its text,
# whether the conditions of its agreement in principle are met.
Mark = tuple[str, bool, bool, bool]
NOTHING: Mapping[str, Mark] = {}


@cache
def value_names() -> dict[str, dict[str, str]]:
    """Value -> its words in both languages, for the explanations of the rules."""
    names: dict[str, dict[str, str]] = {value: {} for value in PositionValue.values}
    for key, code in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(code):
            for value in PositionValue:
                names[value.value][key] = str(value.label)
    return names


def marks_of(
    held: Mapping[tuple[int, str], Position],
    ballots: Sequence[SignOffBallot],
    confirmed: frozenset[tuple[str, str]],
) -> dict[int, dict[str, Mark]]:
    """Item id -> code -> what the party holds there, from its positions. No query."""
    live = {row.item_id: row for row in ballots}
    found: dict[int, dict[str, Mark]] = {}
    for (item, code), position in held.items():
        row = live.get(item)
        has_text = bool(position.text and position.wording)
        if row is not None:
            is_met = (row.item.key, code) in confirmed
            is_stale: bool = position.is_stale
            mark = (position.value, is_stale, has_text, is_met)
            found.setdefault(item, {})[code] = mark
    return found


def marks_read(
    sign_off: SignOff, ballots: Sequence[SignOffBallot], confirmed: frozenset[tuple[str, str]]
) -> dict[int, dict[str, Mark]]:
    """The same from the short form; rows that say the same share one mapping.

    Of items on which something changed since somebody spoke, what the history leaves.
    """
    read, carried = held_marks(sign_off), carried_cells(sign_off)
    met = {item for item, _code in confirmed}
    shared: dict[str, dict[str, Mark]] = {}
    marks: dict[str, Mark] = {}
    found: dict[int, dict[str, Mark]] = {}
    for row in ballots:
        if row.item_id in carried:
            cells = carried[row.item_id].items()
            found[row.item_id] = {
                code: (*said, (row.item.key, code) in confirmed) for code, said in cells
            }
            continue
        said = read.get(row.item_id)
        if said is None:
            continue
        if row.item.key in met:
            plain = _marks_said(said, marks).items()
            found[row.item_id] = {
                code: (*mark[:3], (row.item.key, code) in confirmed) for code, mark in plain
            }
            continue
        if said not in shared:
            shared[said] = _marks_said(said, marks)
        found[row.item_id] = shared[said]
    return found


def _marks_said(said: str, known: dict[str, Mark]) -> dict[str, Mark]:
    """Of an item on which nothing has changed: nothing is stale, equal marks are one."""
    found = {}
    for part in said.split(","):
        code, _blank, words = part.partition(" ")
        if words not in known:
            value, has_text = words.split(" ")
            known[words] = (value, False, has_text == "1", False)
        found[code] = known[words]
    return found


@dataclass(frozen=True, slots=True)
class Alike:
    """Items that stand alike: one row for the rules, judged as if closed now and as it is."""

    row: MatrixItem
    ballots: Sequence[SignOffBallot]
    closed: Row
    ahead: Row


class Laid:
    """Ballots, parties and positions in the form of the pure rules."""

    def __init__(
        self,
        ballots: Sequence[SignOffBallot],
        parties: Sequence[Jurisdiction],
        marks: Mapping[int, Mapping[str, Mark]],
        sees: Sees,
    ) -> None:
        lists = {id(row.electors): row.electors for row in ballots}  # most are one and the same
        weights = {e["code"]: _weights(e) for electors in lists.values() for e in electors}
        self.parties = tuple(Party(p.code, weights.get(p.code, ONE)) for p in parties)
        self.values = parse_values(FLAGS, at="values")
        self.rules = {
            text: parse_rule(json.loads(text), values=self.values, parties=self.parties, at="rule")
            for text in {row.ballot.rule for row in ballots}
        }
        self.names = Names(
            {p.code: {"zh": p.short_zh or p.name_zh, "en": p.name_en_unique} for p in parties},
            value_names(),
        )
        self.sight = frozenset(p.code for p in parties if sees(p.code))
        self.key = repr([(p.id, p.weights, self.names.parties[p.id]) for p in self.parties])
        grouped = self._alike(ballots, marks)
        self.keys, self.groups = list(grouped), list(grouped.values())
        self._owed: dict[int, dict[str, Debt]] = {}  # of the rows judged here, once asked for

    def _alike(
        self, ballots: Sequence[SignOffBallot], marks: Mapping[int, Mapping[str, Mark]]
    ) -> dict[object, tuple[list[SignOffBallot], Mapping[str, Mark]]]:
        """What makes rows stand alike -> those rows, and what the parties hold on them."""
        groups: dict[object, tuple[list[SignOffBallot], Mapping[str, Mark]]] = {}
        keys: dict[int, str] = {}
        for row in ballots:
            held = marks.get(row.item_id, NOTHING)
            if id(held) not in keys:  # rows that say the same share one mapping
                keys[id(held)] = repr([pair for pair in held.items() if pair[0] in self.sight])
            said = keys[id(held)] if held else ""
            key = (row.ballot.rule, row.elector_text, row.version.is_given, said)
            groups.setdefault(key, ([], held))[0].append(row)
        return groups

    def judged(self, *, is_over: bool) -> list[Alike]:
        items = [self._item(rows[0]) for rows, _held in self.groups]
        closed = self._rows(items, is_closed=True)
        ahead = closed if is_over else self._rows(items, is_closed=False)
        return [
            Alike(item, rows, now, then)
            for item, (rows, _held), now, then in zip(
                items, self.groups, closed, ahead, strict=True
            )
        ]

    def _rows(self, items: Sequence[MatrixItem], *, is_closed: bool) -> list[Row]:
        """The rows of the pure matrix, from memory where it has judged the like of them before."""
        keys = [(self.key, is_closed, key) for key in self.keys]
        known = [_judged.get(key) for key in keys]
        new = [n for n, row in enumerate(known) if row is None]
        fresh = self._matrix(new, items, is_closed=is_closed) if new else ()
        for n, row in zip(new, fresh, strict=True):
            known[n] = row
            _judged.keep(keys[n], row)
        return [row for row in known if row is not None]

    def _item(self, row: SignOffBallot) -> MatrixItem:
        supporting = frozenset(e["code"] for e in row.electors if e["is_supporting"])
        return MatrixItem(
            id=row.item.key,
            rule=row.ballot.rule,
            electorate=frozenset(e["code"] for e in row.electors) - supporting,
            supporting=supporting,
            is_given=row.version.is_given,
        )

    def owed(self, alike: Alike) -> dict[str, Debt]:
        """Code of a party -> what it still owes on items that stand so, and why it counts there."""
        if id(alike) not in self._owed:
            ballot = Ballot(self.parties, self.values, self.rules, CHARTER, False)
            found = debts(Matrix((alike.ahead,), {}, {}), ballot, names=self.names)
            self._owed[id(alike)] = {debt.party: debt for debt in found}
        return self._owed[id(alike)]

    def _matrix(
        self, wanted: Sequence[int], items: Sequence[MatrixItem], *, is_closed: bool
    ) -> tuple[Row, ...]:
        ballot = Ballot(self.parties, self.values, self.rules, CHARTER, is_closed)
        groups = [self.groups[n] for n in wanted]
        held = [
            (rows[0].item.key, code, mark)
            for rows, marks in groups
            for code, mark in marks.items()
            if code in self.sight
        ]
        return matrix(
            items=[items[n] for n in wanted],
            ballot=ballot,
            positions=[
                Held(party=code, item=item, value=value, is_stale=stale, has_text=text)
                for item, code, (value, stale, text, _met) in held
            ],
            confirmed=frozenset((item, code) for item, code, (*_said, met) in held if met),
            names=self.names,
        ).rows


class _Memory:
    """Rows judged before, the ones used longest ago forgotten first.

    The rules are pure: the same rule, parties, names and positions give the same row for ever, so
    that nothing here can be out of date.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._rows: OrderedDict[object, Row] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object) -> Row | None:
        with self._lock:
            row = self._rows.get(key)
            if row is not None:
                self._rows.move_to_end(key)
            return row

    def keep(self, key: object, row: Row) -> None:
        with self._lock:
            self._rows[key] = row
            while len(self._rows) > self._most:
                self._rows.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._rows.clear()


_judged = _Memory(2_000)
forget = _judged.clear


def _weights(elector: Mapping[str, Any]) -> tuple[tuple[str, Fraction], ...]:
    named = elector["weights"] or {}
    return (
        ("weight", Fraction(str(elector["weight"]))),
        *((name, Fraction(text)) for name, text in sorted(named.items())),
    )
