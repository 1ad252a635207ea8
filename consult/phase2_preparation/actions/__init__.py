"""The public writes of joint preparation."""

from consult.phase2_preparation.actions.comments import (
    clear_comment,
    delete_comment,
    draft_comment,
    edit_comment,
    send_back,
    submit_reply,
)
from consult.phase2_preparation.actions.cosigning import cosign_comment
from consult.phase2_preparation.actions.dispositions import (
    NewMatter,
    answer_disposition,
    decide_disposition,
    explain_change,
    publish_dispositions,
)
from consult.phase2_preparation.actions.inside import (
    clear_comments,
    discard_typed_comment,
    draft_comments,
    forget_typed_comments,
    keep_typed_comment,
    note_on_draft,
    send_back_comments,
    withdraw_clearance,
)
from consult.phase2_preparation.actions.rounds import (
    close_round,
    enter_opinion,
    extend_round,
    open_round,
)
from consult.phase2_preparation.actions.sheets import (
    choose_rows,
    drop_sheet,
    enter_sheet,
    enter_sheet_opinion,
    start_sheet,
)
from consult.phase2_preparation.steps import Opinion

__all__ = [
    "NewMatter",
    "Opinion",
    "answer_disposition",
    "choose_rows",
    "clear_comment",
    "clear_comments",
    "close_round",
    "cosign_comment",
    "decide_disposition",
    "delete_comment",
    "discard_typed_comment",
    "draft_comment",
    "draft_comments",
    "drop_sheet",
    "edit_comment",
    "enter_opinion",
    "enter_sheet",
    "enter_sheet_opinion",
    "explain_change",
    "extend_round",
    "forget_typed_comments",
    "keep_typed_comment",
    "note_on_draft",
    "open_round",
    "publish_dispositions",
    "send_back",
    "send_back_comments",
    "start_sheet",
    "submit_reply",
    "withdraw_clearance",
]
