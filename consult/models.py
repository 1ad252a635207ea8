"""The models of the slices, for Django to find."""

from consult.ballots.models import Ballot, BallotEnd, Elector, Position
from consult.phase1_organization.models import Charter, Invitation, InvitationAnswer
from consult.workflow.models import PhaseStep

__all__ = [
    "Ballot",
    "BallotEnd",
    "Charter",
    "Elector",
    "Invitation",
    "InvitationAnswer",
    "PhaseStep",
    "Position",
]
