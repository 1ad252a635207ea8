"""Opening a ballot, taking positions, ending it; acts that two persons do."""

from consult.ballots.steps.ballots import (
    Letter,
    Stance,
    Subject,
    end_ballots,
    open_ballots,
    take_positions,
)
from consult.ballots.steps.two_persons import (
    both,
    confirm_as_second,
    propose_for_two,
    refuse_as_second,
)

__all__ = [
    "Letter",
    "Stance",
    "Subject",
    "both",
    "confirm_as_second",
    "end_ballots",
    "open_ballots",
    "propose_for_two",
    "refuse_as_second",
    "take_positions",
]
