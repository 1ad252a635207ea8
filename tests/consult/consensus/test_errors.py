"""Every bad case is an error with the path to it, never a pass."""

import json
from copy import deepcopy
from typing import Any

import pytest

from consult.consensus import CaseError, evaluate, read_json

GOOD: dict[str, Any] = {
    "rule": {
        "silence": "none",
        "requirements": [
            {
                "kind": "min_share",
                "of": ["agree"],
                "over": "electorate",
                "weight": "w",
                "at_least": "2/3",
            },
            {"kind": "min_count", "of": ["agree"], "at_least": 1},
            {"kind": "no_veto", "by": ["A"], "of": ["object"]},
            {"kind": "any", "of": [{"kind": "no_block"}]},
        ],
    },
    "values": {"agree": {}, "object": {"blocks": True, "needs_text": True}},
    "parties": [{"id": "A", "weights": {"w": "1"}}, {"id": "B", "weights": {"w": "0.5"}}],
    "positions": [{"party": "A", "value": "agree", "text": ""}],
    "closed": True,
}
DROP = object()
NAMED = "party 'B' has no weight 'w', which rule.requirements[0].weight names"


def deep(levels: int) -> dict[str, Any]:
    return {"kind": "all", "of": [deep(levels - 1)]} if levels else {"kind": "no_block"}


BAD: list[tuple[str, Any, str, str]] = [
    ("rule", DROP, "missing key 'rule'", "rule"),
    ("positions", DROP, "missing key 'positions'", "positions"),
    ("closed", DROP, "missing key 'closed'", "closed"),
    ("closed", 1, "must be true or false", "closed"),
    ("extra", 1, "unknown key 'extra'", "extra"),
    ("rule", [], "must be an object", "rule"),
    ("rule.extra", 1, "unknown key 'extra'", "rule.extra"),
    ("rule.silence", "nothing", "unknown value 'nothing'", "rule.silence"),
    ("rule.silence", 0, "must be a non-empty string", "rule.silence"),
    ("values.none", {}, "is ambiguous: there is a value named 'none'", "rule.silence"),
    ("rule.requirements", DROP, "missing key 'requirements'", "rule.requirements"),
    ("rule.requirements", [], "there must be at least one requirement", "rule.requirements"),
    ("rule.requirements", {}, "must be a list", "rule.requirements"),
    ("rule.requirements.0", "no_block", "must be an object", "rule.requirements[0]"),
    ("rule.requirements.0.kind", DROP, "missing key 'kind'", "rule.requirements[0].kind"),
    ("rule.requirements.0.kind", "most", "unknown kind 'most'", "rule.requirements[0].kind"),
    ("rule.requirements.0.at_most", "1", "unknown key 'at_most'", "rule.requirements[0].at_most"),
    ("rule.requirements.0.at_least", DROP, "missing key 'at_least'", "rule.requirements[0].at_least"),
    ("rule.requirements.0.at_least", "1/0", "has the denominator 0", "rule.requirements[0].at_least"),
    ("rule.requirements.0.at_least", "4/3", "must lie within 0..1", "rule.requirements[0].at_least"),
    ("rule.requirements.0.at_least", "-1/3", "must lie within 0..1", "rule.requirements[0].at_least"),
    ("rule.requirements.0.of", [], "must name at least one value", "rule.requirements[0].of"),
    ("rule.requirements.0.of.0", "yes", "unknown value 'yes'", "rule.requirements[0].of[0]"),
    ("rule.requirements.0.of.0", ["agree"], "must be a non-empty string", "rule.requirements[0].of[0]"),
    ("rule.requirements.0.over", DROP, "missing key 'over'", "rule.requirements[0].over"),
    ("rule.requirements.0.over", "all", 'must be a list of values or "electorate"', "rule.requirements[0].over"),
    ("rule.requirements.0.over", ["yes"], "unknown value 'yes'", "rule.requirements[0].over[0]"),
    ("rule.requirements.0.strict", "yes", "must be true or false", "rule.requirements[0].strict"),
    ("rule.requirements.0.weight", 1, "must be a non-empty string", "rule.requirements[0].weight"),
    ("rule.requirements.0.weight", "area", "party 'A' has no weight 'area', which rule.requirements[0].weight names",
     "parties[0].weights.area"),
    ("parties.1.weights", DROP, NAMED, "parties[1].weights.w"),
    ("rule.requirements.1.at_least", "1", "must be a whole number", "rule.requirements[1].at_least"),
    ("rule.requirements.1.at_least", True, "must be a whole number", "rule.requirements[1].at_least"),
    ("rule.requirements.1.at_least", -1, "must not be negative", "rule.requirements[1].at_least"),
    ("rule.requirements.1.at_least", 10**9, "must be at most 1000000", "rule.requirements[1].at_least"),
    ("rule.requirements.1.weight", "w", "unknown key 'weight'", "rule.requirements[1].weight"),
    ("rule.requirements.2.by", [], "must name at least one party", "rule.requirements[2].by"),
    ("rule.requirements.2.by.0", "C", "unknown party 'C'", "rule.requirements[2].by[0]"),
    ("rule.requirements.2.by", ["A", "A"], "party 'A' is named twice", "rule.requirements[2].by[1]"),
    ("rule.requirements.3.of", [], "there must be at least one requirement", "rule.requirements[3].of"),
    ("rule.requirements.3.of.0.x", 1, "unknown key 'x'", "rule.requirements[3].of[0].x"),
    ("rule.requirements.3.of.0", deep(10), "requirements nest deeper than 10",
     "rule.requirements[3].of[0]" + ".of[0]" * 8 + ".of"),
    ("rule.requirements", [{"kind": "no_block"}] * 101, "has 101 entries, at most 100 are read", "rule.requirements"),
    ("rule.requirements.3.of", [{"kind": "no_block"}] * 97, "a rule has at most 100 requirements",
     "rule.requirements[3].of"),
    ("values", {}, "there must be at least one value", "values"),
    ("values", {f"v{number}": {} for number in range(21)}, "at most 20 values are read", "values"),
    ("values.agree", None, "must be an object", "values.agree"),
    ("values.agree.counts", True, "unknown key 'counts'", "values.agree.counts"),
    ("values.agree.blocks", 0, "must be true or false", "values.agree.blocks"),
    ("values", {"": {}}, "a key must be a non-empty string", "values"),
    ("parties", [], "there must be at least one party", "parties"),
    ("parties.0.name", "A", "unknown key 'name'", "parties[0].name"),
    ("parties.0.id", DROP, "missing key 'id'", "parties[0].id"),
    ("parties.1.id", "A", "party 'A' is named twice", "parties[1].id"),
    ("parties.1.weights.w", "-1", "must not be negative", "parties[1].weights.w"),
    ("parties.1.weights.w", "NaN", "must be finite", "parties[1].weights.w"),
    ("parties.1.weights.w", "-Infinity", "must be finite", "parties[1].weights.w"),
    ("parties.1.weights.unused", "-1", "must not be negative", "parties[1].weights.unused"),
    ("positions.0.party", "C", "unknown party 'C'", "positions[0].party"),
    ("positions.0.value", "yes", "unknown value 'yes'", "positions[0].value"),
    ("positions.0.value", DROP, "missing key 'value'", "positions[0].value"),
    ("positions.0.text", None, "must be a string", "positions[0].text"),
    ("positions.0.at", "now", "unknown key 'at'", "positions[0].at"),
]  # fmt: skip


