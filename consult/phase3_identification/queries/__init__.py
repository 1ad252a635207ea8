"""Reading sign-offs, set-based. What is sealed leaves here only through `sees`."""

from consult.phase3_identification.queries.cells import Said, said_on
from consult.phase3_identification.queries.consents import (
    CONSENTS,
    stale_counts,
)
from consult.phase3_identification.queries.histories import FAMILIES
from consult.phase3_identification.queries.positions import (
    Marks,
    declaration_of,
    held_marks,
    held_positions,
    last_declared_on,
    newest_answers,
    newest_declarations,
)
from consult.phase3_identification.queries.renewals import Renewal, renewals_of
from consult.phase3_identification.queries.reservations import (
    former_items,
    reservations_by_position,
    standing_reservations,
)
from consult.phase3_identification.queries.sign_offs import (
    Sees,
    current_sign_off,
    due_sign_offs,
    electorate,
    everything,
    frozen_of,
    has_ended,
    item_ballots_of,
    live_ballots,
    open_sign_offs,
    revision_at,
    sees,
    signing_parties,
    split_ballots,
)
from consult.phase3_identification.queries.standing import (
    carried_cells,
    left_on,
    renewal_counts,
    standing_of,
)
from consult.phase3_identification.queries.statements import (
    passed_statements,
    statement_of,
)

__all__ = [
    "CONSENTS",
    "FAMILIES",
    "Marks",
    "Renewal",
    "Said",
    "Sees",
    "carried_cells",
    "current_sign_off",
    "declaration_of",
    "due_sign_offs",
    "electorate",
    "everything",
    "former_items",
    "frozen_of",
    "has_ended",
    "held_marks",
    "held_positions",
    "item_ballots_of",
    "last_declared_on",
    "left_on",
    "live_ballots",
    "newest_answers",
    "newest_declarations",
    "open_sign_offs",
    "passed_statements",
    "renewal_counts",
    "renewals_of",
    "reservations_by_position",
    "revision_at",
    "said_on",
    "sees",
    "signing_parties",
    "split_ballots",
    "stale_counts",
    "standing_of",
    "standing_reservations",
    "statement_of",
]
