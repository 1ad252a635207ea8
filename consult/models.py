"""The models of the slices, for Django to find."""

from consult.ballots.models import Ballot, BallotEnd, Elector, Position
from consult.phase1_organization.models import Charter, Invitation, InvitationAnswer
from consult.phase3_identification.models import (
    CommonStatement,
    Declaration,
    Reservation,
    ReservationLift,
    Signature,
    SignOff,
    SignOffBallot,
    SignOffEnd,
)
from consult.workflow.models import PhaseStep

__all__ = [
    "Ballot",
    "BallotEnd",
    "Charter",
    "CommonStatement",
    "Declaration",
    "Elector",
    "Invitation",
    "InvitationAnswer",
    "PhaseStep",
    "Position",
    "Reservation",
    "ReservationLift",
    "SignOff",
    "SignOffBallot",
    "SignOffEnd",
    "Signature",
]
import consult.ballots.models
import consult.matters.models
import consult.phase1_organization.models
import consult.phase2_preparation.models
import consult.phase3_identification.models
import consult.phase4_implementation.models
import consult.workflow.models  # noqa: F401 - imported to register
