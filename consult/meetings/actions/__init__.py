"""The acts on meetings."""

from consult.meetings.actions.agenda import add_item, edit_item, move_item, remove_item
from consult.meetings.actions.attending import answer_call, note_attendance
from consult.meetings.actions.deciding import (
    assign_task,
    close_decision_ballot,
    close_decision_without_result,
    note_decision,
    open_decision_ballot,
    recall_decision_ballot,
    take_decision_position,
)
from consult.meetings.actions.minutes import (
    comment_minutes,
    confirm_minutes,
    edit_minutes,
    put_minutes_forward,
    reply_to_comment,
)
from consult.meetings.actions.papers import add_paper, remove_paper
from consult.meetings.actions.planning import (
    call_meeting,
    cancel_meeting,
    edit_meeting,
    plan_meeting,
)

__all__ = [
    "add_item",
    "add_paper",
    "answer_call",
    "assign_task",
    "call_meeting",
    "cancel_meeting",
    "close_decision_ballot",
    "close_decision_without_result",
    "comment_minutes",
    "confirm_minutes",
    "edit_item",
    "edit_meeting",
    "edit_minutes",
    "move_item",
    "note_attendance",
    "note_decision",
    "open_decision_ballot",
    "plan_meeting",
    "put_minutes_forward",
    "recall_decision_ballot",
    "remove_item",
    "remove_paper",
    "reply_to_comment",
    "take_decision_position",
]
