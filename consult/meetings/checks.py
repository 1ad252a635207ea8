"""How every act on a meeting begins: its right, the lock, and the meeting as it stands then."""

from django.utils.translation import gettext_lazy as _

from consult.meetings.board import Board, Point
from consult.meetings.models import AgendaItem, Meeting
from consult.meetings.queries import get_board
from consult.meetings.rules import require
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, NotVisible

LOCKED = _("The minutes of this meeting are locked: nothing of it changes any more.")
CANCELLED = _("This meeting was cancelled.")
HELD = _("This meeting was held: when, where and who is invited stays as it was.")


def opened(act: str, *, actor: Actor, plan: Plan, meeting: Meeting) -> Board:
    """The meeting, read anew under the plan's row lock, on which `actor` may do `act`.

    The lock lets acts on one plan queue, so that nobody confirms what another changes meanwhile.
    NotVisible, Refused; Conflict for one that is cancelled or whose minutes are locked.
    """
    require(act, actor=actor, plan=plan, meeting=meeting)
    lock_plan(plan)
    board = get_board(actor=actor, plan=plan, number=meeting.number)
    require(act, actor=actor, plan=plan, meeting=board.meeting)
    if board.lock is not None:
        raise Conflict(LOCKED)
    if board.meeting.cancelled_at is not None:
        raise Conflict(CANCELLED)
    return board


def before_it(act: str, *, actor: Actor, plan: Plan, meeting: Meeting) -> Board:
    """As `opened`, for what is done before the meeting. Conflict once it was held."""
    board = opened(act, actor=actor, plan=plan, meeting=meeting)
    if board.meeting.held_at is not None:
        raise Conflict(HELD)
    return board


def point_of(board: Board, item: AgendaItem) -> Point:
    """The item as it stands in the meeting. NotVisible when it is gone."""
    found = next((point for point in board.points if point.item.pk == item.pk), None)
    if found is None:
        raise NotVisible
    return found
