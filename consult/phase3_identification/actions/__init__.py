"""The acts of the sign-off: open, declare, close, end without result, sign the statement."""

from consult.phase3_identification.actions.closing import (
    close_sign_off,
    end_without_result,
)
from consult.phase3_identification.actions.declaring import (
    declare,
)
from consult.phase3_identification.actions.opening import open_sign_off
from consult.phase3_identification.actions.signing import sign_statement

__all__ = [
    "close_sign_off",
    "declare",
    "end_without_result",
    "open_sign_off",
    "sign_statement",
]
