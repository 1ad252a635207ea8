"""The models of the slices, for Django to find."""

from consult.ballots.models import Ballot, BallotEnd, Elector, Position
from consult.workflow.models import PhaseStep

__all__ = ["Ballot", "BallotEnd", "Elector", "PhaseStep", "Position"]
