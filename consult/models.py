"""The models of the slices, for Django to find."""

from consult.ballots.models import Ballot, BallotEnd, Elector, Position
from consult.phase4_implementation.models import Reading, StatusReport, ThresholdWarning

__all__ = [
    "Ballot",
    "BallotEnd",
    "Elector",
    "Position",
    "Reading",
    "StatusReport",
    "ThresholdWarning",
]
