from dataclasses import replace

import pytest

from consult.ballots.steps import Letter
from consult.phase1_organization import actions
from consult.phase1_organization.content import (
    Clause,
    Rung,
    default_content,
    from_dict,
    share_rule,
)
from consult.phase1_organization.queries import charter_in_force, rule_for
from plans.register.steps import add_party, set_phase
from stakeholders.notices.models import Notice
from stakeholders.record.queries import check_chains
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.consult.phase1_organization.scene import (
    PARTIES,
    acts,
    adopted,
    proposed,
    put_to_parties,
    speak,
)
from tests.world import JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG, World, in_days


def test_a_charter_agreed_by_all_is_in_force(world: World) -> None:
    plan = world.plan()
    assert charter_in_force(plan) is None
    charter = adopted(world, plan)
    assert charter_in_force(plan) == charter
    assert acts() == [
        "charter.propose",
        "charter.open_ballot",
        "charter.take_position",
        "charter.take_position",
        "charter.take_position",
        "charter.close_ballot",
    ]
    assert [fault.fault for fault in check_chains()] == [""]
    assert rule_for(charter, strength="binding", kind="provision") == share_rule("1")
    assert rule_for(charter, strength="guiding", kind="provision") == share_rule("2/3")
    assert rule_for(charter, strength="anticipatory", kind="indicator") == share_rule("1")


def test_an_objection_fails_the_ballot_and_a_changed_charter_passes(world: World) -> None:
    plan = world.plan()
    first = proposed(world, plan)
    put_to_parties(world, first)
    for code in (QINGPU, WUJIANG):
        speak(world, first, code)
    speak(world, first, JIASHAN, "object", "C5 逾期视为同意不得适用于签署环节")
    end = actions.close_charter_ballot(actor=world.coordinator(plan), charter=first)
    assert end.outcome == "failed"
    assert charter_in_force(plan) is None
    second = adopted(world, plan)
    assert (second.number, charter_in_force(plan)) == (2, second)
    assert first.hash != second.hash


def test_the_ballot_closes_without_result_only_with_a_reason(world: World) -> None:
    plan = world.plan()
    charter, actor = proposed(world, plan), world.coordinator(plan)
    put_to_parties(world, charter)
    with pytest.raises(Invalid) as refusal:
        actions.close_without_result(actor=actor, charter=charter, reason=" ")
    assert list(refusal.value.errors) == ["reason"]
    end = actions.close_without_result(actor=actor, charter=charter, reason="嘉善县提出异议")
    assert (end.outcome, charter_in_force(plan)) == ("without_result", None)
    assert acts() == ["charter.propose", "charter.open_ballot", "charter.close_without_result"]
    with pytest.raises(Conflict):
        speak(world, charter, QINGPU)


def test_a_ballot_is_recalled_only_while_nobody_has_spoken(world: World) -> None:
    plan = world.plan()
    charter, actor = proposed(world, plan), world.coordinator(plan)
    put_to_parties(world, charter)
    actions.recall_charter_ballot(actor=actor, charter=charter, reason="更正")
    put_to_parties(world, charter)
    speak(world, charter, QINGPU)
    with pytest.raises(Conflict):
        actions.recall_charter_ballot(actor=actor, charter=charter)
    assert acts()[2:] == [
        "charter.recall_ballot",
        "charter.open_ballot",
        "charter.take_position",
    ]


def test_the_ballot_is_not_closed_before_all_spoke_or_its_time_came(world: World) -> None:
    plan = world.plan()
    charter, actor = proposed(world, plan), world.coordinator(plan)
    put_to_parties(world, charter)
    speak(world, charter, QINGPU)
    with pytest.raises(Conflict):
        actions.close_charter_ballot(actor=actor, charter=charter)
    with clock.stated(in_days(4)):
        with pytest.raises(Conflict):
            speak(world, charter, WUJIANG)
        end = actions.close_charter_ballot(actor=actor, charter=charter)
    assert end.outcome == "failed"


def test_the_newest_position_of_a_party_counts(world: World) -> None:
    plan = world.plan()
    charter = proposed(world, plan)
    put_to_parties(world, charter)
    speak(world, charter, JIASHAN, "object", "理由")
    for code in PARTIES:
        speak(world, charter, code)
    end = actions.close_charter_ballot(actor=world.coordinator(plan), charter=charter)
    assert end.outcome == "passed"


def test_a_position_needs_a_signatory_of_a_co_maker(world: World) -> None:
    plan = world.plan()
    charter = proposed(world, plan)
    with pytest.raises(Conflict):
        speak(world, charter, QINGPU)
    put_to_parties(world, charter)
    add_party(plan=plan, code=SHANGHAI, role="co_maker", must_sign=True)
    with pytest.raises(Refused) as refusal:
        speak(world, charter, SHANGHAI)
    assert refusal.value.verdict.reason is Reason.NOT_YOURS
    contact = world.actor(QINGPU, Role.CONTACT_POINT)
    with pytest.raises(Refused) as refusal:
        actions.take_charter_position(actor=contact, charter=charter, value="agree")
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE
    with pytest.raises(NotVisible):
        speak(world, charter, KUNSHAN)


