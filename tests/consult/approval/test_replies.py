"""The reply of the approving authority, from its letter to the text in force and its noting."""

import json
from datetime import timedelta

import pytest
from django.utils import translation

from consult.approval import gate
from consult.approval.actions.replies import Decision, acknowledge, correct_reply, file_reply
from consult.approval.enums import LetterKind, ReplyOutcome, TakenUp
from consult.approval.models import ReplyCondition
from consult.approval.queries.replies import reply_state, reply_states
from consult.approval.replying import reply_duties
from consult.approval.steps.replies import ConditionText
from consult.phase2_preparation.audit import findings
from consult.phase2_preparation.models import ChangeReason
from consult.phase3_identification.actions import open_sign_off
from consult.workflow.actions import publish, reopen
from plans.register.models import Plan
from plans.register.steps import freeze, set_phase
from plans.text.actions import add_provision, edit_chapter, remove_provision
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Blocked, Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.consult.approval.reply_scene import (
    COUNTIES,
    PROVINCES,
    REPORT,
    WHOLE,
    answer,
    approve,
    drafted,
    letter,
    reword,
    said,
    signed,
    submitted,
    today,
    worded,
)
from tests.world import JIASHAN, QINGPU, SHANGHAI, WUJIANG, World

OF_REPLY = ("approval.no_text", "approval.condition", "approval.not_noted")
WITH, RETURNED, APPROVED = "with_conditions", "returned", "approved"


def entries(plan: Plan, act: str) -> list[dict[str, object]]:
    rows = RecordEntry.objects.filter(chain=f"plan:{plan.key}").order_by("pk")
    found = [json.loads(row.payload) for row in rows]
    return [one for one in found if one["act"] == act]


def refusal(
    world: World, plan: Plan, outcome: str, *conditions: ConditionText, **letter: object
) -> dict[str, str]:
    office, decision = world.coordinator(plan), Decision(outcome=outcome, conditions=conditions)
    with translation.override("en"):
        with pytest.raises(Invalid) as caught:
            file_reply(actor=office, plan=plan, said=said(**letter), decision=decision)
        return {field: str(text) for field, text in caught.value.errors.items()}


def test_reply_with_conditions_lifts_the_lock_and_keeps_the_wording(world: World) -> None:
    plan = submitted(world)
    frozen = plan.frozen
    reply = answer(world, plan, WITH, REPORT, WHOLE)
    assert plan.frozen is None
    rows = list(ReplyCondition.objects.filter(reply=reply))
    assert [(row.number, row.item and row.item.key) for row in rows] == [(1, "a2"), (2, None)]
    assert rows[0].version == frozen.entries.get(item__key="a2").version
    (entry,) = entries(plan, "approval.reply")
    assert entry["subject"] == f"letter:{reply.letter_id}"
    effects = entry["effects"]
    assert (effects["outcome"], effects["letter"]) == (WITH, reply.letter_id)
    assert [one["item"] for one in effects["conditions"]] == ["a2", ""]
    assert "体检" not in json.dumps(entry, ensure_ascii=False)
    told = Notice.objects.filter(kind="approval.reply").values_list("user__email", flat=True)
    assert {f"contact_point@{code}.example" for code in COUNTIES} <= set(told)


@pytest.mark.parametrize(
    "typed", ["2", "a2", "第2条", "Article 2", " 第2项安排 ", "2 Arrangement 2"]
)
def test_an_item_is_found_by_what_people_call_it(world: World, typed: str) -> None:
    plan = submitted(world)
    answer(world, plan, WITH, ConditionText(item=typed, text_zh="改。"))
    assert ReplyCondition.objects.get().item.key == "a2"


def test_item_that_does_not_exist_is_named_by_what_was_typed(world: World) -> None:
    plan = submitted(world)
    rows = (REPORT, ConditionText(item="第九十九条", text_zh="改。"))
    assert refusal(world, plan, WITH, *rows) == {
        "condition-1-item": "There is no item “第九十九条” in R1, which was submitted."
    }


