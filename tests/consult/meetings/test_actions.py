from datetime import UTC, date, datetime, timedelta

import pytest

from consult.matters.steps import Wording
from consult.meetings import actions
from consult.meetings.models import Attendance, MeetingCall
from consult.meetings.queries import bodies_charged, chair_in_turn, visible_meetings
from consult.meetings.standing import Stage
from consult.tasks.models import Task
from plans.register.actions import admit_body
from plans.register.enums import PartyRole
from plans.register.steps import add_party
from stakeholders.notices.models import Notice
from stakeholders.people.models import Organization
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.consult.meetings.scene import ALL, Scene
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG

LATER = date(2099, 12, 30)


def test_meeting_from_the_plan_to_the_lock_with_one_entry_each(scene: Scene) -> None:
    scene.put_whole()
    for code in (QINGPU, WUJIANG):
        scene.says(code)
    assert scene.board.lock is None
    scene.says(JIASHAN)
    board = scene.board
    assert board.lock is not None
    assert board.lock.edition_id == scene.edition.pk
    assert board.stage(at=clock.now()) is Stage.LOCKED
    assert scene.acts() == [
        "meeting.plan",
        "agenda.add",
        "meeting.call",
        "attendance.note",
        "decision.note",
        "minutes.edit",
        "minutes.put_forward",
        "minutes.confirm",
        "minutes.confirm",
        "minutes.confirm",
    ]


def test_party_sets_the_meetings_it_chairs_and_no_others(scene: Scene) -> None:
    ours, theirs = scene.contact(QINGPU), scene.contact(WUJIANG)
    actions.plan_meeting(actor=ours, plan=scene.plan, said=scene.setting())
    with pytest.raises(Refused) as caught:
        actions.plan_meeting(actor=theirs, plan=scene.plan, said=scene.setting())
    assert caught.value.verdict.reason is Reason.NOT_YOURS
    with pytest.raises(Refused) as caught:
        actions.plan_meeting(
            actor=scene.world.actor(QINGPU, Role.PLANNER), plan=scene.plan, said=scene.setting()
        )
    assert caught.value.verdict.reason is Reason.WRONG_ROLE
    with pytest.raises(NotVisible):
        actions.plan_meeting(
            actor=scene.world.actor(KUNSHAN, Role.CONTACT_POINT),
            plan=scene.plan,
            said=scene.setting(),
        )
    with pytest.raises(Invalid) as wrong:
        actions.edit_meeting(
            actor=ours,
            plan=scene.plan,
            meeting=scene.meeting,
            said=scene.setting(chair=WUJIANG),
            edits=1,
        )
    assert set(wrong.value.errors) == {"chair"}


def test_every_fault_of_a_meeting_stands_at_its_field(scene: Scene) -> None:
    said = scene.setting(
        kind="party",
        level="moon",
        title=Wording(),
        ends_at=scene.starts_at,
        guests=(QINGPU,),
        chair=WUJIANG,
        bodies=(99,),
    )
    with pytest.raises(Invalid) as caught:
        actions.plan_meeting(actor=scene.office, plan=scene.plan, said=said)
    assert set(caught.value.errors) == {
        "kind",
        "level",
        "title_zh",
        "ends_at",
        "guests",
        "chair",
        "bodies",
    }
    with pytest.raises(Invalid) as caught:
        scene.set(guests=(QINGPU, KUNSHAN))
    assert set(caught.value.errors) == {"guests"}


def test_a_meeting_lies_in_years_that_every_calendar_holds(scene: Scene) -> None:
    far = datetime(1, 1, 1, tzinfo=UTC)
    said = scene.setting(starts_at=far, ends_at=far)
    with pytest.raises(Invalid) as caught:
        actions.plan_meeting(actor=scene.office, plan=scene.plan, said=said)
    assert set(caught.value.errors) == {"starts_at", "ends_at"}


def test_the_chair_goes_round(scene: Scene) -> None:
    assert chair_in_turn(scene.plan) == QINGPU
    scene.set()
    assert chair_in_turn(scene.plan) == WUJIANG
    scene.set(chair=WUJIANG)
    assert chair_in_turn(scene.plan) == JIASHAN
    scene.set(chair=JIASHAN)
    assert chair_in_turn(scene.plan) == QINGPU


