"""The copy went through the whole approval; the plan whose sign-off is open has none of it."""

from consult.approval.enums import LetterKind
from consult.approval.gate import blockers
from consult.approval.models import ApprovalLetter
from consult.approval.queries.dossier import dossier_state
from consult.approval.queries.replies import ReplyState, reply_state
from consult.demonstration.actions import COPY, MAIN, Loaded
from consult.demonstration.reading import YEAR, by_key, split
from consult.demonstration.replay.identification import SIGNERS
from consult.phase2_preparation.models import ChangeReason
from consult.phase3_identification.board import board
from consult.phase3_identification.queries import current_sign_off
from plans.register.models import Plan, RevisionItem

IMPOSED = {"health-check", "land-ceiling"}  # articles 42 and 9
# Step of the story -> the letters it makes, in order.
WAY = {
    "A1": [LetterKind.SUBMISSION],
    "A2": [LetterKind.FORWARDING] * 2,
    "A3": [LetterKind.COMPLETION_ASKED],
    "A4": [LetterKind.COMPLETION],
    "A5": [LetterKind.REPLY],
    "A7": [LetterKind.PUBLICATION],
}


def copy() -> Plan:
    return Plan.objects.get(key=COPY)


def replied() -> ReplyState:
    state = reply_state(copy())
    assert state is not None
    return state


def test_copy_went_through_every_letter_of_the_story(loaded: Loaded) -> None:
    rows = by_key("approval", "step")
    letters = list(ApprovalLetter.objects.filter(plan=copy()).order_by("pk"))
    assert [one.kind for one in letters] == [kind.value for kinds in WAY.values() for kind in kinds]
    steps = [step for step, kinds in WAY.items() for _kind in kinds]
    for step, letter in zip(steps, letters, strict=True):
        units = [code for code in split(rows[step]["from"]) if code.isdigit()]
        assert not units or set(letter.senders) <= set(units), step
        assert letter.file is not None, step
    days = [one.dated_on for one in letters]
    assert days == sorted(days)


def test_dossier_was_complete_and_holds_what_was_filed(loaded: Loaded) -> None:
    state = dossier_state(copy())
    assert list(state.missing) == []
    for step, line in (("D1", "work-plan"), ("D2", "base-studies")):
        found = state.line(line)
        assert found is not None
        number = by_key("dossier", "step")[step]["document_zh"].removesuffix("（演示）")
        # Letters bear the year of their day.
        numbers = [YEAR.sub("", one.number) for one in found.documents]
        assert any(YEAR.sub("", number) in one for one in numbers), step


def test_reply_changed_two_articles_and_is_the_reason_of_it(loaded: Loaded) -> None:
    state = replied()
    assert state.named == IMPOSED
    assert {str(one.before.number) for one in state.conditions if one.before} == {"9", "42"}
    entries = RevisionItem.objects.filter(revision=state.approved).exclude(change="unchanged")
    assert set(entries.values_list("item__key", "change")) == {(key, "text") for key in IMPOSED}
    reasons = ChangeReason.objects.filter(plan=copy(), note__contains=state.letter.number)
    assert set(reasons.values_list("item__key", flat=True)) == IMPOSED


def test_consents_stand_all_noted_the_text_and_the_gate_was_passed(loaded: Loaded) -> None:
    plan, state = copy(), replied()
    assert state.approved is not None
    assert (plan.phase, plan.frozen, state.approved.number) == (4, state.approved, 5)
    shown = board(sign_off=current_sign_off(plan), revision=state.approved)
    assert dict(shown.totals).get("stale", 0) == 0
    assert set(state.acknowledged) == set(SIGNERS)
    assert state.outstanding == ()
    assert blockers(plan=plan) == []


def test_open_sign_off_has_no_approval_yet(loaded: Loaded) -> None:
    plan = Plan.objects.get(key=MAIN)
    assert (plan.approval_letters.count(), reply_state(plan)) == (0, None)
