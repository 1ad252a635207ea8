"""Publishing, moving from phase to phase, changing the text in force."""

from consult.workflow.actions.changes import (
    answer_text_change,
    enforce,
    open_text_change,
    put_forward,
    withdraw_text_change,
)
from consult.workflow.actions.phases import (
    APPROVED_REASON,
    LOCK_REASON,
    LONGEST_REASON,
    accept_reopening,
    advance,
    publish,
    reopen,
)

__all__ = [
    "APPROVED_REASON",
    "LOCK_REASON",
    "LONGEST_REASON",
    "accept_reopening",
    "advance",
    "answer_text_change",
    "enforce",
    "open_text_change",
    "publish",
    "put_forward",
    "reopen",
    "withdraw_text_change",
]
