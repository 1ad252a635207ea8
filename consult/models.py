"""The models of the slices, for Django to find."""

import consult.ballots.models
import consult.phase1_organization.models
import consult.workflow.models  # noqa: F401 - imported to register
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
from consult.matters.models import Matter, MatterMove, Stand
from consult.phase2_preparation.models import (
    ChangeReason,
    Comment,
    CommentDraft,
    CommenterAnswer,
    Disposition,
    DispositionPublication,
    Reply,
    Round,
    RoundInvitee,
)

__all__ = [
    "Ballot",
    "BallotEnd",
    "Charter",
    "CommonStatement",
    "Declaration",
    "Elector",
    "Invitation",
    "InvitationAnswer",
    "Position",
    "Reservation",
    "ReservationLift",
    "SignOff",
    "SignOffBallot",
    "SignOffEnd",
    "Signature",
]
from consult.workflow.models import PhaseStep

__all__ = ["Ballot", "BallotEnd", "Elector", "PhaseStep", "Position"]
    "ChangeReason",
    "Comment",
    "CommentDraft",
    "CommenterAnswer",
    "Disposition",
    "DispositionPublication",
    "Elector",
    "Matter",
    "MatterMove",
    "Position",
    "Reply",
    "Round",
    "RoundInvitee",
    "Stand",
]
