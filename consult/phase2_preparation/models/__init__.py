"""Comment rounds: who is asked, what is said inside and submitted, and how it is disposed of."""

from consult.phase2_preparation.models.advice import Advice, AdviceRequest
from consult.phase2_preparation.models.batches import DispositionBatch, PublicationLetter
from consult.phase2_preparation.models.blocks import TextBlock
from consult.phase2_preparation.models.checklists import PaperConfirmation, PaperEntry
from consult.phase2_preparation.models.comments import Comment, CommentDraft
from consult.phase2_preparation.models.displays import DisplayFinish, DisplaySheet
from consult.phase2_preparation.models.dispositions import (
    ChangeReason,
    CommenterAnswer,
    Disposition,
    DispositionPublication,
    DispositionWithdrawal,
)
from consult.phase2_preparation.models.experts import (
    ExpertInvitation,
    ExpertOpinion,
    ExpertSuggestion,
    InvitationFile,
    OpinionDraft,
    OpinionRemark,
)
from consult.phase2_preparation.models.extensions import ReplyLetter, RoundExtension, Symposium
from consult.phase2_preparation.models.groups import CommentGroup, GroupMember
from consult.phase2_preparation.models.inside import (
    CommentAutosave,
    CommentFile,
    CommentSupport,
    DraftFile,
    DraftNote,
)
from consult.phase2_preparation.models.neighbours import NeighbourAnswer, NeighbourOpinion
from consult.phase2_preparation.models.panels import CollectiveOpinion, PanelSignature
from consult.phase2_preparation.models.replies import Reply
from consult.phase2_preparation.models.rounds import Round, RoundInvitee
from consult.phase2_preparation.models.sheets import SheetImport

__all__ = [
    "Advice",
    "AdviceRequest",
    "ChangeReason",
    "CollectiveOpinion",
    "Comment",
    "CommentAutosave",
    "CommentDraft",
    "CommentFile",
    "CommentGroup",
    "CommentSupport",
    "CommenterAnswer",
    "DisplayFinish",
    "DisplaySheet",
    "Disposition",
    "DispositionBatch",
    "DispositionPublication",
    "DispositionWithdrawal",
    "DraftFile",
    "DraftNote",
    "ExpertInvitation",
    "ExpertOpinion",
    "ExpertSuggestion",
    "GroupMember",
    "InvitationFile",
    "NeighbourAnswer",
    "NeighbourOpinion",
    "OpinionDraft",
    "OpinionRemark",
    "PanelSignature",
    "PaperConfirmation",
    "PaperEntry",
    "PublicationLetter",
    "Reply",
    "ReplyLetter",
    "Round",
    "RoundExtension",
    "RoundInvitee",
    "SheetImport",
    "Symposium",
    "TextBlock",
]
