"""The consent matrix of 500 items by 41 parties, from positions to results: no database.

The baseline reads each row word by word of the contract, as the tests do. `closed` judges the rows as if the sign-off
closed now, `open` looks ahead at all completions as well, `owed` adds what each party still owes and why it counts.
"""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from consult.consensus.case import Party
from consult.consensus.changes import CharterOptions, Family, Position
from consult.consensus.matrix import Ballot, Matrix, MatrixItem, matrix
from consult.consensus.owed import debts
from consult.consensus.parse import parse_values
from consult.consensus.requirements import parse_rule
from tests.bench.harness import Result, compare
from tests.consult.consensus import brute

FAMILIES = {
    "agree": Family.AGREED,
    "agree_reserved": Family.RESERVED,
    "object": Family.OBJECTED,
    "abstain": Family.ABSTAINED,
    "recused": Family.RECUSED,
}
FLAGS: dict[str, Any] = {name: {} for name in FAMILIES} | {
    "object": {"blocks": True, "needs_text": True},
    "recused": {"leaves_electorate": True},
}
AGREEING = ["agree", "agree_reserved"]
RULE: dict[str, Any] = {
    "silence": "none",
    "requirements": [
        {"kind": "max_share", "of": ["object"], "over": "electorate", "at_most": "1/4"},
        {"kind": "min_share", "of": AGREEING, "over": "electorate", "at_least": "1/2"},
        {
            "kind": "any",
            "of": [
                {
                    "kind": "min_share",
                    "of": AGREEING,
                    "over": "electorate",
                    "weight": "population",
                    "at_least": "55/100",
                },
                {"kind": "max_count", "of": ["object"], "at_most": 3},
            ],
        },
    ],
}
PARTIES = tuple(f"P{number:02}" for number in range(41))
ITEMS = 500
SHARES = {"rows alike": 1, "ten kinds of rows": 10, "rows differ": ITEMS}


def run() -> list[Result]:
    return [_case(name, kinds) for name, kinds in SHARES.items()]


def _case(name: str, kinds: int) -> Result:
    chance = Random(41)  # noqa: S311 - a fixed spread of positions, no secret
    words = ["", *FAMILIES, *AGREEING * 3]
    rows = [[chance.choice(words) for _party in PARTIES] for _kind in range(kinds)]
    held = [rows[number % kinds] for number in range(ITEMS)]
    weights = {party: str(100 + 37 * number) for number, party in enumerate(PARTIES)}
    ways: dict[str, Callable[[], object]] = {
        "closed": lambda: _passing(_matrix(held, weights, is_closed=True)[0]),
        "open": lambda: _passing(_matrix(held, weights, is_closed=False)[0]),
        "owed": lambda: _owed(held, weights),
        "word by word": lambda: sum(_naive(row, weights) for row in held),
    }
    return compare(case=f"matrix 500 x 41, {name}", size=ITEMS, ways=ways, rounds=5)


def _matrix(
    held: list[list[str]], weights: dict[str, str], *, is_closed: bool
) -> tuple[Matrix, Ballot]:
    values = parse_values(FLAGS, at="values")
    parties = tuple(
        Party(party, (("population", Fraction(weight)),)) for party, weight in weights.items()
    )
    rule = parse_rule(RULE, values=values, parties=parties, at="rule")
    ballot = Ballot(parties, values, {"all": rule}, CharterOptions(FAMILIES), is_closed)
    items = [MatrixItem(str(number), "all", frozenset(PARTIES)) for number in range(ITEMS)]
    positions = [
        Position(party, str(number), value)
        for number, row in enumerate(held)
        for party, value in zip(PARTIES, row, strict=True)
        if value
    ]
    return matrix(items=items, ballot=ballot, positions=positions), ballot


def _passing(board: Matrix) -> int:
    return sum(row.result.would_pass for row in board.rows)


def _owed(held: list[list[str]], weights: dict[str, str]) -> int:
    board, ballot = _matrix(held, weights, is_closed=False)
    assert debts(board, ballot)
    return _passing(board)


def _naive(row: list[str], weights: dict[str, str]) -> bool:
    told = {
        "rule": RULE,
        "values": FLAGS,
        "parties": [{"id": party, "weights": {"population": weights[party]}} for party in PARTIES],
        "positions": [
            {"party": party, "value": value, "text": "why"}
            for party, value in zip(PARTIES, row, strict=True)
            if value
        ],
        "closed": True,
    }
    return brute.evaluate(told)[0] == "passed"
