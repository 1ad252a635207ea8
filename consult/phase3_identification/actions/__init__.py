"""The acts of the sign-off: open, declare, close, end without result, sign the statement."""

from consult.phase3_identification.actions.closing import (
    close_sign_off,
    end_without_result,
)
from consult.phase3_identification.actions.conditions import (
    confirm_condition,
    may_report,
    report_condition,
)
from consult.phase3_identification.actions.declaring import (
    REPLAYED,
    declare,
)
from consult.phase3_identification.actions.drafting import (
    discard_typed_draft,
    draft_position,
    forget_typed_drafts,
    hand_up_position,
    keep_typed_draft,
    return_position,
    sign_prepared,
    tell_passed,
)
from consult.phase3_identification.actions.keeping import (
    forget_position,
    keep_position,
)
from consult.phase3_identification.actions.lifting import lift_reservation
from consult.phase3_identification.actions.opening import open_sign_off
from consult.phase3_identification.actions.preparing import (
    confirm_position,
    prepare_position,
    send_back_position,
    waiting_position,
)
from consult.phase3_identification.actions.signing import sign_statement

__all__ = [
    "REPLAYED",
    "close_sign_off",
    "confirm_condition",
    "confirm_position",
    "declare",
    "discard_typed_draft",
    "draft_position",
    "end_without_result",
    "forget_position",
    "forget_typed_drafts",
    "hand_up_position",
    "keep_position",
    "keep_typed_draft",
    "lift_reservation",
    "may_report",
    "open_sign_off",
    "prepare_position",
    "report_condition",
    "return_position",
    "send_back_position",
    "sign_prepared",
    "sign_statement",
    "tell_passed",
    "waiting_position",
]
