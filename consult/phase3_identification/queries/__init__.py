"""Reading sign-offs, set-based. What is sealed leaves here only through `sees`."""

from consult.phase3_identification.queries.charters import charter_of
from consult.phase3_identification.queries.consents import (
    CONSENTS,
    stale_counts,
)
from consult.phase3_identification.queries.former import (
    ended_sign_offs,
    former_positions,
    get_ended,
    restatable,
    sign_off_before,
)
from consult.phase3_identification.queries.life import (
    Life,
    life_of,
    subject_of_close,
)
from consult.phase3_identification.queries.overrides import (
    overrides_of,
    prepared_overrides,
)
from consult.phase3_identification.queries.positions import (
    declaration_of,
    held_positions,
    last_declared_on,
    newest_answers,
    newest_declarations,
)
from consult.phase3_identification.queries.preconditions import (
    Readiness,
    readiness,
)
from consult.phase3_identification.queries.reopening import (
    get_request,
    last_day_to_ask,
    requests_of,
    waiting_requests,
)
from consult.phase3_identification.queries.reservations import (
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
)
from consult.phase3_identification.queries.statements import (
    passed_statements,
    statement_of,
)

__all__ = [
    "CONSENTS",
    "Life",
    "Readiness",
    "Sees",
    "charter_of",
    "current_sign_off",
    "declaration_of",
    "due_sign_offs",
    "electorate",
    "ended_sign_offs",
    "everything",
    "former_positions",
    "frozen_of",
    "get_ended",
    "get_request",
    "has_ended",
    "held_positions",
    "item_ballots_of",
    "last_day_to_ask",
    "last_declared_on",
    "life_of",
    "live_ballots",
    "newest_answers",
    "newest_declarations",
    "open_sign_offs",
    "overrides_of",
    "passed_statements",
    "prepared_overrides",
    "readiness",
    "requests_of",
    "reservations_by_position",
    "restatable",
    "revision_at",
    "sees",
    "sign_off_before",
    "signing_parties",
    "stale_counts",
    "standing_reservations",
    "statement_of",
    "subject_of_close",
    "waiting_requests",
]
