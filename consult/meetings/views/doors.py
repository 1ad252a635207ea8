"""Which acts a meeting's page offers its reader, and the one that is next."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.meetings.board import Board
from consult.meetings.rules import ACTS, is_own
from consult.meetings.standing import BEFORE, OVER, Stage
from plans.register.models import Plan
from plans.register.rules import plan_facts
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.rights import decide

AHEAD = frozenset({"meeting.edit", "meeting.call", "meeting.cancel", "attendance.answer"})
WORDS = frozenset({"minutes.comment", "minutes.confirm"})


def doors(*, actor: Actor, plan: Plan, board: Board, at: datetime) -> dict[str, bool]:
    """Act, with an underscore for its dot -> whether the page shows the way to it."""
    stage, one = board.stage(at=at), board.meeting
    own = plan_facts(actor=actor, plan=plan, own=True)
    other = plan_facts(actor=actor, plan=plan, own=False)
    found = {
        act.replace(".", "_"): stage not in OVER
        and bool(decide(act, rule, own if is_own(act, actor=actor, meeting=one) else other))
        for act, rule in ACTS.items()
        if act != "meeting.plan"
    }
    for act in AHEAD:
        found[act.replace(".", "_")] &= stage in BEFORE
    found["attendance_answer"] &= board.call is not None
    found["meeting_call"] &= at < one.starts_at and (board.call is None or board.is_call_outdated)
    begun = board.call is not None and at >= one.starts_at
    for act in ("attendance_note", "decision_note", "decision_open_ballot", "resolution_assign"):
        found[act] &= begun
    stands = board.edition is not None and not board.is_changed
    for act in WORDS:
        found[act.replace(".", "_")] &= stands
    found["minutes_confirm"] &= actor.jurisdiction_code in board.asked
    word = board.words.get(actor.jurisdiction_code or "")
    found["minutes_confirm"] &= word is None or not word.confirms
    found["minutes_put_forward"] &= one.held_at is not None and not stands
    return found


@dataclass(frozen=True, kw_only=True)
class Next:
    """The one thing to do now: what the button says, and where it leads."""

    label: Text
    url: str


STEPS: tuple[tuple[str, str, Text], ...] = (
    ("minutes_confirm", "confirm", _("Confirm the minutes")),
    ("attendance_answer", "answer", _("Answer the call")),
    ("meeting_call", "call", _("Call the meeting")),
    ("attendance_note", "attendance", _("Enter who was there")),
    ("minutes_put_forward", "put_forward", _("Put the minutes forward")),
)


def next_step(
    *, actor: Actor, plan: Plan, board: Board, can: dict[str, bool], at: datetime
) -> Next | None:
    """What the reader does next about the meeting; None when it waits for others."""
    stage = board.stage(at=at)
    said = {seat.guest.jurisdiction_id for seat in board.seats if seat.attendance}
    if can["meeting_call"] and not board.points:
        return _step(plan, board, "agenda", _("Set the agenda"))
    if can["minutes_put_forward"] and board.draft is None:
        return _step(plan, board, "edit_minutes", _("Write the minutes"))
    for act, page, label in STEPS:
        if not can[act]:
            continue
        if act == "attendance_answer" and (
            stage is not Stage.CALLED or actor.jurisdiction_code in said
        ):
            continue
        if act == "attendance_note" and stage is not Stage.DUE:
            continue
        return _step(plan, board, page, label)
    return None


def _step(plan: Plan, board: Board, page: str, label: Text) -> Next:
    return Next(label=label, url=reverse(f"meetings:{page}", args=[plan.key, board.meeting.number]))
