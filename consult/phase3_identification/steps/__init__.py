"""Row writes of the sign-off: ballots per item, declarations, carrying over to a new revision."""

from consult.phase3_identification.steps.answers import (
    answer_request,
    write_override,
    write_request,
)
from consult.phase3_identification.steps.ballots import (
    electors_of,
    end_item_ballots,
    open_item_ballots,
    signing_weights,
)
from consult.phase3_identification.steps.carrying import (
    carry_sign_off,
    live_ballots_anywhere,
)
from consult.phase3_identification.steps.positions import (
    ReservationText,
    Stand,
    lift_reservations,
    write_declaration,
)

__all__ = [
    "ReservationText",
    "Stand",
    "answer_request",
    "carry_sign_off",
    "electors_of",
    "end_item_ballots",
    "lift_reservations",
    "live_ballots_anywhere",
    "open_item_ballots",
    "signing_weights",
    "write_declaration",
    "write_override",
    "write_request",
]
