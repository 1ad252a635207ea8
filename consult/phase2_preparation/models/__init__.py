"""Comment rounds: who is asked, what is said inside and submitted, and how it is disposed of."""

from consult.phase2_preparation.models.checklists import PaperConfirmation, PaperEntry
from consult.phase2_preparation.models.comments import Comment, CommentDraft
from consult.phase2_preparation.models.displays import DisplayFinish, DisplaySheet
from consult.phase2_preparation.models.dispositions import (
    ChangeReason,
    CommenterAnswer,
    Disposition,
    DispositionPublication,
)
from consult.phase2_preparation.models.inside import (
    CommentAutosave,
    CommentFile,
    CommentSupport,
    DraftFile,
    DraftNote,
)
from consult.phase2_preparation.models.neighbours import NeighbourAnswer, NeighbourOpinion
from consult.phase2_preparation.models.replies import Reply
from consult.phase2_preparation.models.rounds import Round, RoundInvitee
from consult.phase2_preparation.models.sheets import SheetImport

__all__ = [
    "ChangeReason",
    "Comment",
    "CommentAutosave",
    "CommentDraft",
    "CommentFile",
    "CommentSupport",
    "CommenterAnswer",
    "DisplayFinish",
    "DisplaySheet",
    "Disposition",
    "DispositionPublication",
    "DraftFile",
    "DraftNote",
    "NeighbourAnswer",
    "NeighbourOpinion",
    "PaperConfirmation",
    "PaperEntry",
    "Reply",
    "Round",
    "RoundInvitee",
    "SheetImport",
]
