"""Row writes of rounds, drafts, replies, comments, dispositions and reasons of changes."""

from consult.phase2_preparation.steps.advice import ask_advice, give_advice
from consult.phase2_preparation.steps.blocks import change_block, drop_block, keep_block
from consult.phase2_preparation.steps.comments import (
    Opinion,
    Remark,
    change_draft,
    mark_submitted,
    save_draft,
    write_comments,
)
from consult.phase2_preparation.steps.dispositions import (
    Resolved,
    add_letter,
    explain,
    open_batch,
    publish,
    withdraw,
    write_answers,
    write_dispositions,
)
from consult.phase2_preparation.steps.groups import end_group, make_group
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
from consult.phase2_preparation.steps.rounds import Ends, lock_round, move_end, open_round

__all__ = [
    "Ends",
    "Letter",
    "Opinion",
    "Remark",
    "Resolved",
    "add_letter",
    "add_note",
    "ask_advice",
    "bound",
    "change_block",
    "change_draft",
    "drop_block",
    "drop_typed",
    "drop_typed_before",
    "end_group",
    "explain",
    "give_advice",
    "keep_block",
    "keep_files",
    "lock_round",
    "make_group",
    "mandate_of",
    "mark_submitted",
    "move_end",
    "open_batch",
    "open_round",
    "publish",
    "put_typed",
    "reply_content",
    "save_draft",
    "set_files",
    "withdraw",
    "write_answers",
    "write_comments",
    "write_dispositions",
    "write_reply",
    "write_support",
]
