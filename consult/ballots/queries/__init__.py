"""Reading ballots and what waits for a second person."""

from consult.ballots.queries.ballots import (
    ballots_on,
    case_of,
    counts,
    due_ballots,
    electors_of,
    is_past,
    newest_positions,
    open_ballots,
    silent_in,
    standing,
    still_asked,
    unanswered,
    visible_positions,
    weights_named,
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
    "ballots_on",
    "case_of",
    "counts",
    "due_ballots",
    "electors_of",
    "is_past",
    "is_waiting",
    "newest_positions",
    "open_ballots",
    "seconds_of",
    "sees_proposal",
    "silent_in",
    "standing",
    "still_asked",
    "unanswered",
    "visible_positions",
    "visible_proposals",
    "waiting_proposal",
    "waiting_proposals",
    "weights_named",
]
