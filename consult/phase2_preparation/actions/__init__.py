"""The public writes of joint preparation."""

from consult.phase2_preparation.actions.advice import ask_advice, give_advice
from consult.phase2_preparation.actions.blocks import add_block, edit_block, remove_block
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
    Decision,
    NewMatter,
    decide_disposition,
    decide_many,
    undo_batch,
)
from consult.phase2_preparation.actions.extensions import admit_late, extend_round
from consult.phase2_preparation.actions.groups import end_group, group_comments
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
from consult.phase2_preparation.actions.letters import add_letter
from consult.phase2_preparation.actions.opinions import (
    Said,
    answer_for_body,
    enter_answer,
    enter_opinion,
    enter_symposium,
)
from consult.phase2_preparation.actions.publishing import (
    answer_disposition,
    answer_dispositions,
    explain_change,
    publish_dispositions,
)
from consult.phase2_preparation.actions.rounds import (
    begin_round,
    close_round,
    open_round,
    recall_round,
)
from consult.phase2_preparation.actions.sheets import (
    choose_rows,
    drop_sheet,
    enter_sheet,
    enter_sheet_opinion,
    start_sheet,
)

__all__ = [
    "Decision",
    "NewMatter",
    "Said",
    "add_block",
    "add_letter",
    "admit_late",
    "answer_disposition",
    "answer_dispositions",
    "answer_for_body",
    "ask_advice",
    "begin_round",
    "choose_rows",
    "clear_comment",
    "clear_comments",
    "close_round",
    "cosign_comment",
    "decide_disposition",
    "decide_many",
    "delete_comment",
    "discard_typed_comment",
    "draft_comment",
    "draft_comments",
    "drop_sheet",
    "edit_block",
    "edit_comment",
    "end_group",
    "enter_answer",
    "enter_opinion",
    "enter_sheet",
    "enter_sheet_opinion",
    "enter_symposium",
    "explain_change",
    "extend_round",
    "forget_typed_comments",
    "give_advice",
    "group_comments",
    "keep_typed_comment",
    "note_on_draft",
    "open_round",
    "publish_dispositions",
    "recall_round",
    "remove_block",
    "send_back",
    "send_back_comments",
    "start_sheet",
    "submit_reply",
    "undo_batch",
    "withdraw_clearance",
]
