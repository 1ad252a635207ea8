"""Forms of the sign-off. They parse the shape of the input; the actions decide."""

from consult.phase3_identification.forms.adopting import AdoptForm
from consult.phase3_identification.forms.differences import (
    LiftForm,
    RegisterForm,
    ReportForm,
    SendBackForm,
    WordForm,
)
from consult.phase3_identification.forms.entered import ExceptionFormSet
from consult.phase3_identification.forms.letters import OwnLetterForm, SignForm
from consult.phase3_identification.forms.positions import (
    EXCEPTIONAL,
    GENERAL,
    ExceptionForm,
    PositionForm,
    choices,
    exception_forms,
    found_among,
    labels_of,
)
from consult.phase3_identification.forms.renewing import RenewForm, restated
from consult.phase3_identification.forms.sign_offs import (
    AskForm,
    NumberForm,
    OpenForm,
    OverrideForm,
    ReasonForm,
)
from consult.phase3_identification.forms.typed import typed_from, typed_of

__all__ = [
    "EXCEPTIONAL",
    "GENERAL",
    "AdoptForm",
    "AskForm",
    "ExceptionForm",
    "ExceptionFormSet",
    "LiftForm",
    "NumberForm",
    "OpenForm",
    "OverrideForm",
    "OwnLetterForm",
    "PositionForm",
    "ReasonForm",
    "RegisterForm",
    "RenewForm",
    "ReportForm",
    "SendBackForm",
    "SignForm",
    "WordForm",
    "choices",
    "exception_forms",
    "found_among",
    "labels_of",
    "restated",
    "typed_from",
    "typed_of",
]
