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
from consult.phase2_preparation.actions.dispositions import (
    Decision,
    NewMatter,
    decide_disposition,
    decide_many,
    undo_batch,
)
from consult.phase2_preparation.actions.groups import end_group, group_comments
from consult.phase2_preparation.actions.publishing import (
    answer_disposition,
    answer_dispositions,
    explain_change,
    publish_dispositions,
)
from consult.phase2_preparation.actions.rounds import (
    close_round,
    enter_opinion,
    extend_round,
    open_round,
)
from consult.phase2_preparation.steps import Opinion

__all__ = [
    "Decision",
    "NewMatter",
    "Opinion",
    "add_block",
    "answer_disposition",
    "answer_dispositions",
    "ask_advice",
    "clear_comment",
    "close_round",
    "decide_disposition",
    "decide_many",
    "delete_comment",
    "draft_comment",
    "edit_block",
    "edit_comment",
    "end_group",
    "enter_opinion",
    "explain_change",
    "extend_round",
    "give_advice",
    "group_comments",
    "open_round",
    "publish_dispositions",
    "remove_block",
    "send_back",
    "submit_reply",
    "undo_batch",
]
