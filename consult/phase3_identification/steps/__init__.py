"""Row writes of the sign-off: ballots per item, declarations, carrying over to a new revision."""

from consult.phase3_identification.steps.answers import (
    answer_request,
    write_override,
    write_request,
)
from consult.phase3_identification.steps.autosaves import (
    drop_typed_before,
    drop_typed_draft,
    drop_typed_position,
    put_typed_draft,
    put_typed_position,
)
from consult.phase3_identification.steps.ballots import (
    electors_of,
    end_item_ballots,
    open_first_ballots,
    open_item_ballots,
    signing_weights,
)
from consult.phase3_identification.steps.carrying import carry_sign_off, live_ballots_anywhere
from consult.phase3_identification.steps.parts import publish_part, write_adoption
from consult.phase3_identification.steps.positions import (
    Basis,
    ConditionText,
    ReservationText,
    Stand,
    day_in,
    declared_text,
    lift_reservations,
    plain_stand,
    said_of,
    stand_in,
    write_declaration,
)
from consult.phase3_identification.steps.prepared import (
    put_handed_up,
    put_sent_back,
    put_taken,
    write_prepared,
)

__all__ = [
    "Basis",
    "ConditionText",
    "ReservationText",
    "Stand",
    "answer_request",
    "carry_sign_off",
    "day_in",
    "declared_text",
    "drop_typed_before",
    "drop_typed_draft",
    "drop_typed_position",
    "electors_of",
    "end_item_ballots",
    "lift_reservations",
    "live_ballots_anywhere",
    "open_first_ballots",
    "open_item_ballots",
    "plain_stand",
    "publish_part",
    "put_handed_up",
    "put_sent_back",
    "put_taken",
    "put_typed_draft",
    "put_typed_position",
    "said_of",
    "signing_weights",
    "stand_in",
    "write_adoption",
    "write_declaration",
    "write_override",
    "write_prepared",
    "write_request",
]
