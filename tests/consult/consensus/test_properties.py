"""What holds for every case: agreement with brute force, monotonicity, blindness to names."""

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from consult.consensus import evaluate
from tests.consult.consensus import brute
from tests.consult.consensus.strategies import cases


def states(case: dict[str, Any]) -> tuple[str, list[str]]:
    answer = evaluate(case)
    return answer["state"], [row["state"] for row in answer["requirements"]]


@given(cases())
def test_evaluate_agrees_with_brute_force(case: dict[str, Any]) -> None:
    assert states(case) == brute.evaluate(case)


@given(cases(closed=False))
def test_open_states_agree_with_enumeration_of_completions(case: dict[str, Any]) -> None:
    assert states(case) == brute.evaluate(case)


@given(cases(), st.randoms(use_true_random=False))
def test_relabelling_and_reordering_parties_changes_nothing(
    case: dict[str, Any], random: Any
) -> None:
    ids = [party["id"] for party in case["parties"]]
    others = [f"Q{number}" for number in range(len(ids))]
    random.shuffle(others)
    new = dict(zip(ids, others, strict=True))

    def relabel(req: dict[str, Any]) -> dict[str, Any]:
        if req["kind"] in ("any", "all"):
            return req | {"of": [relabel(part) for part in req["of"]]}
        return req | ({"by": [new[party] for party in req["by"]]} if "by" in req else {})

    twin = deepcopy(case)
    twin["rule"]["requirements"] = [relabel(req) for req in twin["rule"]["requirements"]]
    twin["parties"] = [party | {"id": new[party["id"]]} for party in twin["parties"]]
    random.shuffle(twin["parties"])
    twin["positions"] = [
        position | {"party": new[position["party"]]} for position in twin["positions"]
    ]
    assert states(twin) == states(case)


def is_favourable(req: dict[str, Any]) -> bool:
    """`agree` is in `of` wherever it is in `over`, and nothing limits agreement itself."""
    if req["kind"] in ("any", "all"):
        return all(is_favourable(part) for part in req["of"])
    if req["kind"] in ("max_share", "max_count", "no_veto"):
        return "agree" not in req["of"]
    if req["kind"] in ("min_share", "quorum"):
        over = req.get("over", "electorate")
        return "agree" in req["of"] or (over != "electorate" and "agree" not in over)
    return True


@given(cases(closed=True), st.data())
def test_one_more_agreement_never_turns_passed_into_failed(
    case: dict[str, Any], data: st.DataObject
) -> None:
    case["values"]["agree"] = {}
    case["rule"]["silence"] = data.draw(st.sampled_from(["none", "agree"]))
    favourable = [req for req in case["rule"]["requirements"] if is_favourable(req)]
    case["rule"]["requirements"] = favourable or [{"kind": "no_block"}]
    spoken = {position["party"] for position in case["positions"]}
    silent = [party["id"] for party in case["parties"] if party["id"] not in spoken]
    if silent and evaluate(case)["state"] == "passed":
        case["positions"].append({"party": data.draw(st.sampled_from(silent)), "value": "agree"})
        assert evaluate(case)["state"] == "passed"


@given(cases())
def test_case_is_not_changed_and_answer_has_the_keys_of_the_contract(case: dict[str, Any]) -> None:
    before = deepcopy(case)
    answer = evaluate(case)
    assert case == before
    assert list(answer) == ["state", "requirements", "still_needed", "warnings"]
    for row in answer["requirements"]:
        assert list(row) == ["kind", "state", "have", "need", "explain"]
        assert all(row["explain"][language] for language in ("zh", "en"))
    assert list(answer["still_needed"]) == ["zh", "en"]


@given(cases(closed=True))
def test_nothing_more_is_needed_exactly_when_passed(case: dict[str, Any]) -> None:
    answer = evaluate(case)
    assert (answer["still_needed"]["en"] == "Nothing more is needed.") == (
        answer["state"] == "passed"
    )
