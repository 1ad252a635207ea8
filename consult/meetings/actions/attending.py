"""Who comes: each invited jurisdiction's answer, and the list of who was there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.meetings import steps
from consult.meetings.board import Board
from consult.meetings.checks import before_it, opened
from consult.meetings.enums import AttendanceKind
from consult.meetings.models import Attendance, Meeting
from consult.meetings.queries import speakers_of
from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

NO_SPEAKER: Text = _("Choose somebody who holds a mandate for this guest.")
ANSWERS = (AttendanceKind.ATTENDS, AttendanceKind.APOLOGISES, AttendanceKind.REMARKS)


@dataclass(frozen=True, kw_only=True)
class Present:
    """A line of the list: a jurisdiction or a body, whether it was there, who spoke for it."""

    code: str | None
    body: int | None = None
    kind: str
    speaker: int | None = None
    remarks: str = ""


@transaction.atomic
def answer_call(
    *,
    actor: Actor,
    plan: Plan,
    meeting: Meeting,
    kind: str,
    speaker: Mandate | None = None,
    remarks: str = "",
) -> Attendance:
    """Say whether one's jurisdiction comes and who speaks for it, or what it says in writing.

    The newest answer counts. NotVisible, Refused, Invalid, Conflict (not called, held, cancelled).
    """
    board = before_it("attendance.answer", actor=actor, plan=plan, meeting=meeting)
    if board.call is None:
        raise Conflict(_("This meeting was not called yet."))
    if kind not in ANSWERS:
        raise Invalid({"kind": _("Choose one of the values.")})
    if kind == AttendanceKind.REMARKS and not remarks.strip():
        raise Invalid({"remarks": _("Write what your jurisdiction says on the agenda.")})
    if speaker is not None and speaker.jurisdiction_id != actor.jurisdiction:
        raise Invalid({"speaker": NO_SPEAKER})
    line = Present(
        code=actor.jurisdiction,
        kind=kind,
        speaker=speaker.pk if speaker else None,
        remarks=remarks,
    )
    _check_speakers(plan, [line])
    row = _write(board, actor, line)
    steps.tell_office(
        plan=plan,
        meeting=board.meeting,
        kind="attendance.answer",
        title=_("{unit} answered the call: {title}"),
        occasion=f"attendance-{row.pk}",
        unit=row.jurisdiction,
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="attendance.answer",
        meeting=board.meeting,
        effects={"attendance": _effect(line)},
    )
    return row


@transaction.atomic
def note_attendance(
    *, actor: Actor, plan: Plan, meeting: Meeting, lines: Sequence[Present]
) -> list[Attendance]:
    """Enter who was there, of all who are invited, from the signed list: the meeting was held.

    Corrected by entering it anew. NotVisible, Refused, Invalid, Conflict (not called, not begun).
    """
    board = opened("attendance.note", actor=actor, plan=plan, meeting=meeting)
    if board.call is None:
        raise Conflict(_("This meeting was not called yet."))
    if clock.now() < board.meeting.starts_at:
        raise Conflict(_("The meeting has not begun yet."))
    if any(line.kind not in AttendanceKind.values for line in lines):
        raise Invalid({"": _("Choose one of the values.")})
    known = {seat.holder for seat in board.seats}
    if {(line.code, line.body) for line in lines} != known:
        raise Invalid({"": _("Say of each that is invited whether it was there.")})
    if not any(line.kind == AttendanceKind.ATTENDS and line.code for line in lines):
        raise Invalid({"": _("A meeting at which no jurisdiction was present was not held.")})
    _check_speakers(plan, lines)
    rows = [_write(board, actor, line) for line in lines]
    steps.mark_held(meeting=board.meeting)
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="attendance.note",
        meeting=board.meeting,
        effects={"attendance": [_effect(line) for line in lines]},
    )
    return rows


def _write(board: Board, actor: Actor, line: Present) -> Attendance:
    return steps.add_attendance(
        meeting=board.meeting,
        actor=actor,
        code=line.code,
        body=line.body,
        kind=line.kind,
        speaker=line.speaker,
        remarks=line.remarks,
    )


def _check_speakers(plan: Plan, lines: Sequence[Present]) -> None:
    """Invalid unless each speaker holds a mandate that counts now for the guest it speaks for."""
    named = [line for line in lines if line.speaker is not None]
    rows = speakers_of(
        plan=plan,
        codes=[line.code for line in named if line.code],
        bodies=[line.body for line in named if line.body],
        at=clock.now(),
    )
    units = {(one.pk, one.jurisdiction_id) for one in rows}
    bodies = {(one.pk, one.organization_id) for one in rows}
    if any(
        (line.speaker, line.code) not in units
        if line.code
        else (line.speaker, line.body) not in bodies
        for line in named
    ):
        raise Invalid({"speaker": NO_SPEAKER})


def _effect(line: Present) -> list[object]:
    remarks = canonical.digest(line.remarks.strip()) if line.remarks.strip() else None
    return [line.code, line.body, line.kind, line.speaker, remarks]
