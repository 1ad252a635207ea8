"""Creating a plan and naming its first coordinator."""

from plans.register.actions.bodies import (
    admit_body,
    dismiss_body,
)
from plans.register.actions.plans import (
    create_plan,
)

__all__ = [
    "admit_body",
    "create_plan",
    "dismiss_body",
]
