"""The models of the slices, for Django to find."""

from consult.ballots.models import Ballot, BallotEnd, Elector, Position

__all__ = ["Ballot", "BallotEnd", "Elector", "Position"]
