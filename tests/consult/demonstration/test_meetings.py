"""The meetings of the story, and the tasks that follow, as the loaded demonstration holds them."""

import json

from django.test import Client

from consult.demonstration.actions import COPY, MAIN, Loaded
from consult.demonstration.days import Days
from consult.demonstration.reading import table
from consult.meetings.board import Board
from consult.meetings.queries import get_board
from consult.meetings.standing import Stage as MeetingStage
from consult.tasks.enums import Origin
from consult.tasks.models import Task
from consult.tasks.pressing import NoteStage
from consult.tasks.queries import TaskState, get_task, tasks_of
from consult.tasks.queries.breakdown import proposal_of
from consult.tasks.queries.notes import notes_of
from consult.tasks.queries.tasks import standing_at
from consult.tasks.standing import Stage
from plans.register.models import Plan
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.people.models import User
from stakeholders.people.queries import mandates_of
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM

TERRITORIES = ["310118", "320509", "330421"]


def plan(key: str) -> Plan:
    return Plan.objects.get(key=key)


def meeting(key: str, number: int) -> Board:
    return get_board(actor=SYSTEM, plan=plan(key), number=number)


def task(key: str, name: str) -> TaskState:
    title = next(row["zh"] for row in table("tasks") if row["id"] == name)
    row = Task.objects.get(plan__key=key, origin=Origin.RESOLUTION, title_zh=title)
    return get_task(actor=SYSTEM, plan=plan(key), number=row.number)


def test_first_meeting_is_locked_in_both_plans(loaded: Loaded) -> None:
    for key in (MAIN, COPY):
        board = meeting(key, 1)
        assert board.stage(at=clock.now()) is MeetingStage.LOCKED
        assert (board.meeting.chair_id, board.meeting.level) == ("310118", "department")
        assert board.there == TERRITORIES
        decided = [point.decision.outcome for point in board.points if point.decision]
        assert decided == ["not_agreed", "agreed", "agreed", "agreed"]


def test_neighbour_that_stayed_away_sent_remarks(loaded: Loaded) -> None:
    seat = next(one for one in meeting(MAIN, 1).seats if one.holder[0] == "320583")
    assert seat.attendance is not None
    assert (seat.attendance.kind, bool(seat.attendance.remarks)) == ("remarks", True)


def test_correction_of_wujiang_made_a_second_edition(loaded: Loaded) -> None:
    board = meeting(MAIN, 1)
    former, now = sorted(board.editions, key=lambda one: one.number)
    texts = [json.loads(one.content)["text"]["zh"] for one in (former, now)]
    assert ["枯水期限排比例" in text for text in texts] == [False, True]
    comment = former.comments.get()
    assert (comment.jurisdiction_id, comment.reply.is_adopted) == ("320509", True)
    assert not former.confirmations.exists()
    assert [one.jurisdiction_id for one in now.confirmations.order_by("pk")] == [
        "310118",
        "330421",
        "320509",
    ]


def test_minutes_of_the_consultation_wait_for_two_parties(loaded: Loaded) -> None:
    board = meeting(MAIN, 2)
    assert board.stage(at=clock.now()) is MeetingStage.CONFIRMING
    assert set(board.words) == {"310118", "310000"}
    assert board.asked - set(board.words) == {"320509", "330421"}
    assert meeting(COPY, 2).stage(at=clock.now()) is MeetingStage.LOCKED


def test_agenda_takes_up_the_matters_and_the_articles(loaded: Loaded) -> None:
    matters = dict(plan(MAIN).matters.values_list("key", "title_zh"))
    points = meeting(MAIN, 2).points
    assert [point.item.source for point in points] == ["matter", "matter", "item"]
    assert [matters[point.item.source_id][:3] for point in points[:2]] == ["太浦河", "跨域项"]
    assert points[2].item.source_id == "taipu-lowflow"