@pytest.mark.parametrize(
    ("value", "text", "field"), [("agree_reserved", "x", "value"), ("object", " ", "text")]
)
def test_a_position_out_of_shape_is_refused(
    world: World, value: str, text: str, field: str
) -> None:
    charter = proposed(world, world.plan())
    put_to_parties(world, charter)
    with pytest.raises(Invalid) as refusal:
        speak(world, charter, QINGPU, value, text)
    assert list(refusal.value.errors) == [field]


def test_a_position_keeps_its_letter_and_tells_the_joint_office(world: World) -> None:
    charter = proposed(world, world.plan())
    put_to_parties(world, charter)
    actor = world.actor(QINGPU, Role.SIGNATORY)
    position = actions.take_charter_position(
        actor=actor, charter=charter, value="agree", letter=Letter(number="青府〔2026〕3号")
    )
    assert position.letter_number == "青府〔2026〕3号"
    told = Notice.objects.filter(kind="charter.take_position").values_list("user__email", flat=True)
    assert list(told) == ["coordinator@joint.example"]


def test_opening_refuses_a_second_ballot_an_old_charter_and_a_past_hour(world: World) -> None:
    plan = world.plan()
    first = proposed(world, plan)
    with pytest.raises(Invalid) as refusal:
        put_to_parties(world, first, in_days(-1))
    assert list(refusal.value.errors) == ["closes_at"]
    second = proposed(world, plan)
    with pytest.raises(Conflict):
        put_to_parties(world, first)
    put_to_parties(world, second)
    with pytest.raises(Conflict):
        put_to_parties(world, second)


def test_an_adopted_charter_is_not_put_again_and_one_maker_adopts_none(world: World) -> None:
    charter = adopted(world, world.plan())
    with pytest.raises(Conflict):
        put_to_parties(world, charter)
    alone = proposed(world, world.plan("ALONE", parties=()))
    with pytest.raises(Invalid):
        put_to_parties(world, alone)


def test_a_charter_is_not_proposed_after_the_second_phase(world: World) -> None:
    plan = world.plan()
    set_phase(plan=plan, phase=3)
    with pytest.raises(Refused) as refusal:
        proposed(world, plan)
    assert refusal.value.verdict.reason is Reason.WRONG_PHASE


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"round_days": 200}, "round_days"),
        ({"confirmation_days": 0}, "confirmation_days"),
        ({"confirmation_days": 61}, "confirmation_days"),
        ({"urgent_round_days": 30}, "urgent_round_days"),
        ({"ladder": ()}, "ladder"),
        ({"ladder": (Rung(level="working", working_days=0),)}, "ladder"),
        ({"ladder": (Rung(level="department", working_days=1),) * 2}, "ladder"),
        ({"silence_in_round": "x"}, "silence_in_round"),
        ({"override": "x"}, "override"),
        ({"two_person": ("x",)}, "two_person"),
        ({"clauses": (Clause(key="", zh="x"),)}, "clauses"),
        ({"clauses": (Clause(key="C1", zh=" "),)}, "clauses"),
        ({"clauses": (Clause(key="C1", zh="x"),) * 2}, "clauses"),
    ],
)
def test_an_unsound_charter_is_refused(world: World, change: dict[str, object], field: str) -> None:
    plan = world.plan()
    content = replace(default_content(), **change)
    with pytest.raises(Invalid) as refusal:
        actions.propose_charter(actor=world.coordinator(plan), plan=plan, content=content)
    assert list(refusal.value.errors) == [field]


@pytest.mark.parametrize(
    "rule",
    [
        {"silence": "none", "requirements": []},
        {"silence": "none", "requirements": [{"kind": "vote"}]},
        {"silence": "none"},
        share_rule("3/2"),
        share_rule("1", silence="agree"),
    ],
)
def test_an_unreadable_rule_or_tacit_consent_to_binding_text_is_refused(
    world: World, rule: dict[str, object]
) -> None:
    plan, content = world.plan(), default_content()
    content = replace(content, rules={**content.rules, "binding": rule})
    with pytest.raises(Invalid) as refusal:
        actions.propose_charter(actor=world.coordinator(plan), plan=plan, content=content)
    assert list(refusal.value.errors) == ["rule_binding"]


def test_a_charter_from_before_a_clause_keeps_its_text_and_hash(world: World) -> None:
    old = replace(default_content(), confirmation_days=None)
    assert "confirmation_days" not in old.as_dict()
    again = from_dict(old.as_dict())
    assert (again, again.days_to_confirm) == (old, 10)
    assert canonical.digest_of(again.as_dict()) == canonical.digest_of(old.as_dict())
    assert from_dict(default_content().as_dict()).confirmation_days == 10


def test_content_survives_its_canonical_text(world: World) -> None:
    charter = proposed(world, world.plan())
    again = from_dict(charter.content.as_dict())
    assert again == charter.content
    assert [clause.key for clause in again.clauses] == ["C1"]
    for broken in ({}, {**again.as_dict(), "round_days": "20"}, {**again.as_dict(), "ladder": 3}):
        with pytest.raises(Invalid):
            from_dict(broken)