def test_call_tells_the_guests_and_a_change_needs_a_new_one(scene: Scene) -> None:
    scene.set()
    with pytest.raises(Invalid):
        actions.call_meeting(actor=scene.office, plan=scene.plan, meeting=scene.meeting)
    scene.add()
    first = actions.call_meeting(actor=scene.office, plan=scene.plan, meeting=scene.meeting)
    told = set(Notice.objects.filter(kind="meeting.call").values_list("user", flat=True))
    guests = {scene.world.user(code, Role.CONTACT_POINT).pk for code in ALL}
    assert told == guests | {scene.office.user_id}
    with pytest.raises(Conflict):
        actions.call_meeting(actor=scene.office, plan=scene.plan, meeting=scene.meeting)
    later = scene.setting(ends_at=scene.starts_at + timedelta(hours=5))
    actions.edit_meeting(
        actor=scene.office, plan=scene.plan, meeting=scene.meeting, said=later, edits=1
    )
    assert scene.board.is_call_outdated
    second = actions.call_meeting(actor=scene.office, plan=scene.plan, meeting=scene.meeting)
    assert (first.number, second.number, first.hash == second.hash) == (1, 2, False)
    assert not scene.board.is_call_outdated


def test_second_editor_is_told_and_nothing_is_overwritten(scene: Scene) -> None:
    scene.set()
    given = {"actor": scene.office, "plan": scene.plan, "meeting": scene.meeting}
    actions.edit_meeting(**given, said=scene.setting(), edits=1)
    with pytest.raises(Conflict):
        actions.edit_meeting(**given, said=scene.setting(chair=WUJIANG), edits=1)
    assert scene.meeting.chair_id == QINGPU


def test_cancelled_meeting_takes_nothing_more(scene: Scene) -> None:
    scene.called()
    given = {"actor": scene.office, "plan": scene.plan}
    with pytest.raises(Invalid):
        actions.cancel_meeting(**given, meeting=scene.meeting, reason=" ")
    actions.cancel_meeting(**given, meeting=scene.meeting, reason="台风")
    assert Notice.objects.filter(kind="meeting.cancel").count() == len(ALL) + 1
    with pytest.raises(Conflict):
        scene.add()
    with pytest.raises(Conflict):
        actions.cancel_meeting(**given, meeting=scene.meeting, reason="台风")


def test_meeting_in_the_past_is_not_called(scene: Scene) -> None:
    scene.set()
    scene.add()
    with scene.after(minutes=0), pytest.raises(Invalid):
        actions.call_meeting(actor=scene.office, plan=scene.plan, meeting=scene.meeting)
    assert MeetingCall.objects.count() == 0


def test_agenda_is_ordered_worded_and_taken_off(scene: Scene) -> None:
    scene.set()
    first, second, third = scene.add("一"), scene.add("二", source="matter", source_id="MT1"), None
    third = scene.add("三")
    given = {"actor": scene.office, "plan": scene.plan, "meeting": scene.meeting}
    with pytest.raises(Conflict):
        scene.add("二", source="matter", source_id="MT1")
    actions.move_item(**given, item=third, up=True)
    actions.move_item(**given, item=first, up=True)
    assert [point.item.title_zh for point in scene.board.points] == ["一", "三", "二"]
    actions.remove_item(**given, item=third)
    assert [point.item.position for point in scene.board.points] == [1, 2]
    with pytest.raises(NotVisible):
        actions.remove_item(**given, item=third)
    actions.edit_item(
        **given, item=second, title=Wording(zh="河"), text=Wording(), reporter=WUJIANG
    )
    assert scene.board.points[1].item.reporter_id == WUJIANG
    with pytest.raises(Invalid) as caught:
        actions.edit_item(**given, item=second, title=Wording(), text=Wording(), reporter=KUNSHAN)
    assert set(caught.value.errors) == {"title_zh", "reporter"}


def test_answer_to_the_call_needs_remarks_where_it_says_so(scene: Scene) -> None:
    scene.set()
    scene.add()
    given = {"actor": scene.contact(WUJIANG), "plan": scene.plan}
    with pytest.raises(Conflict):
        actions.answer_call(**given, meeting=scene.meeting, kind="attends")
    actions.call_meeting(actor=scene.office, plan=scene.plan, meeting=scene.meeting)
    with pytest.raises(Invalid) as caught:
        actions.answer_call(**given, meeting=scene.meeting, kind="remarks")
    assert set(caught.value.errors) == {"remarks"}
    with pytest.raises(Invalid):
        actions.answer_call(**given, meeting=scene.meeting, kind="absent")
    with pytest.raises(Invalid) as caught:
        actions.answer_call(
            **given,
            meeting=scene.meeting,
            kind="attends",
            speaker=scene.world.mandate(QINGPU, Role.SIGNATORY),
        )
    assert set(caught.value.errors) == {"speaker"}
    mine = scene.world.mandate(WUJIANG, Role.SIGNATORY)
    actions.answer_call(**given, meeting=scene.meeting, kind="apologises")
    actions.answer_call(**given, meeting=scene.meeting, kind="attends", speaker=mine)
    assert [seat.is_there for seat in scene.board.seats if seat.holder[0] == WUJIANG] == [True]
    with pytest.raises(Refused):
        actions.answer_call(
            actor=scene.office, plan=scene.plan, meeting=scene.meeting, kind="attends"
        )


