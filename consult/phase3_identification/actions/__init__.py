"""The acts of the sign-off: open, recall, declare, close, override, sign the statement."""

from consult.phase3_identification.actions.autosaves import (
    discard_typed_draft,
    discard_typed_position,
    forget_typed_positions,
    keep_typed_draft,
    keep_typed_position,
)
from consult.phase3_identification.actions.closing import (
    close_early,
    close_sign_off,
    end_without_result,
)
from consult.phase3_identification.actions.conditions import (
    confirm_condition,
    report_condition,
)
from consult.phase3_identification.actions.declaring import REPLAYED, declare
from consult.phase3_identification.actions.drafting import (
    draft_position,
    hand_up_position,
    return_position,
    sign_prepared,
    tell_passed,
)
from consult.phase3_identification.actions.lifting import lift_reservation
from consult.phase3_identification.actions.numbering import number_statement
from consult.phase3_identification.actions.opening import open_sign_off, recall_sign_off
from consult.phase3_identification.actions.overriding import (
    confirm_override,
    prepare_override,
    refuse_override,
)
from consult.phase3_identification.actions.preparing import (
    confirm_position,
    prepare_position,
    send_back_position,
)
from consult.phase3_identification.actions.reopening import ask_to_reopen, refuse_reopening
from consult.phase3_identification.actions.signing import sign_statement
from consult.phase3_identification.actions.two_closing import (
    confirm_close,
    prepare_close,
    refuse_prepared_close,
)

__all__ = [
    "REPLAYED",
    "ask_to_reopen",
    "close_early",
    "close_sign_off",
    "confirm_close",
    "confirm_condition",
    "confirm_override",
    "confirm_position",
    "declare",
    "discard_typed_draft",
    "discard_typed_position",
    "draft_position",
    "end_without_result",
    "forget_typed_positions",
    "hand_up_position",
    "keep_typed_draft",
    "keep_typed_position",
    "lift_reservation",
    "number_statement",
    "open_sign_off",
    "prepare_close",
    "prepare_override",
    "prepare_position",
    "recall_sign_off",
    "refuse_override",
    "refuse_prepared_close",
    "refuse_reopening",
    "report_condition",
    "return_position",
    "send_back_position",
    "sign_prepared",
    "sign_statement",
    "tell_passed",
]
