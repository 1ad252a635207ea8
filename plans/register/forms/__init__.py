"""The forms of plans and of who takes part in them."""

from plans.register.forms.family import (
    AnswerForm,
    ParentForm,
    PartyForm,
    RemovalForm,
    RequirementForm,
    TransmissionFilter,
)
from plans.register.forms.heads import HeadForm
from plans.register.forms.plans import BodyForm, DismissForm, GrantFilterForm, PlanForm
from plans.register.forms.reading import ReadingForm

__all__ = [
    "AnswerForm",
    "BodyForm",
    "DismissForm",
    "GrantFilterForm",
    "HeadForm",
    "ParentForm",
    "PartyForm",
    "PlanForm",
    "ReadingForm",
    "RemovalForm",
    "RequirementForm",
    "TransmissionFilter",
]
