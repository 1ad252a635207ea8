"""The forms of plans and of who takes part in them."""

from plans.register.forms.plans import (
    BodyForm,
    DismissForm,
    GrantFilterForm,
    PlanForm,
)
from plans.register.forms.reading import ReadingForm

__all__ = [
    "BodyForm",
    "DismissForm",
    "GrantFilterForm",
    "PlanForm",
    "ReadingForm",
]