def test_tasks_of_the_meetings_stand_as_the_story_says(loaded: Loaded) -> None:
    states = {name: task(MAIN, name).stage for name in ("TK1", "TK2", "TK3", "TK4")}
    assert states == {
        "TK1": Stage.STRUCK_OFF,
        "TK2": Stage.STRUCK_OFF,
        "TK3": Stage.OPEN,
        "TK4": Stage.OPEN,
    }
    states = {name: task(COPY, name).stage for name in ("TK1", "TK2", "TK3", "TK4")}
    assert [name for name, stage in states.items() if stage is not Stage.STRUCK_OFF] == ["TK3"]


def test_joint_bodies_own_tasks(loaded: Loaded) -> None:
    bodies = {name: task(COPY, name).task.owner_body.key for name in ("TK2", "TK4")}
    assert bodies == {"TK2": "JO", "TK4": "TT"}
    # The drafting team was not at the meeting that charged it.
    assert "TT" not in {getattr(seat.who, "key", "") for seat in meeting(COPY, 2).seats}
    for name in ("TK1", "TK2", "TK4"):
        last = task(COPY, name).last_report
        assert last is not None
        assert last.strike_off.mandate.user_id != last.mandate.user_id


def test_common_rule_is_late_and_has_climbed(loaded: Loaded) -> None:
    state = task(COPY, "TK3")
    assert (state.owner, state.partner_codes) == ("330421", ("310118", "320509"))
    assert state.is_late
    assert state.climbed is not None
    assert state.climbed.level in ("government", "superior")
    now = clock.now()
    days = Days(now=now, state_day=430, calendar=overrides_at(now))
    on_day_400 = standing_at(state.task, today=days.date(400))
    assert on_day_400.days_late == (days.date(400) - days.date(195)).days
    assert abs(on_day_400.days_late - 205) <= 10  # days off move both dates
    assert [one.progress for one in state.reports] == ["at_risk", "late", "late"]


def test_breakdown_gave_every_binding_line_to_somebody(loaded: Loaded) -> None:
    proposal = proposal_of(plan(COPY))
    assert len(proposal.lines) > 30
    assert not proposal.open_lines
    states = tasks_of(actor=SYSTEM, plan=plan(COPY))
    lines = [one for one in states if one.task.origin == Origin.BREAKDOWN]
    assert len(lines) == len(proposal.lines)
    done = {one.task.item.key for one in lines if one.is_struck_off and one.task.item}
    assert done == {"taipu-lowflow", "joint-monitoring", "eco-compensation"}
    assert not Task.objects.filter(plan__key=MAIN, origin=Origin.BREAKDOWN).exists()


def test_programme_of_the_year_carries_the_late_task(loaded: Loaded) -> None:
    programmes = list(plan(COPY).programmes.order_by("year"))
    assert programmes
    first = programmes[0]
    numbers = set(first.lines.values_list("task__number", flat=True))
    assert task(COPY, "TK3").task.number in numbers
    assert len(numbers) == 10
    assert not plan(MAIN).programmes.exists()


def test_province_asked_for_the_rule_twice_and_waits(loaded: Loaded) -> None:
    (state,) = notes_of(actor=SYSTEM, plan=plan(COPY))
    assert (state.note.issuer_id, state.note.addressee_id) == ("330000", "330421")
    assert state.note.subject_id == str(task(COPY, "TK3").task.number)
    assert len(state.replies) == 2
    assert state.standing.stage is NoteStage.ASKED_AGAIN
    assert state.standing.due_at > clock.now()


def test_pages_of_a_meeting_and_its_tasks_lead_to_each_other(loaded: Loaded) -> None:
    client = Client()
    person = User.objects.get(email="coordinator@joint.example")
    client.force_login(person)
    number = task(COPY, "TK4").task.number
    page = f"/plans/{COPY}/meetings/2/"
    task_page = f"/plans/{COPY}/tasks/{number}/"
    as_office = {"mandate": mandates_of(user_id=person.pk, at=clock.now()).get(plan_key=COPY).pk}
    session = client.session
    session.update(as_office)
    session.save()
    shown = client.get(page).content.decode()
    assert f'href="{task_page}"' in shown
    assert f'href="/plans/{COPY}/text/taipu-lowflow/"' in shown or "taipu-lowflow</a>" in shown
    assert f'href="{page}"' in client.get(task_page).content.decode()
