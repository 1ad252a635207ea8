"""Reading ballots and what waits for a second person."""

from consult.ballots.queries.ballots import (
    case_of,
    electors_of,
    is_past,
    newest_positions,
    open_ballots,
    unanswered,
    visible_positions,
)
from consult.ballots.queries.two_persons import (
    is_waiting,
    seconds_of,
    sees_proposal,
    visible_proposals,
    waiting_proposal,
    waiting_proposals,
)

__all__ = [
    "case_of",
    "electors_of",
    "is_past",
    "is_waiting",
    "newest_positions",
    "open_ballots",
    "seconds_of",
    "sees_proposal",
    "unanswered",
    "visible_positions",
    "visible_proposals",
    "waiting_proposal",
    "waiting_proposals",
]
