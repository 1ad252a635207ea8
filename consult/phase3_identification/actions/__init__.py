"""The acts of the sign-off: open, declare, close, end without result, sign the statement."""

from consult.phase3_identification.actions.closing import (
    close_sign_off,
    end_without_result,
)
from consult.phase3_identification.actions.declaring import (
    declare,
)
from consult.phase3_identification.actions.opening import open_sign_off
from consult.phase3_identification.actions.preparing import (
    discard_typed_position,
    forget_typed_positions,
    hand_up_position,
    keep_typed_position,
    prepare_position,
    send_back_position,
    sign_prepared,
)
from consult.phase3_identification.actions.signing import sign_statement

__all__ = [
    "close_sign_off",
    "declare",
    "discard_typed_position",
    "end_without_result",
    "forget_typed_positions",
    "hand_up_position",
    "keep_typed_position",
    "open_sign_off",
    "prepare_position",
    "send_back_position",
    "sign_prepared",
    "sign_statement",
]
