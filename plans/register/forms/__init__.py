"""The forms of plans and of who takes part in them."""

from plans.register.forms.family import (
    AnswerForm,
    ParentForm,
    PartyForm,
    RemovalForm,
    RequirementForm,
    TransmissionFilter,
)
from plans.register.forms.plans import (
    BodyForm,
    DismissForm,
    GrantFilterForm,
    PlanForm,
)

__all__ = [
    "AnswerForm",
    "BodyForm",
    "DismissForm",
    "GrantFilterForm",
    "ParentForm",
    "PartyForm",
    "PlanForm",
    "RemovalForm",
    "RequirementForm",
    "TransmissionFilter",
]
