"""Comment rounds: who is asked, what is said inside and submitted, and how it is disposed of."""

from consult.phase2_preparation.models.advice import Advice, AdviceRequest
from consult.phase2_preparation.models.batches import DispositionBatch, PublicationLetter
from consult.phase2_preparation.models.blocks import TextBlock
from consult.phase2_preparation.models.comments import (
    Comment,
    CommentDraft,
)
from consult.phase2_preparation.models.dispositions import (
    ChangeReason,
    CommenterAnswer,
    Disposition,
    DispositionPublication,
    DispositionWithdrawal,
)
from consult.phase2_preparation.models.groups import CommentGroup, GroupMember
from consult.phase2_preparation.models.replies import (
    Reply,
)
from consult.phase2_preparation.models.rounds import (
    Round,
    RoundInvitee,
)

__all__ = [
    "Advice",
    "AdviceRequest",
    "ChangeReason",
    "Comment",
    "CommentDraft",
    "CommentGroup",
    "CommenterAnswer",
    "Disposition",
    "DispositionBatch",
    "DispositionPublication",
    "DispositionWithdrawal",
    "GroupMember",
    "PublicationLetter",
    "Reply",
    "Round",
    "RoundInvitee",
    "TextBlock",
]
