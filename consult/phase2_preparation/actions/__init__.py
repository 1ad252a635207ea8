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
    "close_round",
    "decide_disposition",
    "delete_comment",
    "draft_comment",
    "drop_sheet",
    "edit_comment",
    "enter_opinion",
    "enter_sheet",
    "enter_sheet_opinion",
    "explain_change",
    "extend_round",
    "open_round",
    "publish_dispositions",
    "send_back",
    "start_sheet",
    "submit_reply",
]
