"""Input of the joint organization's acts: shape only."""

from consult.phase1_organization.forms.charters import CharterForm, ClauseForms
from consult.phase1_organization.forms.editor import PROPOSE, READ, TRY, CharterEditor
from consult.phase1_organization.forms.parties import AnswerForm, InviteForm
from consult.phase1_organization.forms.trying import TrialForm
from consult.phase1_organization.forms.withdrawals import AccessionForm, NoticeForm, StayForm

__all__ = [
    "PROPOSE",
    "READ",
    "TRY",
    "AccessionForm",
    "AnswerForm",
    "CharterEditor",
    "CharterForm",
    "ClauseForms",
    "InviteForm",
    "NoticeForm",
    "StayForm",
    "TrialForm",
]
