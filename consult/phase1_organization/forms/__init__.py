"""Input of the joint organization's acts: shape only."""

from consult.phase1_organization.forms.ballots import (
    ConfirmForm,
    DateInput,
    LetterForm,
    OpenBallotForm,
    PositionForm,
    ReasonForm,
    closing,
)
from consult.phase1_organization.forms.charters import CharterForm, ClauseForms
from consult.phase1_organization.forms.editor import PROPOSE, READ, TRY, CharterEditor
from consult.phase1_organization.forms.parties import AnswerForm, InviteForm
from consult.phase1_organization.forms.trying import TrialForm

__all__ = [
    "PROPOSE",
    "READ",
    "TRY",
    "AnswerForm",
    "CharterEditor",
    "CharterForm",
    "ClauseForms",
    "ConfirmForm",
    "DateInput",
    "InviteForm",
    "LetterForm",
    "OpenBallotForm",
    "PositionForm",
    "ReasonForm",
    "TrialForm",
    "closing",
]
