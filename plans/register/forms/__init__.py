"""The forms of plans and of who takes part in them."""

from plans.register.forms.plans import (
    BodyForm,
    DismissForm,
    GrantFilterForm,
    PlanForm,
)

__all__ = [
    "BodyForm",
    "DismissForm",
    "GrantFilterForm",
    "PlanForm",
]