def change(path: str, value: Any) -> dict[str, Any]:
    case = deepcopy(GOOD)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    node: Any = case
    for step in steps:
        node = node[step]
    if value is DROP:
        del node[last]
    else:
        node[last] = value
    return case


def test_good_case_passes() -> None:
    assert evaluate(GOOD)["state"] == "passed"
    assert evaluate(change("rule.requirements.0.at_least", "0.67"))["state"] == "failed"


@pytest.mark.parametrize(("path", "value", "error", "at"), BAD)
def test_bad_case_names_error_and_path(path: str, value: Any, error: str, at: str) -> None:
    with pytest.raises(CaseError) as caught:
        evaluate(change(path, value))
    assert caught.value.as_dict() == {"error": error, "at": at}
    assert str(caught.value) == f"{at}: {error}"


@pytest.mark.parametrize(
    "raw", [0.5, 1, "a", "", "1/3/5", "½", "٣", "1e-1", " 1", "0." + "1" * 99, None]
)
def test_fraction_not_a_plain_string_is_refused(raw: Any) -> None:
    with pytest.raises(CaseError, match="must be a fraction in a string"):
        evaluate(change("rule.requirements.0.at_least", raw))


@pytest.mark.parametrize("raw", [0.5, 1, "a", "", "1/3", "1e3", ".5", "٣", "9" * 101, None])
def test_weight_not_a_plain_decimal_string_is_refused(raw: Any) -> None:
    with pytest.raises(CaseError, match="must be a decimal number in a string"):
        evaluate(change("parties.1.weights.w", raw))


@pytest.mark.parametrize("raw", [None, [], "case", 3])
def test_case_not_an_object_is_refused(raw: Any) -> None:
    with pytest.raises(CaseError) as caught:
        evaluate(raw)
    assert caught.value.as_dict() == {"error": "must be an object", "at": ""}
    assert str(caught.value) == "must be an object"


def test_weights_are_read_exactly() -> None:
    case = change("parties", [{"id": party, "weights": {"w": weight}} for party, weight in
                              (("A", "0.3"), ("B", "0.1"), ("C", "0.2"))])  # fmt: skip
    case["rule"]["requirements"][0]["at_least"] = "1/2"
    assert evaluate(case)["requirements"][0]["have"] == "1/2"
    assert evaluate(case)["requirements"][0]["state"] == "met"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "is no JSON: Expecting value: line 1 column 1 (char 0)"),
        ('{"a": NaN}', "NaN is no JSON number"),
        ("[" * 100_000, None),
        ('{"a": ' + "1" * 5000 + "}", None),
    ],
)
def test_text_that_is_no_json_is_refused(text: str, error: str | None) -> None:
    with pytest.raises(CaseError) as caught:
        read_json(text)
    assert caught.value.at == ""
    assert error is None or caught.value.error == error


def test_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(CaseError) as caught:
        read_json('{"closed": false, "closed": true}')
    assert caught.value.as_dict() == {
        "error": "the key 'closed' stands twice in one object",
        "at": "closed",
    }


def test_good_text_is_read() -> None:
    assert read_json(json.dumps(GOOD)) == GOOD
