"""The joint meetings: called, attended, decided on, written down and confirmed.

Each is convened by the party that has the chair. The correction a party asks for makes a second
edition, so that the others confirm what it reads as corrected.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from consult.demonstration.days import ZONE
from consult.demonstration.reading import Row, by_key, split, table
from consult.demonstration.replay.identification import SIGNERS
from consult.demonstration.replay.stage import Scene, Stage
from consult.matters.enums import Level
from consult.matters.steps import Wording
from consult.meetings.actions import (
    add_item,
    answer_call,
    assign_task,
    call_meeting,
    comment_minutes,
    confirm_minutes,
    edit_minutes,
    note_attendance,
    note_decision,
    plan_meeting,
    put_minutes_forward,
    reply_to_comment,
)
from consult.meetings.actions.attending import Present
from consult.meetings.board import Board
from consult.meetings.enums import AttendanceKind, Source
from consult.meetings.models import MinutesComment
from consult.meetings.queries import get_board, speakers_of
from consult.meetings.steps import Setting
from stakeholders.people.models import Mandate
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role

NUMBERS = {"MM1": 1, "MM2": 2}
BEGINS, LASTS = time(14, 0), timedelta(hours=3)
# The latest it can have begun, where the day of the story lies in a holiday that is not over.
BEFORE_NOW = timedelta(hours=1)
DAYS_TO_ANSWER, DAYS_TO_CORRECT = 2, 1


def scenes() -> list[Scene]:
    found = []
    for row in table("meetings"):
        day, called = int(row["day"]), int(row["called_day"])
        found.append(Scene(day=called, play=_call(row)))
        for code in _seats(row):
            found.append(Scene(day=called + DAYS_TO_ANSWER, play=_answer(row, code)))
        found.append(Scene(day=day, play=_hold(row), in_the_evening=True))
        found.append(Scene(day=int(row["put_day"]), play=_put(row)))
    for row in table("minutes"):
        if row["comment_day"]:
            day = int(row["comment_day"])
            found.append(Scene(day=day, play=_comment(row)))
            found.append(Scene(day=day + DAYS_TO_CORRECT, play=_correct(row)))
        found.append(Scene(day=int(row["day"]), play=_confirm(row)))
    return found


def board_of(stage: Stage, meeting: str) -> Board:
    """A meeting by the story's key."""
    return get_board(actor=stage.office, plan=stage.plan, number=NUMBERS[meeting])


def _people(row: Row) -> dict[str, str]:
    """Code or body -> who spoke for it: the first that is named."""
    named = (cell.partition(":") for cell in split(row["attendance"]))
    return {who: people.split(",")[0] for who, _colon, people in named}


def _seats(row: Row) -> list[str]:
    """The units that are invited: those that came and those that sent apologies."""
    return [*(who for who in _people(row) if who.isdigit()), *split(row["apologies"])]


def _begins(stage: Stage, day: int) -> datetime:
    """The afternoon of the day, but after the call and before the list of who was there."""
    wanted = datetime.combine(stage.date(day), BEGINS, tzinfo=ZONE)
    return max(min(wanted, stage.days.now - BEFORE_NOW), clock.now() + timedelta(seconds=1))