def test_what_a_reply_lacks_is_refused(world: World) -> None:
    plan = submitted(world)
    one = "Enter at least one condition of the reply."
    assert refusal(world, plan, WITH) == {"": one}
    assert refusal(world, plan, WITH, ConditionText(item="  ")) == {"": one}
    returned = {"": "Name at least one item that the reply returns."}
    assert refusal(world, plan, RETURNED, WHOLE) == returned
    assert set(refusal(world, plan, APPROVED, REPORT)) == {"outcome"}
    assert set(refusal(world, plan, "noted")) == {"outcome"}
    assert refusal(world, plan, WITH, ConditionText(item="2", text_en="x")) == {
        "condition-0-text_zh": "Enter the text of the reply in Chinese."
    }
    assert refusal(world, plan, WITH, REPORT, REPORT) == {
        "condition-1-text_zh": "This condition is entered twice."
    }
    assert plan.approval_letters.filter(kind=LetterKind.REPLY).count() == 0


def test_several_conditions_may_name_one_item(world: World) -> None:
    plan = submitted(world)
    reply = answer(world, plan, WITH, REPORT, ConditionText(item="2", text_zh="另一项。"))
    assert reply.conditions.count() == 2


def test_letter_is_dated_and_sent_by_those_it_was_submitted_to(world: World) -> None:
    plan = submitted(world)
    before = today() - timedelta(days=10)
    assert set(refusal(world, plan, WITH, REPORT, dated_on=before)) == {"dated_on"}
    ahead = today() + timedelta(days=1)
    assert set(refusal(world, plan, WITH, REPORT, dated_on=ahead)) == {"dated_on"}
    assert set(refusal(world, plan, WITH, REPORT, senders=[QINGPU])) == {"senders"}
    assert set(refusal(world, plan, WITH, REPORT, senders=[])) == {"senders"}
    assert set(refusal(world, plan, WITH, REPORT, number=" ")) == {"number"}


def test_reply_without_submission_and_a_second_one_are_refused(world: World) -> None:
    plan = drafted(world)
    signed(world, plan)
    decision = Decision(outcome=APPROVED)
    with pytest.raises(Conflict):
        file_reply(actor=world.coordinator(plan), plan=plan, said=said(), decision=decision)
    letter(world, plan, LetterKind.SUBMISSION)
    answer(world, plan, APPROVED)
    with pytest.raises(Conflict):
        file_reply(actor=world.coordinator(plan), plan=plan, said=said(), decision=decision)


def test_completion_still_open_is_named_and_does_not_block(world: World) -> None:
    plan = submitted(world)
    submission = plan.approval_letters.get()
    asked = letter(world, plan, LetterKind.COMPLETION_ASKED, answers=submission)
    assert answer(world, plan, APPROVED).pk
    assert entries(plan, "approval.reply")[0]["effects"]["warnings"] == ["completion.open"]
    letter(world, plan, LetterKind.COMPLETION, answers=asked)


def test_condition_on_an_item_changed_since_is_refused(world: World) -> None:
    plan = submitted(world)
    frozen = plan.frozen
    freeze(plan=plan, revision=None)
    reword(world, plan, 2, "另改。")
    freeze(plan=plan, revision=frozen)
    found = refusal(world, plan, WITH, REPORT, ConditionText(item="1", text_zh="改。"))
    assert set(found) == {"condition-0-item"}
    assert found["condition-0-item"].startswith("Article 2 has changed since it was submitted")


def test_who_enters_a_reply(world: World) -> None:
    plan = submitted(world)
    decision = Decision(outcome=APPROVED)
    for code, role, reason in (
        (QINGPU, Role.CONTACT_POINT, Reason.NOT_YOURS),
        (QINGPU, Role.SIGNATORY, Reason.WRONG_ROLE),
        (SHANGHAI, Role.SUPERVISOR, Reason.WRONG_ROLE),
    ):
        with pytest.raises(Refused) as caught:
            file_reply(actor=world.actor(code, role), plan=plan, said=said(), decision=decision)
        assert caught.value.verdict.reason is reason
    stranger = world.actor("320583", Role.CONTACT_POINT)
    with pytest.raises(NotVisible):
        file_reply(actor=stranger, plan=plan, said=said(), decision=decision)
    actor = world.actor(SHANGHAI, Role.CONTACT_POINT)
    assert file_reply(actor=actor, plan=plan, said=said(), decision=decision).pk


