"""The contract sentence by sentence; what the other files test at length stands here once, in its words."""

from typing import Any

import pytest

from consult.consensus import CaseError, evaluate

VALUES: dict[str, Any] = {
    "agree": {},
    "object": {"blocks": True, "needs_text": True},
    "abstain": {},
    "recused": {"leaves_electorate": True},
}
FIVE = "ABCDE"


def case(
    requirement: dict[str, Any],
    held: str = "",
    *,
    closed: bool = True,
    silence: str = "none",
    weights: dict[str, str] | None = None,
    parties: str = FIVE,
) -> dict[str, Any]:
    """`held`: a letter per party: y agree, n object with its reason, x without, a abstain, r recused, - silent."""
    words = {"y": "agree", "n": "object", "x": "object", "a": "abstain", "r": "recused"}
    spoken = [(party, mark) for party, mark in zip(parties, held, strict=False) if mark != "-"]
    return {
        "rule": {"silence": silence, "requirements": [requirement]},
        "values": VALUES,
        "parties": [
            {"id": party} | ({"weights": {"w": weights[party]}} if weights else {})
            for party in parties
        ],
        "positions": [
            {"party": party, "value": words[mark], "text": "why" if mark == "n" else ""}
            for party, mark in spoken
        ],
        "closed": closed,
    }


def stands(told: dict[str, Any]) -> tuple[str, str]:
    answer = evaluate(told)
    return answer["state"], answer["requirements"][0]["state"]


NINE = {"kind": "min_count", "of": ["agree"], "at_least": 9}
THREE = {"kind": "min_count", "of": ["agree"], "at_least": 3}
BLOCK = {"kind": "no_block"}
MOST = {"kind": "min_share", "of": ["agree"], "over": "electorate", "at_least": "1/2"}
CAST = {"kind": "min_share", "of": ["agree"], "over": ["agree", "object"], "at_least": "1/2"}
LIMIT = {"kind": "max_share", "of": ["object"], "over": ["agree", "object"], "at_most": "1"}
QUORUM = {"kind": "quorum", "of": ["agree", "abstain", "object"], "at_least": "1/2"}
FEW = {"kind": "max_count", "of": ["object"], "at_most": 1}

SENTENCES = [
    # closed false gives open, unless some requirement by itself can be met by no completion whatever
    (case(NINE, closed=False), ("failed", "unreachable")),
    (case(THREE, closed=False), ("open", "reachable")),
    # met whatever the rest do; reachable; unreachable: someone would have to change
    (case(THREE, "yyy--", closed=False), ("open", "met")),
    (case(THREE, "aaa--", closed=False), ("open", "unreachable")),
    (case(BLOCK, "n----", closed=False), ("open", "unreachable")),
    # closed true gives met or unmet, and passed or failed
    (case(THREE, "yyy--"), ("passed", "met")),
    (case(THREE, "yy---"), ("failed", "unmet")),
    # strict turns at least into more than
    (case(CAST, "yn"), ("passed", "met")),
    (case(CAST | {"strict": True}, "yn"), ("failed", "unmet")),
    (case(THREE | {"strict": True}, "yyy"), ("failed", "unmet")),
    (case(FEW | {"strict": True}, "n"), ("failed", "unmet")),
    # a party without a weight weighs 1 unless the requirement names a weight; 0 is allowed
    (case(MOST, "yyyaa"), ("passed", "met")),
    (case(MOST | {"weight": "w"}, "yyyaa", weights=dict(zip(FIVE, "00011", strict=True))),
     ("failed", "unmet")),
    # weights are decimal strings read exactly: 0.1 + 0.2 is 0.3
    (case(MOST | {"weight": "w"}, "yya", weights={"A": "0.1", "B": "0.2", "C": "0.3"}, parties="ABC"),
     ("passed", "met")),
    # a share over nothing is unmet, also a limit, also of weight nothing
    (case(CAST, "aaaaa"), ("failed", "unmet")),
    (case(LIMIT, "aaaaa"), ("failed", "unmet")),
    (case(MOST, "rrrrr"), ("failed", "unmet")),
    (case(MOST | {"weight": "w"}, "yyyyy", weights=dict.fromkeys(FIVE, "0")), ("failed", "unmet")),
    # a blocking position without the required text does not block
    (case(BLOCK, "x"), ("passed", "met")),
    (case(FEW | {"at_most": 0}, "x"), ("passed", "met")),
    # counts count parties
    (case(THREE, "yyy", weights=dict.fromkeys(FIVE, "0")), ("passed", "met")),
    # over is a list of values or the electorate: all who did not leave it, the silent with them
    (case(MOST, "yy--r"), ("passed", "met")),
    (case(MOST, "yy---"), ("failed", "unmet")),
    # the electorate is the default of quorum
    (case(QUORUM, "ya--r"), ("passed", "met")),
    (case(QUORUM, "ya---"), ("failed", "unmet")),
    (case(QUORUM | {"over": ["agree", "recused"]}, "yrrr-"), ("failed", "unmet")),
    # any and all nest
    (case({"kind": "any", "of": [NINE, {"kind": "all", "of": [BLOCK, THREE]}]}, "yyy"),
     ("passed", "met")),
    (case({"kind": "all", "of": [BLOCK, {"kind": "any", "of": [NINE, FEW]}]}, "n"),
     ("failed", "unmet")),
    # silence is none or the value that a silent party is taken to hold at close, not before
    (case(THREE, silence="agree"), ("passed", "met")),
    (case(THREE, silence="agree", closed=False), ("open", "reachable")),
    (case(THREE, "xxx--", silence="agree"), ("failed", "unmet")),
    (case(BLOCK, silence="object"), ("failed", "unmet")),
    (case(MOST, "y", silence="recused"), ("passed", "met")),
]  # fmt: skip


