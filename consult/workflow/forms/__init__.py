"""Forms of publishing, reopening and changing the text in force."""

from consult.workflow.forms.changes import AnswerForm, TextChangeForm, WithdrawForm
from consult.workflow.forms.phases import (
    HOW_MET,
    PublishForm,
    ReopenForm,
)

__all__ = [
    "HOW_MET",
    "AnswerForm",
    "PublishForm",
    "ReopenForm",
    "TextChangeForm",
    "WithdrawForm",
]
