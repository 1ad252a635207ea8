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
from consult.phase2_preparation.models.experts import (
    ExpertInvitation,
    ExpertOpinion,
    ExpertSuggestion,
    InvitationFile,
    OpinionDraft,
    OpinionRemark,
)
from consult.phase2_preparation.models.panels import CollectiveOpinion, PanelSignature
from consult.phase2_preparation.models.replies import (
    Reply,
)
from consult.phase2_preparation.models.rounds import (
    Round,
    RoundInvitee,
)

__all__ = [
    "ChangeReason",
    "CollectiveOpinion",
    "Comment",
    "CommentDraft",
    "CommenterAnswer",
    "Disposition",
    "DispositionPublication",
    "ExpertInvitation",
    "ExpertOpinion",
    "ExpertSuggestion",
    "InvitationFile",
    "OpinionDraft",
    "OpinionRemark",
    "PanelSignature",
    "Reply",
    "Round",
    "RoundInvitee",
]
