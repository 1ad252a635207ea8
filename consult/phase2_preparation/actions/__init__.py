"""The public writes of joint preparation."""

from consult.phase2_preparation.actions.comments import (
    clear_comment,
    delete_comment,
    draft_comment,
    edit_comment,
    send_back,
    submit_reply,
)
from consult.phase2_preparation.actions.dispositions import (
    NewMatter,
    answer_disposition,
    decide_disposition,
    explain_change,
    publish_dispositions,
)
from consult.phase2_preparation.actions.extensions import admit_late, extend_round
from consult.phase2_preparation.actions.letters import add_letter
from consult.phase2_preparation.actions.opinions import (
    Said,
    answer_for_body,
    enter_answer,
    enter_opinion,
    enter_symposium,
)
from consult.phase2_preparation.actions.rounds import (
    begin_round,
    close_round,
    open_round,
    recall_round,
)
from consult.phase2_preparation.steps import Opinion

__all__ = [
    "NewMatter",
    "Opinion",
    "Said",
    "add_letter",
    "admit_late",
    "answer_disposition",
    "answer_for_body",
    "begin_round",
    "clear_comment",
    "close_round",
    "decide_disposition",
    "delete_comment",
    "draft_comment",
    "edit_comment",
    "enter_answer",
    "enter_opinion",
    "enter_symposium",
    "explain_change",
    "extend_round",
    "open_round",
    "publish_dispositions",
    "recall_round",
    "send_back",
    "submit_reply",
]
