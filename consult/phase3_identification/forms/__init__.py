"""Forms of the sign-off. They parse the shape of the input; the actions decide."""

from consult.phase3_identification.forms.differences import (
    LiftForm,
    RegisterForm,
    ReportForm,
    SendBackForm,
    WordForm,
)
from consult.phase3_identification.forms.entered import (
    ExceptionFormSet,
)
from consult.phase3_identification.forms.letters import (
    LetterForm,
    day_input,
)
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
from consult.phase3_identification.forms.sign_offs import (
    OpenForm,
    ReasonForm,
)
from consult.phase3_identification.forms.typed import (
    typed_from,
    typed_of,
)

__all__ = [
    "EXCEPTIONAL",
    "GENERAL",
    "ExceptionForm",
    "ExceptionFormSet",
    "LetterForm",
    "LiftForm",
    "OpenForm",
    "PositionForm",
    "ReasonForm",
    "RegisterForm",
    "ReportForm",
    "SendBackForm",
    "WordForm",
    "choices",
    "day_input",
    "exception_forms",
    "found_among",
    "labels_of",
    "typed_from",
    "typed_of",
]
