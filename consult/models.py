"""The models of the slices, for Django to find."""

from consult.ballots.models import Ballot, BallotEnd, Elector, Position
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
