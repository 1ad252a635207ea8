from dataclasses import replace

import pytest
from django.utils import translation

from consult.ballots.enums import SubjectKind
from consult.ballots.steps import Letter, Subject, end_ballots, open_ballots
from consult.phase1_organization import actions
from consult.phase1_organization.content import (
    Clause,
    Rung,
    default_content,
    from_dict,
    share_rule,
)
from consult.phase1_organization.governing import governed_by
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

NINE = {"kind": "min_count", "of": ["agree"], "at_least": 9}
WEIGHED = {**share_rule("1/2")["requirements"][1], "weight": "population"}  # type: ignore[index]


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


@pytest.mark.parametrize("phase", [2, 3, 4])
def test_a_change_of_the_charter_needs_all_co_makers_again(world: World, phase: int) -> None:
    plan = world.plan()
    first = adopted(world, plan)
    set_phase(plan=plan, phase=phase)
    second = proposed(world, plan)
    put_to_parties(world, second)
    for code in (QINGPU, WUJIANG):
        speak(world, second, code)
    assert charter_in_force(plan) == first
    with pytest.raises(Conflict):
        actions.close_charter_ballot(actor=world.coordinator(plan), charter=second)
    speak(world, second, JIASHAN)
    actions.close_charter_ballot(actor=world.coordinator(plan), charter=second)
    assert charter_in_force(plan) == second


def test_rules_are_not_changed_while_a_sign_off_is_open(world: World) -> None:
    plan = world.plan()
    first = adopted(world, plan)
    ready = proposed(world, plan)
    (ballot,) = open_ballots(
        plan=plan,
        subjects=[
            Subject(
                kind=SubjectKind.ITEM.value,
                id="item",
                hash="sha256:0",
                rule=share_rule("1"),
                electors=[(QINGPU, "1")],
            )
        ],
        charter_version=first.version,
        closes_at=None,
    )
    for change in (lambda: proposed(world, plan), lambda: put_to_parties(world, ready)):
        with pytest.raises(Conflict) as refusal, translation.override("en"):
            change()
        with translation.override("en"):
            said = str(refusal.value.text)
        assert "It keeps its charter to its end" in said
    (governed,) = governed_by(first)
    assert (governed.kind, governed.number, governed.is_open) == (SubjectKind.ITEM, 1, True)
    assert governed_by(ready) == []
    end_ballots(ballots=[ballot], outcome="without_result", reason="更正")
    assert put_to_parties(world, ready).charter_version == first.version
    assert [one.is_open for one in governed_by(first)] == [False]


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
        ({"competence": "x"}, "competence"),
        ({"leaver_in_open_ballots": "x"}, "leaver_in_open_ballots"),
        ({"renewing_headings": ("number",)}, "renewing_headings"),
        ({"ad_referendum_days": 0}, "ad_referendum_days"),
        ({"reopening_days": 251}, "reopening_days"),
        ({"withdrawal_days": 366}, "withdrawal_days"),
        ({"weights": {"weight": {QINGPU: "1"}}}, "weights"),
        ({"weights": {"population": {SHANGHAI: "1"}}}, "weights"),
        ({"weights": {"population": {QINGPU: "-1"}}}, "weights"),
        ({"weights": {"population": {QINGPU: "1e3"}}}, "weights"),
        ({"weight_sources": {"population": "普查"}}, "weight_sources"),
        ({"silence_in_sign_off": "agree"}, "silence_in_sign_off"),
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
        share_rule("1", silence="abstain"),
        {"silence": "none", "requirements": [NINE]},
        {"silence": "none", "requirements": [{"kind": "any", "of": [WEIGHED, NINE]}]},
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


def test_a_rule_that_weighs_needs_the_figure_of_every_co_maker(world: World) -> None:
    plan, content = world.plan(), default_content()
    rules = {**content.rules, "guiding": {"silence": "none", "requirements": [WEIGHED]}}
    figures = {QINGPU: "127.1", WUJIANG: "154.5"}
    content = replace(content, rules=rules, weights={"population": figures})
    actor = world.coordinator(plan)
    with pytest.raises(Invalid) as refusal:
        actions.propose_charter(actor=actor, plan=plan, content=content)
    text = str(refusal.value.errors["rule_guiding"])
    assert ("population" in text, JIASHAN in text, QINGPU in text) == (True, True, False)
    content = replace(content, weights={"population": {**figures, JIASHAN: "0"}})
    charter = actions.propose_charter(actor=actor, plan=plan, content=content)
    assert charter.content.weights_of(JIASHAN) == {"population": "0"}


def test_silence_never_binds_on_binding_text_of_any_class(world: World) -> None:
    plan, content = world.plan(), default_content()
    tacit = share_rule("1", silence="agree")
    content = replace(
        content, rules={**content.rules, "indicator": tacit}, silence_in_sign_off="agree"
    )
    charter = actions.propose_charter(actor=world.coordinator(plan), plan=plan, content=content)
    assert rule_for(charter, strength="anticipatory", kind="indicator")["silence"] == "agree"
    assert rule_for(charter, strength="binding", kind="indicator")["silence"] == "none"


def test_a_charter_from_before_keeps_what_it_meant(world: World) -> None:
    later = (
        "competence",
        "ad_referendum_days",
        "reopening_days",
        "renewing_headings",
        "renew_reserved",
        "withdrawal_days",
        "leaver_in_open_ballots",
    )
    early = replace(default_content(), **dict.fromkeys(later))
    assert (early.is_early, early.days_ad_referendum) == (True, 10)
    assert not set(later) & set(early.as_dict())
    assert from_dict(early.as_dict()) == early
    closed = replace(default_content(), ad_referendum_days=None)
    assert (closed.is_early, closed.days_ad_referendum) == (False, None)


def test_content_survives_its_canonical_text(world: World) -> None:
    charter = proposed(world, world.plan())
    again = from_dict(charter.content.as_dict())
    assert again == charter.content
    assert [clause.key for clause in again.clauses] == ["C1"]
    for broken in ({}, {**again.as_dict(), "round_days": "20"}, {**again.as_dict(), "ladder": 3}):
        with pytest.raises(Invalid):
            from_dict(broken)
