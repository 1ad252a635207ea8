"""Row writes of the sign-off: ballots per item, declarations, carrying over to a new revision."""

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
from consult.phase3_identification.steps.prepared import (
    drop_typed,
    drop_typed_before,
    put_handed_up,
    put_sent_back,
    put_typed,
    write_prepared,
)

__all__ = [
    "ReservationText",
    "Stand",
    "carry_sign_off",
    "drop_typed",
    "drop_typed_before",
    "electors_of",
    "end_item_ballots",
    "lift_reservations",
    "live_ballots_anywhere",
    "open_item_ballots",
    "put_handed_up",
    "put_sent_back",
    "put_typed",
    "signing_weights",
    "write_declaration",
    "write_prepared",
]