@pytest.mark.parametrize(("told", "expected"), SENTENCES)
def test_each_sentence_of_the_contract(told: dict[str, Any], expected: tuple[str, str]) -> None:
    assert stands(told) == expected


def test_a_block_without_text_says_so_in_warnings() -> None:
    assert evaluate(case(BLOCK, "xn"))["warnings"] == [
        "A的“object”未附理由，不构成阻断，也不计入 / A: “object” without its text does not block and is not counted"
    ]


def test_the_last_position_of_a_party_counts() -> None:
    told = case(THREE, "nyy")
    told["positions"].append({"party": "A", "value": "agree"})
    assert stands(told) == ("passed", "met")
    told["positions"].append({"party": "A", "value": "object", "text": ""})
    assert stands(told) == ("failed", "unmet")
    assert len(evaluate(told)["warnings"]) == 1


def test_have_and_need_are_exact_figures() -> None:
    rows = [
        evaluate(case(requirement, "yyynn"))["requirements"][0]
        for requirement in (CAST, LIMIT, THREE, QUORUM, BLOCK, {"kind": "any", "of": [NINE, FEW]})
    ]
    assert [(row["have"], row["need"]) for row in rows] == [
        ("3/5", "1/2"),
        ("2/5", "1"),
        ("3", "3"),
        ("1", "1/2"),
        ("2", "0"),
        ("0", "1"),
    ]


@pytest.mark.parametrize("weight", [None, "-1", "NaN", "Infinity", "-inf", 1, ""])
def test_a_named_weight_that_is_missing_negative_or_not_finite_is_an_error(weight: Any) -> None:
    told = case(MOST | {"weight": "w"}, "yy", weights=dict.fromkeys(FIVE, "1"))
    told["parties"][2]["weights"] = {} if weight is None else {"w": weight}
    with pytest.raises(CaseError) as caught:
        evaluate(told)
    assert caught.value.at == "parties[2].weights.w"


def test_value_names_are_the_case_s_own() -> None:
    told = case(BLOCK, "n")
    told["values"] = {"赞成": {}, "electorate": {"blocks": True}, "none of these": {}}
    told["positions"] = [{"party": "A", "value": "electorate"}]
    assert stands(told) == ("failed", "unmet")
