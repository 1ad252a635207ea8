"""The way up and back at the same moment: of what excludes each other one act wins, no deadlock."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.utils import translation

from consult.approval.actions.after_reply import correct_letter, publish_plan
from consult.approval.actions.going_up import submit_plan
from consult.approval.actions.replies import Decision, acknowledge, correct_reply, file_reply
from consult.approval.enums import ReplyOutcome
from consult.approval.models import Acknowledgement, ApprovalLetter, ApprovalReply
from consult.approval.queries.replies import reply_state, submission_of
from consult.approval.queries.standing import standing_of
from consult.approval.steps.letters import LetterText
from consult.phase3_identification.actions import close_sign_off, sign_statement
from consult.phase3_identification.models import PartialAdoption, Signature
from consult.phase3_identification.queries import statement_of
from consult.workflow.actions import publish
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from tests.consult.approval import reply_scene, way
from tests.consult.phase3_identification.story import Story, use_charter
from tests.consult.phase3_identification.test_adopting import ONE, TWO, WHY, adopt, seen, start
from tests.journeys.test_races import own as own
from tests.journeys.test_races import race, sound
from tests.world import QINGPU, WUJIANG, World

Act = Callable[[], object]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    use_charter(monkeypatch)
    with translation.override("en"):
        yield


def letters(plan: Plan, kind: str) -> int:
    return ApprovalLetter.objects.filter(plan=plan, kind=kind).count()


def test_of_requests_at_once_one_is_on_file(own: World) -> None:
    story = way.signed(own)
    office = story.coordinator

    def submit() -> object:
        return submit_plan(actor=office, plan=story.plan, said=way.request_text())

    assert race(*[submit] * 3) == Counter({"Conflict": 2, "done": 1})
    assert letters(story.plan, "submission") == 1
    assert sound()


def reply_with(own: World, plan: Plan, *rows: object, outcome: str) -> Act:
    decision = Decision(outcome=outcome, conditions=rows)
    office, said = own.coordinator(plan), reply_scene.said()
    return lambda: file_reply(actor=office, plan=plan, said=said, decision=decision)


def test_of_two_replies_and_a_correction_of_the_request_one_reply_stands(own: World) -> None:
    plan = reply_scene.submitted(own)
    office, request = own.coordinator(plan), submission_of(plan)
    text = LetterText(
        dated_on=way.today(),
        number="2号",
        senders=request.senders,
        addressees=request.addressees,
    )

    def correct() -> object:
        return correct_letter(
            actor=office, plan=plan, letter=request.pk, said=text, reason="文号录错"
        )

    approved = reply_with(own, plan, outcome=ReplyOutcome.APPROVED)
    returned = reply_with(own, plan, reply_scene.REPORT, outcome=ReplyOutcome.RETURNED)
    assert race(approved, returned, correct) == Counter({"done": 2, "Conflict": 1})
    assert ApprovalReply.objects.count() == 1
    standing = standing_of(plan)
    assert standing.reply.answers == standing.submission.pk
    assert sound()


def conditional(own: World) -> Plan:
    plan = reply_scene.submitted(own)
    reply_scene.answer(own, plan, ReplyOutcome.WITH_CONDITIONS, reply_scene.REPORT)
    return plan


@pytest.mark.prove  # `make test` races the other act that goes by the reply: the publication
def test_of_the_approved_text_and_a_correction_of_its_reply_one_stands(own: World) -> None:
    plan = reply_scene.submitted(own)
    reply_scene.answer(own, plan, ReplyOutcome.WITH_CONDITIONS, reply_scene.WHOLE)
    office = own.coordinator(plan)
    decision = Decision(outcome=ReplyOutcome.RETURNED, conditions=[reply_scene.REPORT])

    def correct() -> object:
        return correct_reply(
            actor=office, plan=plan, said=reply_scene.said(), decision=decision, reason="误"
        )

    said = race(
        lambda: publish(actor=office, plan=plan, stage="approved"),
        correct,
    )
    assert (said["done"], sum(said.values())) == (1, 2)
    state = reply_state(Plan.objects.get(pk=plan.pk))
    is_returned = state.outcome is ReplyOutcome.RETURNED
    assert is_returned is (state.approved is None)
    assert sound()


def test_of_a_publication_and_a_correction_to_returned_one_stands(own: World) -> None:
    plan = reply_scene.submitted(own)
    reply_scene.answer(own, plan, ReplyOutcome.APPROVED)
    office = own.coordinator(plan)
    decision = Decision(outcome=ReplyOutcome.RETURNED, conditions=[reply_scene.REPORT])
    place = LetterText(dated_on=way.today(), place="https://gov.example/plan")
    said = race(
        lambda: publish_plan(actor=office, plan=plan, said=place),
        lambda: correct_reply(
            actor=office, plan=plan, said=reply_scene.said(), decision=decision, reason="误"
        ),
    )
    assert said == Counter({"done": 1, "Conflict": 1})
    is_returned = reply_state(plan).outcome is ReplyOutcome.RETURNED
    assert is_returned is (letters(plan, "publication") == 0)
    assert sound()


@pytest.mark.prove  # `make test` races signatures: the same lock, once a party too
def test_a_party_notes_once_and_signs_once(own: World) -> None:
    plan = conditional(own)
    reply_scene.reword(own, plan, 2, "按要求修改。")
    reply_scene.approve(own, plan)
    by = [own.actor(QINGPU, role) for role in (Role.CONTACT_POINT, Role.SIGNATORY)] * 2
    noted = race(*[lambda one=one: acknowledge(actor=one, plan=plan) for one in by])
    assert noted == Counter({"Conflict": 3, "done": 1})
    assert Acknowledgement.objects.count() == 1
    assert sound()


def test_a_statement_is_signed_once_by_each_party(own: World) -> None:
    story = way.agreed(own)
    acts = [
        lambda code=code: sign_statement(actor=story.actor(code), plan=story.plan)
        for code in (QINGPU, WUJIANG)
    ]
    assert race(*acts * 2) == Counter({"Conflict": 2, "done": 2})
    assert Signature.objects.count() == 2
    assert sound()


def test_adopting_first_a_new_word_and_the_close_do_not_cross(own: World) -> None:
    story = start(own)
    story.say(QINGPU)
    story.say(WUJIANG)
    items = seen(story, ONE, TWO)
    story.plan.refresh_from_db()
    said = race(
        lambda: adopt(story, items=items, reason=WHY),
        lambda: story.say(QINGPU, text="另有说明"),
        lambda: _close(story),
    )
    assert set(said) <= {"done", "Conflict", "Invalid"}
    assert said["done"] >= 1
    parts = PartialAdoption.objects.count()
    if statement_of(story.sign_off) is None:
        assert story.sign_off.item_ballots.filter(ballot__end__isnull=True).exists()
    assert parts <= 1
    assert sound()


@transaction.atomic
def _close(story: Story) -> object:
    return close_sign_off(actor=story.coordinator, plan=story.plan)
