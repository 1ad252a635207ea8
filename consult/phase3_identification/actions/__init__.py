"""The acts of the sign-off: open, recall, declare, close, override, sign the statement."""

from consult.phase3_identification.actions.closing import (
    close_early,
    close_sign_off,
    end_without_result,
)
from consult.phase3_identification.actions.declaring import (
    declare,
)
from consult.phase3_identification.actions.opening import (
    open_sign_off,
    recall_sign_off,
)
from consult.phase3_identification.actions.overriding import (
    confirm_override,
    prepare_override,
    refuse_override,
)
from consult.phase3_identification.actions.reopening import (
    ask_to_reopen,
    refuse_reopening,
)
from consult.phase3_identification.actions.signing import sign_statement
from consult.phase3_identification.actions.two_closing import (
    confirm_close,
    prepare_close,
    refuse_prepared_close,
)

__all__ = [
    "ask_to_reopen",
    "close_early",
    "close_sign_off",
    "confirm_close",
    "confirm_override",
    "declare",
    "end_without_result",
    "open_sign_off",
    "prepare_close",
    "prepare_override",
    "recall_sign_off",
    "refuse_override",
    "refuse_prepared_close",
    "refuse_reopening",
    "sign_statement",
]
