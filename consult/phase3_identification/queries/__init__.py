"""Reading sign-offs, set-based. What is sealed leaves here only through `sees`."""

from consult.phase3_identification.queries.conditions import (
    ConditionLine,
    confirmed_conditions,
    get_line,
    history_of,
    lines_of,
    visible_lines,
)
from consult.phase3_identification.queries.consents import (
    CONSENTS,
    stale_counts,
)
from consult.phase3_identification.queries.positions import (
    declaration_of,
    held_positions,
    last_declared_on,
    newest_answers,
    newest_declarations,
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
from consult.phase3_identification.queries.terms import (
    asks_two,
    charter_of,
    party_codes,
    party_units,
)

__all__ = [
    "CONSENTS",
    "ConditionLine",
    "Sees",
    "asks_two",
    "charter_of",
    "confirmed_conditions",
    "current_sign_off",
    "declaration_of",
    "due_sign_offs",
    "electorate",
    "everything",
    "frozen_of",
    "get_line",
    "has_ended",
    "history_of",
    "held_positions",
    "item_ballots_of",
    "last_declared_on",
    "lines_of",
    "live_ballots",
    "newest_answers",
    "newest_declarations",
    "open_sign_offs",
    "party_codes",
    "party_units",
    "passed_statements",
    "reservations_by_position",
    "revision_at",
    "sees",
    "signing_parties",
    "stale_counts",
    "standing_reservations",
    "statement_of",
    "visible_lines",
]
