import json

import pytest

from consult.matters.steps import Wording
from consult.meetings import actions
from consult.meetings.models import MinutesLock
from consult.meetings.standing import Stage
from stakeholders.notices.models import Notice
from stakeholders.terms import canonical, clock
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.consult.meetings.scene import Scene
from tests.world import JIASHAN, QINGPU, WUJIANG


def test_edition_holds_text_attendance_decisions_and_whom_it_asks(scene: Scene) -> None:
    scene.held(QINGPU, WUJIANG)
    scene.decided()
    scene.written()
    edition = scene.put()
    said = json.loads(edition.content)
    assert edition.hash == canonical.digest(edition.content)
    assert said["asked"] == [QINGPU, WUJIANG]
    assert said["text"]["zh"] == "会议纪要正文"
    assert [row["attends"] for row in said["attendance"]] == ["attends", "attends", "absent"]
    assert [row["outcome"] for row in said["decisions"]] == ["agreed"]
    for code in (QINGPU, WUJIANG):
        scene.says(code)
    assert scene.board.lock is not None


def test_writer_who_comes_second_sees_the_other_text_and_loses_nothing(scene: Scene) -> None:
    scene.held()
    scene.written("甲")
    with pytest.raises(Conflict) as caught:
        actions.edit_minutes(
            actor=scene.contact(WUJIANG),
            plan=scene.plan,
            meeting=scene.meeting,
            text=Wording(zh="乙"),
            edits=0,
        )
    assert caught.value.theirs.text_zh == "甲"  # type: ignore[attr-defined]
    assert scene.board.draft is not None
    assert scene.board.draft.text_zh == "甲"


def test_minutes_need_a_meeting_held_and_a_text(scene: Scene) -> None:
    scene.called()
    with pytest.raises(Conflict):
        scene.put()
    with scene.after(hours=3):
        actions.note_attendance(
            actor=scene.office,
            plan=scene.plan,
            meeting=scene.meeting,
            lines=scene.lines(QINGPU),
        )
    with pytest.raises(Invalid):
        scene.put()
    scene.written()
    scene.put()
    with pytest.raises(Conflict):
        scene.put()


def test_change_after_a_confirmation_asks_everybody_again(scene: Scene) -> None:
    scene.put_whole()
    scene.says(QINGPU)
    scene.written("改过的正文")
    board = scene.board
    assert board.is_changed
    assert board.stage(at=clock.now()) is Stage.DISPUTED
    with pytest.raises(Conflict) as caught:
        scene.says(WUJIANG)
    assert "1" in str(caught.value.text)
    second = scene.put()
    assert second.number == 2
    assert scene.board.words == {}
    asked = Notice.objects.filter(kind="minutes.put_forward", key__endswith="edition-2")
    assert asked.count() == 4
    with pytest.raises(Conflict):
        scene.says(WUJIANG, edition=1)
    for code in (QINGPU, WUJIANG, JIASHAN):
        scene.says(code)
    assert MinutesLock.objects.get().edition_id == second.pk


def test_back_to_the_former_wording_the_edition_counts_again(scene: Scene) -> None:
    scene.put_whole()
    scene.written("改过")
    scene.written()
    assert not scene.board.is_changed
    scene.says(QINGPU)


def test_refusal_gives_its_reason_and_can_be_taken_back(scene: Scene) -> None:
    scene.put_whole()
    with pytest.raises(Invalid) as caught:
        actions.confirm_minutes(
            actor=scene.contact(WUJIANG),
            plan=scene.plan,
            meeting=scene.meeting,
            edition=1,
            confirms=False,
            reason=" ",
        )
    assert set(caught.value.errors) == {"reason"}
    scene.says(WUJIANG, confirms=False)
    assert scene.board.stage(at=clock.now()) is Stage.DISPUTED
    scene.says(QINGPU)
    scene.says(JIASHAN)
    assert scene.board.lock is None
    scene.says(WUJIANG)
    assert scene.board.lock is not None


def test_confirming_twice_and_by_who_was_not_there_is_refused(scene: Scene) -> None:
    scene.held(QINGPU, WUJIANG)
    scene.written()
    scene.put()
    scene.says(QINGPU)
    with pytest.raises(Conflict):
        scene.says(QINGPU)
    with pytest.raises(Conflict):
        scene.says(JIASHAN)
    given = {"plan": scene.plan, "meeting": scene.meeting, "edition": 1, "confirms": True}
    with pytest.raises(Refused) as caught:
        actions.confirm_minutes(actor=scene.office, **given)
    assert caught.value.verdict.reason is Reason.WRONG_ROLE


def test_comment_is_answered_once_and_not_taken_up_only_with_a_reason(scene: Scene) -> None:
    scene.put_whole()
    given = {"plan": scene.plan, "meeting": scene.meeting}
    with pytest.raises(Invalid):
        actions.comment_minutes(actor=scene.contact(WUJIANG), **given, text=" ", edition=1)
    comment = actions.comment_minutes(
        actor=scene.contact(WUJIANG), **given, text="第二项应写明期限", edition=1
    )
    reply = {"actor": scene.office, **given, "comment": comment}
    with pytest.raises(Invalid) as caught:
        actions.reply_to_comment(**reply, is_adopted=False)
    assert set(caught.value.errors) == {"reason"}
    actions.reply_to_comment(**reply, is_adopted=True)
    with pytest.raises(Conflict):
        actions.reply_to_comment(**reply, is_adopted=False, reason="无")
    with pytest.raises(Refused):
        actions.reply_to_comment(**{**reply, "actor": scene.contact(WUJIANG)}, is_adopted=True)


def test_nothing_changes_once_the_minutes_are_locked(scene: Scene) -> None:
    scene.put_whole()
    for code in (QINGPU, WUJIANG, JIASHAN):
        scene.says(code)
    before = scene.acts()
    office = {"actor": scene.office, "plan": scene.plan, "meeting": scene.meeting}
    item = scene.item
    tries = [
        lambda: scene.add("新"),
        lambda: scene.written("新"),
        scene.put,
        scene.decided,
        lambda: scene.says(QINGPU, confirms=False),
        lambda: actions.move_item(**office, item=item, up=False),
        lambda: actions.edit_item(**office, item=item, title=Wording(zh="x"), text=Wording()),
        lambda: actions.remove_item(**office, item=item),
        lambda: actions.edit_meeting(**office, said=scene.setting(), edits=1),
        lambda: actions.call_meeting(**office),
        lambda: actions.cancel_meeting(**office, reason="x"),
        lambda: actions.note_attendance(**office, lines=scene.lines(QINGPU)),
        lambda: actions.open_decision_ballot(**office, item=item),
        lambda: actions.comment_minutes(
            actor=scene.contact(), plan=scene.plan, meeting=scene.meeting, text="x", edition=1
        ),
        lambda: actions.answer_call(
            actor=scene.contact(), plan=scene.plan, meeting=scene.meeting, kind="attends"
        ),
    ]
    for one in tries:
        with scene.after(days=1), pytest.raises(Conflict):
            one()
    assert scene.acts() == before


def test_the_joint_office_reads_in_the_title_whose_word_came(scene: Scene) -> None:
    scene.put_whole()
    scene.says(QINGPU)
    scene.says(WUJIANG, confirms=False)
    told = Notice.objects.filter(kind="minutes.confirm").order_by("pk")
    assert [title.split(": ")[0] for title in told.values_list("title_en", flat=True)] == [
        "Qingpu District confirmed the minutes",
        "Wujiang District does not confirm the minutes",
    ]
