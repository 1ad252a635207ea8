"""Comment rounds: who is asked, what is said inside and submitted, and how it is disposed of."""

from consult.phase2_preparation.models.comments import (
    Comment,
    CommentDraft,
)
from consult.phase2_preparation.models.dispositions import (
    ChangeReason,
    CommenterAnswer,
    Disposition,
    DispositionPublication,
)
from consult.phase2_preparation.models.extensions import (
    ReplyLetter,
    RoundExtension,
    Symposium,
)
from consult.phase2_preparation.models.replies import (
    Reply,
)
from consult.phase2_preparation.models.rounds import (
    Round,
    RoundInvitee,
)

__all__ = [
    "ChangeReason",
    "Comment",
    "CommentDraft",
    "CommenterAnswer",
    "Disposition",
    "DispositionPublication",
    "Reply",
    "ReplyLetter",
    "Round",
    "RoundExtension",
    "RoundInvitee",
    "Symposium",
]
