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
from consult.phase2_preparation.steps.inside import (
    add_note,
    drop_typed,
    drop_typed_before,
    keep_files,
    put_typed,
    set_files,
    write_support,
)
from consult.phase2_preparation.steps.replies import (
    Letter,
    bound,
    mandate_of,
    reply_content,
    write_reply,
)
from consult.phase2_preparation.steps.rounds import (
    Ends,
    lock_round,
    move_end,
    open_round,
)

__all__ = [
    "Ends",
    "Letter",
    "Opinion",
    "Remark",
    "add_note",
    "bound",
    "change_draft",
    "drop_typed",
    "drop_typed_before",
    "explain",
    "keep_files",
    "lock_round",
    "mandate_of",
    "mark_submitted",
    "move_end",
    "open_round",
    "publish",
    "put_typed",
    "reply_content",
    "save_draft",
    "set_files",
    "write_answer",
    "write_comments",
    "write_disposition",
    "write_reply",
    "write_support",
]
