"""The search for one completion of several requirements, against enumeration and against the clock."""

from itertools import product
from time import process_time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from consult.consensus import evaluate
from consult.consensus.evaluate import MOST_WORK
from consult.consensus.joint import joint
from consult.consensus.linear import Branch, build
from consult.consensus.parse import parse_case
from tests.consult.consensus.strategies import cases, requirements


@given(cases(closed=False), st.data(), st.sampled_from(["any", "all"]), st.booleans())
def test_joint_agrees_with_enumeration(
    case: dict[str, Any], data: st.DataObject, kind: str, wanted: bool
) -> None:
    ids = [party["id"] for party in case["parties"]]
    parts = data.draw(st.lists(requirements(list(case["values"]), ids), min_size=2, max_size=4))
    case["rule"]["requirements"] = [{"kind": kind, "of": parts}]
    case["positions"] = case["positions"][:1]
    parsed = parse_case(case)
    node = build(parsed.rule.requirements[0], parsed)
    assert isinstance(node, Branch)
    choices = [parsed.options() if seat.is_free else (seat.value,) for seat in parsed.seats]
    free = tuple(
        (number, choices[number]) for number, seat in enumerate(parsed.seats) if seat.is_free
    )
    if free:
        expected = any(node.is_met(held) is wanted for held in product(*choices))
        assert joint(node, parsed.now(), free, wanted=wanted, work=MOST_WORK) is expected


def electorate(parts: list[dict[str, Any]], number: int = 41) -> dict[str, Any]:
    weights = [
        {"w": str(900 + 37 * i * i % 1009), "v": f"{(i * 7919) % 10007}.{i}"} for i in range(number)
    ]
    return {
        "rule": {"silence": "none", "requirements": [{"kind": "all", "of": parts}]},
        "values": {
            "agree": {},
            "object": {"blocks": True},
            "abstain": {},
            "recused": {"leaves_electorate": True},
        },
        "parties": [{"id": f"P{i}", "weights": weights[i]} for i in range(number)],
        "positions": [],
        "closed": False,
    }


def share(of: str, **more: str) -> dict[str, Any]:
    return {
        "kind": "max_share" if "at_most" in more else "min_share",
        "of": [of],
        "over": "electorate",
        **more,
    }


def test_contradicting_counts_of_41_parties_are_found_impossible() -> None:
    parts = [{"kind": "min_count", "of": [value], "at_least": 21} for value in ("agree", "object")]
    assert evaluate(electorate(parts))["state"] == "failed"


def test_weighted_share_and_count_of_41_parties_are_decided_exactly() -> None:
    parts = [
        share("agree", weight="w", at_least="1/2"),
        {"kind": "max_count", "of": ["agree"], "at_most": 10},
    ]
    parts.append({"kind": "max_count", "of": ["recused"], "at_most": 0})
    started = process_time()
    answer = evaluate(electorate(parts))
    assert (answer["state"], answer["warnings"]) == ("failed", [])
    assert process_time() - started < 5


def test_knapsack_beyond_the_bound_of_work_claims_nothing_and_warns() -> None:
    band = [
        share("agree", weight=weight, at_least="500001/1000000", over="electorate")
        for weight in ("w", "v")
    ] + [share("agree", weight=weight, at_most="500002/1000000") for weight in ("w", "v")]
    band.append({"kind": "max_count", "of": ["abstain", "recused"], "at_most": 0})
    started = process_time()
    answer = evaluate(electorate(band))
    assert process_time() - started < 10
    assert answer["state"] == "open"
    assert answer["requirements"][0]["state"] == "reachable"
    [warning] = answer["warnings"]
    assert warning == (
        "第1项要求的可能组合过多，未能断定，按“尚可满足”显示 / "
        "requirement 1 has too many combinations to decide; it is shown as reachable"
    )


def test_largest_case_the_reader_takes_is_answered_in_time() -> None:
    pairs = [
        share("agree", weight=weight, at_least=f"{n}00001/1000000")
        for n in range(1, 6)
        for weight in ("w", "v")
    ]
    case = electorate(pairs, number=500)
    knot = case["rule"]["requirements"][0]
    case["rule"]["requirements"] = [knot | {"kind": kind} for kind in ("all", "any") * 4]
    case["values"] |= {f"v{number}": {} for number in range(16)}
    started = process_time()
    evaluate(case)
    assert process_time() - started < 20
