"""Every kind of requirement over every holding of every electorate of up to four parties."""

from itertools import combinations_with_replacement, product
from typing import Any

import pytest

from consult.consensus import evaluate
from tests.consult.consensus import brute

VALUES: dict[str, Any] = {
    "agree": {},
    "object": {"blocks": True, "needs_text": True},
    "abstain": {},
    "recused": {"leaves_electorate": True},
}
HOLDINGS = [("(silent)", ""), ("object", "")] + [(value, "why") for value in VALUES]
WEIGHTS = ("1", "0.5", "0", "2.5", "1")
SPOKEN = ["agree", "object", "abstain"]
REQUIREMENTS: list[dict[str, Any]] = [
    {"kind": "no_block"},
    {"kind": "min_share", "of": ["agree"], "over": ["agree", "object"], "at_least": "2/3"},
    {
        "kind": "min_share",
        "of": ["agree"],
        "over": "electorate",
        "weight": "w",
        "at_least": "1/2",
        "strict": True,
    },
    {"kind": "max_share", "of": ["object"], "over": SPOKEN, "at_most": "1/4"},
    {
        "kind": "max_share",
        "of": ["object"],
        "over": "electorate",
        "weight": "w",
        "at_most": "1/4",
        "strict": True,
    },
    {"kind": "min_count", "of": SPOKEN, "at_least": 3},
    {"kind": "max_count", "of": ["recused"], "at_most": 1},
    {"kind": "quorum", "of": SPOKEN, "at_least": "1/2"},
    {"kind": "no_veto", "by": ["P0"], "of": ["object", "abstain"]},
]
REQUIREMENTS += [
    {"kind": "any", "of": REQUIREMENTS[1:3]},
    {
        "kind": "all",
        "of": [REQUIREMENTS[2], {"kind": "min_count", "of": ["object", "abstain"], "at_least": 1}],
    },
    {
        "kind": "any",
        "of": [
            {"kind": "all", "of": REQUIREMENTS[5:8]},
            {"kind": "max_count", "of": ["agree"], "at_most": 0},
        ],
    },
]


SILENCES = ("none", "agree", "object")


def proof(*row: object) -> Any:
    """A row that only `make prove` runs."""
    return pytest.param(*row, marks=pytest.mark.prove)


def case(holdings: tuple[tuple[str, str], ...], silence: str, *, closed: bool) -> dict[str, Any]:
    ids = [f"P{number}" for number in range(len(holdings))]
    spoken = [
        (party, *held) for party, held in zip(ids, holdings, strict=True) if held[0] != "(silent)"
    ]
    return {
        "rule": {"silence": silence, "requirements": REQUIREMENTS},
        "values": VALUES,
        "parties": [
            {"id": party, "weights": {"w": weight}}
            for party, weight in zip(ids, WEIGHTS, strict=False)
        ],
        "positions": [
            {"party": party, "value": value, "text": text} for party, value, text in spoken
        ],
        "closed": closed,
    }


def differences(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    wrong = []
    seen: dict[tuple[int, tuple[str | None, ...]], bool] = {}

    def met(req: dict[str, Any], told: dict[str, Any], held: dict[str, str | None]) -> bool:
        key = (id(req), tuple(held.values()))
        if key not in seen:
            seen[key] = brute.is_met(req, told, held)
        return seen[key]

    for told in cases:
        answer = evaluate(told)
        if (answer["state"], [row["state"] for row in answer["requirements"]]) != brute.evaluate(
            told, met
        ):
            wrong.append(told)
    return wrong


# Four parties under every silence, and five, are for `make prove`.
SMALL = [(parties, silence) for silence in SILENCES for parties in (1, 2, 3)] + [(4, "none")]
LONG = [(4, "agree"), (4, "object"), (5, "none")]


@pytest.mark.parametrize(("parties", "silence"), [*SMALL, *(proof(*row) for row in LONG)])
def test_every_closed_holding_agrees_with_brute_force(parties: int, silence: str) -> None:
    every = product(HOLDINGS, repeat=parties)
    assert differences([case(holdings, silence, closed=True) for holdings in every]) == []


@pytest.mark.parametrize(("parties", "silence"), [*SMALL, *(proof(*row) for row in LONG)])
def test_every_open_holding_agrees_with_all_completions(parties: int, silence: str) -> None:
    """Each multiset of holdings, given out from both ends of the weights."""
    some = combinations_with_replacement(HOLDINGS, parties)
    both = [held for holdings in some for held in (holdings, holdings[::-1])]
    assert differences([case(holdings, silence, closed=False) for holdings in both]) == []