def test_attendance_is_entered_of_all_and_not_before_it_began(scene: Scene) -> None:
    scene.called()
    given = {"actor": scene.office, "plan": scene.plan, "meeting": scene.meeting}
    with pytest.raises(Conflict):
        actions.note_attendance(**given, lines=scene.lines(*ALL))
    with scene.after(hours=1):
        with pytest.raises(Invalid):
            actions.note_attendance(**given, lines=scene.lines(*ALL)[:2])
        with pytest.raises(Invalid):
            actions.note_attendance(**given, lines=scene.lines())
        actions.note_attendance(**given, lines=scene.lines(QINGPU))
    assert Attendance.objects.count() == len(ALL)
    assert scene.meeting.held_at is not None
    with pytest.raises(Conflict):
        actions.cancel_meeting(**given, reason="太晚")


def test_decision_makes_a_task_that_is_owed(scene: Scene) -> None:
    scene.held()
    given = {
        "actor": scene.office,
        "plan": scene.plan,
        "meeting": scene.meeting,
        "item": scene.item,
    }
    task = {"title": Wording(zh="提交企业名单"), "owner": WUJIANG, "due_on": LATER}
    with pytest.raises(Conflict):
        actions.assign_task(**given, **task)
    scene.decided()
    with pytest.raises(Invalid) as caught:
        actions.assign_task(**given, title=Wording(), owner=None, due_on=None, partners=[KUNSHAN])
    assert set(caught.value.errors) == {"title_zh", "owner", "due_on", "partners"}
    with pytest.raises(Invalid) as caught:
        actions.assign_task(**given, title=Wording(zh="x"), owner=KUNSHAN, due_on=date(2020, 1, 1))
    assert set(caught.value.errors) == {"owner", "due_on"}
    found = actions.assign_task(**given, **task, partners=[QINGPU])
    assert (found.origin, found.origin_id) == ("resolution", f"1-{scene.item.pk}")
    assert [one.pk for one in scene.board.points[0].tasks] == [found.pk]
    assert Task.objects.count() == 1
    with pytest.raises(Conflict):
        actions.remove_item(**given)


def test_joint_body_that_was_not_invited_can_be_charged(scene: Scene) -> None:
    """The drafting team serves all parties; a body that only exists somewhere does not."""
    team = Organization.objects.create(key="TT", name_zh="技术组", kind="drafting_team")
    other = Organization.objects.create(key="XX", name_zh="别处", kind="enterprise")
    scene.held()
    scene.decided()
    given = {
        "actor": scene.office,
        "plan": scene.plan,
        "meeting": scene.meeting,
        "item": scene.item,
        "title": Wording(zh="补充附表三断面编号"),
        "owner": None,
        "due_on": LATER,
    }
    with pytest.raises(Invalid) as caught:
        actions.assign_task(**given, body=team.pk)
    assert set(caught.value.errors) == {"owner"}
    admit_body(actor=scene.office, plan=scene.plan, organization=team, role=Role.DRAFTER)
    assert actions.assign_task(**given, body=team.pk).owner_body == team
    assert team in bodies_charged(scene.plan, board=scene.board)
    with pytest.raises(Invalid):
        actions.assign_task(**given, body=other.pk)


def test_decision_needs_words_and_the_meeting_to_have_begun(scene: Scene) -> None:
    scene.called()
    given = {
        "actor": scene.office,
        "plan": scene.plan,
        "meeting": scene.meeting,
        "item": scene.item,
    }
    with pytest.raises(Conflict):
        actions.note_decision(**given, outcome="agreed", text=Wording(zh="同意"))
    with scene.after(hours=1):
        with pytest.raises(Invalid):
            actions.note_decision(**given, outcome="agreed", text=Wording())
        with pytest.raises(Invalid):
            actions.note_decision(**given, outcome="maybe", text=Wording(zh="同意"))


def test_meetings_of_others_are_not_there(scene: Scene) -> None:
    stranger = scene.world.actor(KUNSHAN, Role.CONTACT_POINT)
    add_party(plan=scene.plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    scene.set(guests=(QINGPU, KUNSHAN))
    scene.add()
    assert list(visible_meetings(actor=stranger, plan=scene.plan)) == []
    actions.call_meeting(actor=scene.office, plan=scene.plan, meeting=scene.meeting)
    scene.set()
    seen = visible_meetings(actor=stranger, plan=scene.plan)
    assert list(seen.values_list("number", flat=True)) == [1]
    assert len(visible_meetings(actor=scene.contact(JIASHAN), plan=scene.plan)) == 2
