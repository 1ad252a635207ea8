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
from consult.phase3_identification.forms.sign_offs import (
    AskForm,
    OpenForm,
    OverrideForm,
    ReasonForm,
)

__all__ = [
    "EXCEPTIONAL",
    "GENERAL",
    "AskForm",
    "ExceptionForm",
    "ExceptionFormSet",
    "LetterForm",
    "OpenForm",
    "OverrideForm",
    "PositionForm",
    "ReasonForm",
    "choices",
    "day_input",
    "initial_exceptions",
    "item_choices",
]