def _call(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        chair = stage.contact(row["convened_by"])
        begins = _begins(stage, int(row["day"]))
        said = Setting(
            kind=row["kind"],
            level=Level(row["level"]).value,
            title=Wording(zh=row["title_zh"], en=row["title_en"]),
            starts_at=begins,
            ends_at=begins + LASTS,
            place=Wording(zh=row["place_zh"], en=row["place_en"]),
            chair=row["convened_by"],
            guests=_seats(row),
            bodies=[stage.bodies[who].pk for who in _people(row) if who in stage.bodies],
        )
        meeting = plan_meeting(actor=chair, plan=stage.plan, said=said)
        for item in _agenda(row):
            add_item(
                actor=chair,
                plan=stage.plan,
                meeting=meeting,
                title=Wording(zh=item["title_zh"], en=item["title_en"]),
                source=item["source"],
                source_id=_source_id(stage, item),
                reporter=item["reporter"] or None,
            )
        call_meeting(actor=chair, plan=stage.plan, meeting=meeting)

    return play


def _agenda(row: Row) -> list[Row]:
    return [one for one in table("agenda") if one["meeting"] == row["id"]]


def _source_id(stage: Stage, item: Row) -> str:
    """Matters are numbered by the platform as they come."""
    if item["source"] == Source.MATTER:
        return str(stage.matters[item["source_id"]].key)
    return item["source_id"]


def _answer(row: Row, code: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        person = _people(row).get(code)
        kind, remarks = AttendanceKind.ATTENDS, ""
        if person is None:
            remarks = row["remarks_zh"]
            kind = AttendanceKind.REMARKS if remarks else AttendanceKind.APOLOGISES
        answer_call(
            actor=stage.contact(code),
            plan=stage.plan,
            meeting=board_of(stage, row["id"]).meeting,
            kind=kind.value,
            speaker=_speaker(stage, code, person) if person else None,
            remarks=remarks,
        )

    return play


def _speaker(stage: Stage, who: str, person: str) -> Mandate:
    """The mandate under which a person takes part for a unit or a body."""
    body = stage.bodies.get(who)
    rows = speakers_of(
        plan=stage.plan,
        codes=[] if body else [who],
        bodies=[body.pk] if body else [],
        at=clock.now(),
    )
    return rows.filter(user=stage.people[person])[:1].get()


def _hold(row: Row) -> Callable[[Stage], None]:
    """Who was there, what was decided, and who does what then."""

    def play(stage: Stage) -> None:
        chair = stage.contact(row["convened_by"])
        board = board_of(stage, row["id"])
        note_attendance(
            actor=chair, plan=stage.plan, meeting=board.meeting, lines=_present(stage, row)
        )
        for item, point in zip(_agenda(row), board.points, strict=True):
            note_decision(
                actor=chair,
                plan=stage.plan,
                meeting=board.meeting,
                item=point.item,
                outcome=item["outcome"],
                text=Wording(zh=item["decision_zh"], en=item["decision_en"]),
            )
            for task in table("tasks"):
                if (task["meeting"], task["no"]) == (row["id"], item["no"]):
                    body = stage.bodies.get(task["owner"])
                    assign_task(
                        actor=chair,
                        plan=stage.plan,
                        meeting=board.meeting,
                        item=point.item,
                        title=Wording(zh=task["zh"], en=task["en"]),
                        owner=None if body else task["owner"],
                        body=body.pk if body else None,
                        due_on=stage.date(int(task["due_day"])),
                        partners=split(task["partners"]),
                        evidence=Wording(zh=task["evidence_zh"], en=task["evidence_en"]),
                    )

    return play


def _present(stage: Stage, row: Row) -> list[Present]:
    lines = []
    for who, person in _people(row).items():
        body = stage.bodies.get(who)
        lines.append(
            Present(
                code=None if body else who,
                body=body.pk if body else None,
                kind=AttendanceKind.ATTENDS.value,
                speaker=_speaker(stage, who, person).pk,
            )
        )
    kind = AttendanceKind.REMARKS if row["remarks_zh"] else AttendanceKind.APOLOGISES
    return lines + [
        Present(code=code, kind=kind.value, remarks=row["remarks_zh"])
        for code in split(row["apologies"])
    ]


def _put(row: Row) -> Callable[[Stage], None]:
    """The joint office writes the minutes and puts them to who attended."""

    def play(stage: Stage) -> None:
        _write(stage, row["id"], Wording(zh=row["text_zh"], en=row["text_en"]))

    return play


def _write(stage: Stage, meeting: str, text: Wording) -> None:
    board = board_of(stage, meeting)
    edit_minutes(
        actor=stage.office,
        plan=stage.plan,
        meeting=board.meeting,
        text=text,
        edits=board.draft.edits if board.draft else 0,
    )
    put_minutes_forward(actor=stage.office, plan=stage.plan, meeting=board.meeting)


def _comment(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        board = board_of(stage, row["meeting"])
        comment_minutes(
            actor=stage.contact(row["party"]),
            plan=stage.plan,
            meeting=board.meeting,
            text=row["comment_zh"],
            edition=_edition(board),
        )

    return play


def _correct(row: Row) -> Callable[[Stage], None]:
    """The comment is taken up: the minutes as corrected are the next edition."""
    said = by_key("meetings", "id")[row["meeting"]]
    former, _arrow, corrected = row["correction_zh"].partition("=>")

    def play(stage: Stage) -> None:
        board = board_of(stage, row["meeting"])
        comment = MinutesComment.objects.get(
            edition__meeting=board.meeting, jurisdiction=row["party"]
        )
        reply_to_comment(
            actor=stage.office,
            plan=stage.plan,
            meeting=board.meeting,
            comment=comment,
            is_adopted=True,
        )
        text = said["text_zh"].replace(former, corrected)
        _write(stage, row["meeting"], Wording(zh=text, en=said["text_en"]))

    return play


def _confirm(row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        board = board_of(stage, row["meeting"])
        confirm_minutes(
            actor=_confirming(stage, board, row["party"]),
            plan=stage.plan,
            meeting=board.meeting,
            edition=_edition(board),
            confirms=True,
        )

    return play


def _confirming(stage: Stage, board: Board, code: str) -> Actor:
    """At government level the signatory confirms, below it the contact point."""
    if board.meeting.level == Level.GOVERNMENT:
        return stage.actor(SIGNERS[code], Role.SIGNATORY, code)
    return stage.contact(code)


def _edition(board: Board) -> int:
    return board.edition.number if board.edition else 0
