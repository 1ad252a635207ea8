"""Ballots, parties and positions laid before the pure rules.

Most items of a plan stand alike. Rows with the same rule, parties and positions are judged once,
so that the cost of a board grows with what differs in it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from django.utils import translation

from consult.ballots.enums import FLAGS, PositionValue
from consult.ballots.models import Position
from consult.consensus.case import Party
from consult.consensus.changes import CharterOptions
from consult.consensus.changes import Position as Held
from consult.consensus.matrix import Ballot, MatrixItem, Row, matrix
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
    shared: dict[str, dict[str, Mark]] = {}
    met = {item for item, _code in confirmed}
    found: dict[int, dict[str, Mark]] = {}
    for row in ballots:
        if row.item_id in carried:
            cells = carried[row.item_id].items()
            found[row.item_id] = {
                code: (*said, (row.item.key, code) in confirmed) for code, said in cells
            }
            continue
        marks = read.get(row.item_id)
        if marks is None:
            continue
        is_plain = row.item.key not in met
        if not is_plain or marks.said not in shared:
            said = [part.split(" ") for part in marks.said.split(",")]
            own = {
                code: (value, False, text == "1", (row.item.key, code) in confirmed)
                for code, value, text in said
            }
            if not is_plain:
                found[row.item_id] = own
                continue
            shared[marks.said] = own
        found[row.item_id] = shared[marks.said]
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
        weights = {e["code"]: _weights(e) for row in ballots for e in row.electors}
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
        self.groups = self._alike(ballots, marks)

    def _alike(
        self, ballots: Sequence[SignOffBallot], marks: Mapping[int, Mapping[str, Mark]]
    ) -> list[tuple[list[SignOffBallot], Mapping[str, Mark]]]:
        groups: dict[object, tuple[list[SignOffBallot], Mapping[str, Mark]]] = {}
        keys: dict[int, object] = {}
        for row in ballots:
            held = marks.get(row.item_id, NOTHING)
            if id(held) not in keys:  # rows that say the same share one mapping
                keys[id(held)] = tuple(sorted((c, m) for c, m in held.items() if c in self.sight))
            said = keys[id(held)] if held else ()
            key = (row.ballot.rule, row.elector_text, row.version.is_given, said)
            groups.setdefault(key, ([], held))[0].append(row)
        return list(groups.values())

    def judged(self, *, is_over: bool) -> list[Alike]:
        items = [self._item(rows[0]) for rows, _held in self.groups]
        closed = self._matrix(items, is_closed=True)
        ahead = closed if is_over else self._matrix(items, is_closed=False)
        return [
            Alike(item, rows, now, then)
            for item, (rows, _held), now, then in zip(
                items, self.groups, closed, ahead, strict=True
            )
        ]

    def _item(self, row: SignOffBallot) -> MatrixItem:
        supporting = frozenset(e["code"] for e in row.electors if e["is_supporting"])
        return MatrixItem(
            id=row.item.key,
            rule=row.ballot.rule,
            electorate=frozenset(e["code"] for e in row.electors) - supporting,
            supporting=supporting,
            is_given=row.version.is_given,
        )

    def _matrix(self, items: Sequence[MatrixItem], *, is_closed: bool) -> tuple[Row, ...]:
        ballot = Ballot(self.parties, self.values, self.rules, CHARTER, is_closed)
        positions = [
            Held(party=code, item=rows[0].item.key, value=value, is_stale=stale, has_text=text)
            for rows, held in self.groups
            for code, (value, stale, text, _met) in held.items()
            if code in self.sight
        ]
        confirmed = frozenset(
            (rows[0].item.key, code)
            for rows, held in self.groups
            for code, (*_said, met) in held.items()
            if met
        )
        return matrix(
            items=items, ballot=ballot, positions=positions, confirmed=confirmed, names=self.names
        ).rows


def _weights(elector: Mapping[str, Any]) -> tuple[tuple[str, Fraction], ...]:
    named = elector["weights"] or {}
    return (
        ("weight", Fraction(str(elector["weight"]))),
        *((name, Fraction(text)) for name, text in sorted(named.items())),
    )