def test_conditions_are_taken_up_and_the_approved_text_is_noted(world: World) -> None:
    plan = submitted(world)
    reply = answer(world, plan, WITH, REPORT, WHOLE)
    assert [one.taken_up for one in reply_state(plan).conditions] == [TakenUp.NOT_YET] * 2
    with pytest.raises(Blocked) as caught:
        approve(world, plan, note_zh="已纳入。")
    assert [one.code for one in caught.value.blockers] == ["imposed.unchanged"]
    reword(world, plan, 2, "每年3月31日前报送并公布。")
    assert [one.taken_up for one in reply_state(plan).conditions] == [
        TakenUp.IN_DRAFT,
        TakenUp.NOT_YET,
    ]
    with pytest.raises(Invalid) as invalid:
        approve(world, plan)
    assert set(invalid.value.errors) == {"note_zh"}
    with pytest.raises(Invalid) as invalid:
        publish(actor=world.coordinator(plan), plan=plan, stage="approval", note_zh="x")
    assert set(invalid.value.errors) == {"stage"}
    revision = approve(world, plan, note_zh="监督措施见附件。")
    assert (plan.frozen, plan.in_force, plan.phase) == (revision, revision, 3)
    state = reply_state(plan)
    assert [one.taken_up for one in state.conditions] == [TakenUp.IN_TEXT] * 2
    assert (state.approved, state.acknowledged) == (revision, ())
    assert state.outstanding == tuple(sorted(COUNTIES))
    imposed = entries(plan, "revision.publish")[-1]["effects"]["imposed"]
    reason = ChangeReason.objects.get()
    assert imposed == {"letter": reply.letter_id, "items": ["a2"], "reasons": [reason.pk]}
    assert reason.item.key == "a2"
    for part in ("沪苏浙联批〔2026〕2号", today().isoformat()):
        assert reason.note.count(part) == 1
    assert findings(plan=plan, at=clock.now()).unexplained == []


def test_approved_text_changes_what_the_reply_names_and_nothing_else(world: World) -> None:
    plan = submitted(world)
    answer(world, plan, WITH, REPORT)
    actor = world.coordinator(plan)
    reword(world, plan, 2, "按要求修改。")
    reword(world, plan, 3, "顺便修改。")
    added = worded(4, "新增。")
    add_provision(actor=actor, plan=plan, chapter="one", key="a4", wording=added)
    edit_chapter(actor=actor, plan=plan, key="one", title_zh="总　则", title_en="General")
    with translation.override("en"):
        with pytest.raises(Blocked) as caught:
            approve(world, plan)
        assert [(one.code, str(one.text)) for one in caught.value.blockers] == [
            ("imposed.unnamed", "Article 3 was changed, and no condition of the reply names it."),
            (
                "imposed.unnamed",
                "Article 4 is new: a condition changes the articles it names and adds none beside them.",
            ),
            (
                "imposed.chapters",
                "The chapters differ from those submitted, and no condition asks for it.",
            ),
        ]


def test_removing_an_article_as_the_reply_asks_moves_the_others_up(world: World) -> None:
    plan = submitted(world)
    answer(world, plan, WITH, REPORT)
    draft = plan.items.get(key="a2").draft
    remove_provision(actor=world.coordinator(plan), plan=plan, key="a2", edits=draft.edits)
    revision = approve(world, plan)
    numbers = dict(revision.entries.values_list("item__key", "number"))
    assert numbers == {"a1": "1", "a3": "2"}
    assert reply_state(plan).conditions[0].taken_up is TakenUp.IN_TEXT


def test_removing_another_article_is_refused(world: World) -> None:
    plan = submitted(world)
    answer(world, plan, WITH, REPORT)
    reword(world, plan, 2, "按要求修改。")
    draft = plan.items.get(key="a1").draft
    remove_provision(actor=world.coordinator(plan), plan=plan, key="a1", edits=draft.edits)
    with translation.override("en"):
        with pytest.raises(Blocked) as caught:
            approve(world, plan)
        assert [str(one.text).partition(",")[0] for one in caught.value.blockers] == [
            "Article 3 was moved or renumbered",
            "Article 1 was removed",
        ]


