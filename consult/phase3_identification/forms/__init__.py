"""Forms of the sign-off. They parse the shape of the input; the actions decide."""

from consult.phase3_identification.forms.letters import (
    LetterForm,
    day_input,
)
from consult.phase3_identification.forms.positions import (
    EXCEPTIONAL,
    GENERAL,
    ExceptionForm,
    ExceptionFormSet,
    PositionForm,
    choices,
    initial_exceptions,
    item_choices,
)
from consult.phase3_identification.forms.renewing import RenewForm, restated
from consult.phase3_identification.forms.sign_offs import (
    OpenForm,
    ReasonForm,
)

__all__ = [
    "EXCEPTIONAL",
    "GENERAL",
    "ExceptionForm",
    "ExceptionFormSet",
    "LetterForm",
    "OpenForm",
    "PositionForm",
    "ReasonForm",
    "RenewForm",
    "choices",
    "day_input",
    "initial_exceptions",
    "item_choices",
    "restated",
]
