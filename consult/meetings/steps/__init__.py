"""Row writes on meetings, and what every act on one ends with."""

from consult.meetings.steps.meetings import (
    Setting,
    add_item,
    add_paper,
    cancel,
    create_meeting,
    lay_out,
    mark_held,
    remove_item,
    save_item,
    send_call,
    set_guests,
    set_meeting,
)
from consult.meetings.steps.said import (
    add_attendance,
    add_comment,
    add_decision,
    add_edition,
    add_lock,
    add_reply,
    add_word,
    save_draft,
)
from consult.meetings.steps.telling import put_on_record, tell, tell_office

__all__ = [
    "Setting",
    "add_attendance",
    "add_comment",
    "add_decision",
    "add_edition",
    "add_item",
    "add_lock",
    "add_paper",
    "add_reply",
    "add_word",
    "cancel",
    "create_meeting",
    "lay_out",
    "mark_held",
    "put_on_record",
    "remove_item",
    "save_draft",
    "save_item",
    "send_call",
    "set_guests",
    "set_meeting",
    "tell",
    "tell_office",
]
