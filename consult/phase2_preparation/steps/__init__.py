"""Row writes of rounds, drafts, replies, comments, dispositions and reasons of changes."""

from consult.phase2_preparation.steps.comments import (
    Opinion,
    Remark,
    change_draft,
    mark_submitted,
    save_draft,
    write_comments,
)
from consult.phase2_preparation.steps.dispositions import (
    explain,
    publish,
    write_answer,
    write_disposition,
)
from consult.phase2_preparation.steps.replies import (
    Letter,
    Oral,
    bound,
    mandate_of,
    reply_content,
    write_later_letter,
    write_reply,
)
from consult.phase2_preparation.steps.rounds import (
    Ends,
    Invitation,
    Opens,
    Settings,
    extend,
    lock_round,
    move_end,
    open_round,
)

__all__ = [
    "Ends",
    "Invitation",
    "Letter",
    "Opens",
    "Opinion",
    "Oral",
    "Remark",
    "Settings",
    "bound",
    "change_draft",
    "explain",
    "extend",
    "lock_round",
    "mandate_of",
    "mark_submitted",
    "move_end",
    "open_round",
    "publish",
    "reply_content",
    "save_draft",
    "write_answer",
    "write_comments",
    "write_disposition",
    "write_later_letter",
    "write_reply",
]
