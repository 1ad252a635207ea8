"""The dossier, the letters of the way up and back, the reply with its conditions."""

from consult.approval.models.dossier import DossierArrangement, DossierPaper
from consult.approval.models.letters import ApprovalLetter
from consult.approval.models.replies import Acknowledgement, ApprovalReply, ReplyCondition

__all__ = [
    "Acknowledgement",
    "ApprovalLetter",
    "ApprovalReply",
    "DossierArrangement",
    "DossierPaper",
    "ReplyCondition",
]
