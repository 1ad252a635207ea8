"""The gate, publishing, phases, and the changes of the text in force."""

from consult.workflow.views.changes import (
    change_answer,
    change_detail,
    change_enforce,
    change_file,
    change_list,
    change_open,
    change_put_forward,
    change_withdraw,
)
from consult.workflow.views.phases import (
    accept_reopening,
    advance,
    gate,
    impact,
    publish,
    reopen,
    since,
)

__all__ = [
    "accept_reopening",
    "advance",
    "change_answer",
    "change_detail",
    "change_enforce",
    "change_file",
    "change_list",
    "change_open",
    "change_put_forward",
    "change_withdraw",
    "gate",
    "impact",
    "publish",
    "reopen",
    "since",
]
