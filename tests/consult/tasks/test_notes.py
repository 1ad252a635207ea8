import pytest

from consult.tasks.actions.notes import issue_note, judge_reply, reply_to_note
from consult.tasks.models import SupervisionNote
from consult.tasks.pressing import NoteStage
from consult.tasks.queries.notes import get_note, notes_of
from consult.tasks.steps.notes import NoteText
from stakeholders.terms.actor import SYSTEM, Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.consult.tasks.ground import SUZHOU, Ground, effects, entries, in_days
from tests.world import JIASHAN, QINGPU, WUJIANG

TEXT = NoteText(text_zh="请说明进度滞后的原因", letter="苏资规督〔2027〕1号")


def press(ground: Ground, actor: Actor | None = None, **changes: object) -> SupervisionNote:
    values = {
        "addressee": WUJIANG,
        "subject": "other",
        "subject_id": "",
        "said": TEXT,
        "due_on": in_days(10),
    } | changes
    return issue_note(actor=actor or ground.contact(SUZHOU), plan=ground.plan, **values)


def stage(ground: Ground) -> NoteStage:
    return get_note(actor=SYSTEM, plan=ground.plan, number=1).standing.stage


def test_a_note_is_answered_asked_again_and_accepted(ground: Ground) -> None:
    task = ground.task()
    issuer, addressee = ground.contact(SUZHOU), ground.contact(WUJIANG)
    press(ground, subject="task", subject_id=str(task.number))
    assert stage(ground) is NoteStage.ASKED
    reply = reply_to_note(actor=addressee, plan=ground.plan, number=1, said=TEXT)
    assert stage(ground) is NoteStage.ANSWERED
    with pytest.raises(Conflict):
        reply_to_note(actor=addressee, plan=ground.plan, number=1, said=TEXT)
    values = {"actor": issuer, "plan": ground.plan, "number": 1}
    with pytest.raises(Invalid) as caught:
        judge_reply(**values, reply=reply.pk, accepts=False)
    assert sorted(caught.value.errors) == ["due_on", "reason"]
    judge_reply(**values, reply=reply.pk, accepts=False, reason="不清楚", due_on=in_days(20))
    assert stage(ground) is NoteStage.ASKED_AGAIN
    with pytest.raises(Conflict):
        judge_reply(**values, reply=reply.pk, accepts=True)
    again = reply_to_note(actor=addressee, plan=ground.plan, number=1, said=TEXT)
    judge_reply(**values, reply=again.pk, accepts=True)
    assert stage(ground) is NoteStage.ACCEPTED
    assert [act for act, _subject in entries()] == [
        "supervision.issue",
        "supervision.reply",
        "supervision.judge",
        "supervision.reply",
        "supervision.judge",
    ]
    assert effects() == {"reply": again.pk, "accepts": True, "reason": None, "due_at": None}


@pytest.mark.parametrize(
    ("code", "role", "addressee", "reason"),
    [
        (JIASHAN, Role.CONTACT_POINT, WUJIANG, Reason.NOT_YOURS),
        (SUZHOU, Role.CONTACT_POINT, JIASHAN, Reason.NOT_YOURS),
        (SUZHOU, Role.PLANNER, WUJIANG, Reason.WRONG_ROLE),
    ],
)
def test_only_who_stands_above_presses(
    ground: Ground, code: str, role: Role, addressee: str, reason: Reason
) -> None:
    with pytest.raises(Refused) as caught:
        press(ground, ground.world.actor(code, role), addressee=addressee)
    assert caught.value.verdict.reason is reason
    assert entries() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"addressee": "110000"}, "addressee"),
        ({"subject": "weather"}, "subject"),
        ({"subject": "task", "subject_id": "7"}, "subject_id"),
        ({"subject": "project", "subject_id": "JP99"}, "subject_id"),
        ({"said": NoteText()}, "text_zh"),
        ({"due_on": in_days(-1)}, "due_on"),
    ],
)
def test_a_wrong_note_is_told_at_its_field(
    ground: Ground, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        press(ground, **changes)
    assert list(caught.value.errors) == [field]


def test_a_note_is_seen_by_issuer_addressee_office_and_superiors_only(ground: Ground) -> None:
    press(ground, ground.world.actor(SUZHOU, Role.SUPERVISOR))
    seen = [
        ground.contact(SUZHOU),
        ground.contact(WUJIANG),
        ground.office,
        ground.world.actor(WUJIANG, Role.PLANNER),
    ]
    for actor in seen:
        assert len(notes_of(actor=actor, plan=ground.plan)) == 1
    for code in (QINGPU, JIASHAN):
        assert notes_of(actor=ground.contact(code), plan=ground.plan) == []
        with pytest.raises(NotVisible):
            reply_to_note(actor=ground.contact(code), plan=ground.plan, number=1, said=TEXT)


def test_only_the_addressee_replies_and_only_the_issuer_judges(ground: Ground) -> None:
    press(ground)
    with pytest.raises(Refused):
        reply_to_note(actor=ground.contact(SUZHOU), plan=ground.plan, number=1, said=TEXT)
    reply = reply_to_note(actor=ground.contact(WUJIANG), plan=ground.plan, number=1, said=TEXT)
    with pytest.raises(Refused) as caught:
        judge_reply(
            actor=ground.contact(WUJIANG),
            plan=ground.plan,
            number=1,
            reply=reply.pk,
            accepts=True,
        )
    assert caught.value.verdict.reason is Reason.NOT_YOURS