def test_approval_without_conditions_publishes_the_same_text(world: World) -> None:
    plan = submitted(world)
    answer(world, plan, APPROVED)
    before = plan.frozen
    assert reply_duties(plans=[plan], now=clock.now()) == []
    revision = approve(world, plan)
    assert (revision.stage, plan.frozen, plan.in_force) == ("approved", revision, revision)
    same = [list(one.entries.values_list("version", "number")) for one in (before, revision)]
    assert same[0] == same[1]
    assert reply_state(plan).outstanding == ()
    with pytest.raises(Refused) as caught:
        approve(world, plan)
    assert caught.value.verdict.reason is Reason.FROZEN
    with pytest.raises(Conflict):
        open_sign_off(actor=world.coordinator(plan), plan=plan)


def test_the_lock_gives_way_to_nobody_else(world: World) -> None:
    plan = submitted(world)
    answer(world, plan, APPROVED)
    with pytest.raises(Refused):
        publish(actor=world.actor(QINGPU, Role.CONTACT_POINT), plan=plan, stage="approved")


def test_acknowledging(world: World) -> None:
    plan = submitted(world)
    answer(world, plan, WITH, REPORT)
    contact = world.actor(WUJIANG, Role.CONTACT_POINT)
    with pytest.raises(Conflict):
        acknowledge(actor=contact, plan=plan)
    reword(world, plan, 2, "按要求修改。")
    revision = approve(world, plan)
    row = acknowledge(actor=contact, plan=plan, letter_number="吴政函〔2026〕9号")
    with pytest.raises(Conflict):
        acknowledge(actor=contact, plan=plan)
    for code, role, reason in (
        (SHANGHAI, Role.CONTACT_POINT, Reason.NOT_YOURS),
        (JIASHAN, Role.PLANNER, Reason.WRONG_ROLE),
    ):
        with pytest.raises(Refused) as caught:
            acknowledge(actor=world.actor(code, role), plan=plan)
        assert caught.value.verdict.reason is reason
    set_phase(plan=plan, phase=4)  # late ones count still
    acknowledge(actor=world.actor(JIASHAN, Role.SIGNATORY), plan=plan)
    state = reply_state(plan)
    assert (state.acknowledged, state.outstanding) == ((WUJIANG, JIASHAN), (QINGPU,))
    effects = entries(plan, "approval.acknowledge")[0]["effects"]
    assert effects == {
        "acknowledgement": row.pk,
        "letter": state.letter.pk,
        "hash": revision.hash,
    }


def test_who_owes_what_after_the_reply(world: World) -> None:
    plan = submitted(world)

    def owed() -> list[tuple[str, str | None]]:
        found = reply_duties(plans=[plan], now=clock.now())
        return [(one.kind, one.holder_code) for one in found]

    def shut() -> list[str]:
        codes = [one.code for one in gate.blockers(plan=plan)]
        return [one for one in codes if one in OF_REPLY]

    assert owed() == []
    answer(world, plan, WITH, REPORT)
    assert (owed(), shut()) == (
        [("approval.take_up", None)],
        ["approval.no_text", "approval.condition"],
    )
    reword(world, plan, 2, "按要求修改。")
    assert (owed(), shut()) == ([("approval.approved", None)], ["approval.no_text"])
    approve(world, plan)
    noting = [("approval.acknowledge", code) for code in sorted(COUNTIES)]
    assert (owed(), shut()) == (noting, ["approval.not_noted"] * 3)
    for code in COUNTIES:
        acknowledge(actor=world.actor(code, Role.CONTACT_POINT), plan=plan)
    assert (owed(), shut()) == ([], [])


