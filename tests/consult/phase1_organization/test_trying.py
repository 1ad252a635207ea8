"""A rule tried on a case: what each stance does, and the questions one asks first."""

from dataclasses import replace

import pytest

from consult.consensus.case import CaseError
from consult.phase1_organization.content import default_content, share_rule
from consult.phase1_organization.enums import Stance
from consult.phase1_organization.trying import Trial, questions, rule_of_class, try_rule
from tests.consult.phase1_organization.composed import NAMES

CODES = sorted(NAMES)
WEIGHTS = dict.fromkeys(CODES, "1")
ONE = CODES[-1]
TACIT = replace(
    default_content(),
    rules={**default_content().rules, "guiding": share_rule("1", silence="agree")},
    silence_in_sign_off="agree",
)


def state(stance: str, *, item_class: str = "binding", is_closed: bool = True) -> str:
    """Where an item stands if one party takes `stance` and the rest agree."""
    stances = {**dict.fromkeys(CODES, "agree"), ONE: stance}
    trial = Trial(item_class=item_class, stances=stances, is_closed=is_closed)
    found: str = try_rule(TACIT, trial, parties=WEIGHTS, names=NAMES)["state"]
    return found


@pytest.mark.parametrize(
    ("stance", "closed", "tacit"),
    [
        ("agree", "passed", "passed"),
        ("in_principle_met", "passed", "passed"),
        ("agree_reserved", "passed", "passed"),
        ("in_principle", "failed", "failed"),
        ("abstain", "failed", "failed"),
        ("object", "failed", "failed"),
        ("object_bare", "failed", "failed"),
        ("silent", "failed", "passed"),
        ("recused", "passed", "passed"),
        ("not_concerned", "passed", "passed"),
    ],
)
def test_each_stance_does_what_the_sign_off_would_make_of_it(
    stance: str, closed: str, tacit: str
) -> None:
    assert stance in Stance.values
    assert state(stance) == closed
    assert state(stance, item_class="guiding") == tacit


def test_an_open_ballot_says_what_can_still_come() -> None:
    assert state("silent", is_closed=False) == "open"


def test_an_objection_without_its_reason_is_said_not_to_count() -> None:
    stances = {**dict.fromkeys(CODES, "agree"), ONE: "object_bare"}
    trial = Trial(item_class="binding", stances=stances)
    result = try_rule(TACIT, trial, parties=WEIGHTS, names=NAMES)
    assert [row["state"] for row in result["requirements"]] == ["met", "unmet"]
    assert len(result["warnings"]) == 1


def test_where_nobody_is_concerned_nothing_is_tried() -> None:
    trial = Trial(item_class="binding", stances=dict.fromkeys(CODES, "not_concerned"))
    with pytest.raises(CaseError):
        try_rule(TACIT, trial, parties=WEIGHTS, names=NAMES)


def test_maps_without_a_rule_of_their_own_are_tried_by_the_binding_one() -> None:
    assert rule_of_class(TACIT, "map") == TACIT.rules["binding"]


def test_the_questions_name_one_party_and_count_the_silent() -> None:
    asked = questions(CODES, item_class="guiding")
    assert {one.who for one in asked} == {ONE}
    assert [one.kind for one in asked] == [
        "all_agree",
        "nobody",
        "one_silent",
        "one_objects",
        "one_objects_some_silent",
        "one_objects_bare",
        "one_reserved",
        "one_abstains",
    ]
    assert asked[4].others == 2
    assert asked[4].trial.stances == {CODES[0]: "silent", CODES[1]: "silent", ONE: "object"}
    assert questions([], item_class="guiding") == []
    assert {one.who for one in questions(CODES, item_class="map", who=CODES[0])} == {CODES[0]}