def test_returned_plan_goes_the_whole_circle(world: World) -> None:
    plan = submitted(world)
    office = world.coordinator(plan)
    first = answer(world, plan, RETURNED, REPORT)
    assert plan.frozen is not None
    state = reply_state(plan)
    assert (state.returned, state.waits_for_reopening) == (("a2",), True)
    (duty,) = reply_duties(plans=[plan], now=clock.now())
    assert (duty.kind, duty.url) == ("approval.reopen", "/plans/QWJ/reopen/")
    (blocker,) = gate.blockers(plan=plan)
    assert (blocker.code, blocker.url) == ("approval.returned", duty.url)
    with pytest.raises(Refused):
        reword(world, plan, 2, "改。")
    reopen(actor=office, plan=plan, reason="批复退回")
    plan.refresh_from_db()
    assert (plan.phase, plan.frozen) == (2, None)
    assert entries(plan, "phase.reopen")[0]["effects"]["items"] == ["a2"]
    assert reply_duties(plans=[plan], now=clock.now()) == []
    reword(world, plan, 2, "退回后修改。")
    publish(actor=office, plan=plan, stage="recognition", freeze=True, accepts_gaps=True)
    plan.refresh_from_db()
    assert findings(plan=plan, at=clock.now()).unexplained == []
    set_phase(plan=plan, phase=3)
    plan.refresh_from_db()
    (duty,) = reply_duties(plans=[plan], now=clock.now())
    assert duty.kind == "approval.sign_off"
    freeze(plan=plan, revision=None)
    set_phase(plan=plan, phase=2)
    plan.refresh_from_db()
    signed(world, plan)
    assert reply_state(plan) is None
    letter(world, plan, LetterKind.SUBMISSION)
    second = answer(world, plan, APPROVED)
    assert reply_state(plan).reply == second != first
    assert approve(world, plan) == plan.in_force


def test_wrong_entry_is_corrected_while_nothing_came_of_it(world: World) -> None:
    plan = submitted(world)
    office = world.coordinator(plan)
    wrong = answer(world, plan, WITH, ConditionText(item="1", text_zh="改。"))

    def correct(outcome: str, *rows: ConditionText, reason: str = "录入有误") -> None:
        decision = Decision(outcome=outcome, conditions=rows)
        correct_reply(actor=office, plan=plan, said=said(), decision=decision, reason=reason)
        plan.refresh_from_db()

    with pytest.raises(Invalid):
        correct(APPROVED, reason=" ")
    correct(APPROVED)
    state = reply_state(plan)
    assert (state.outcome, state.letter.corrects) == (ReplyOutcome.APPROVED, wrong.letter)
    assert plan.frozen == state.submitted
    correct(WITH, REPORT)
    assert plan.frozen is None
    reword(world, plan, 3, "动过的。")
    with pytest.raises(Conflict):
        correct(APPROVED)
    reword(world, plan, 3, "条文3。")
    reword(world, plan, 2, "按要求修改。")
    with pytest.raises(Conflict):
        correct(APPROVED)
    approve(world, plan)
    with pytest.raises(Conflict):
        correct(APPROVED)
    assert [one["act"] for one in entries(plan, "approval.correct")] == ["approval.correct"] * 2


@pytest.mark.parametrize("many", [8, pytest.param(50, marks=pytest.mark.prove)])
def test_reply_states_cost_the_same_for_many_conditions_and_plans(
    world: World, django_assert_num_queries: object, many: int
) -> None:
    plans = [submitted(world, articles=2, key="A")]
    answer(world, plans[0], WITH, REPORT)
    with django_assert_num_queries(8):
        assert len(reply_states(plans)) == 1
    plans.append(submitted(world, articles=many, key="B"))
    rows = [ConditionText(item=str(n), text_zh="改。") for n in range(1, many + 1)]
    answer(world, plans[1], WITH, *rows)
    with django_assert_num_queries(8):
        assert len(reply_states(plans)) == 2
    approve_all(world, plans[1], many)
    with django_assert_num_queries(9):
        reply_states(plans)


def approve_all(world: World, plan: Plan, many: int) -> None:
    for number in range(1, many + 1):
        reword(world, plan, number, f"按要求修改{number}。")
    approve(world, plan)


def test_provinces_are_those_it_was_submitted_to(world: World) -> None:
    plan = submitted(world)
    answer(world, plan, APPROVED)
    assert reply_state(plan).letter.senders == sorted(PROVINCES)
