"""Creating a plan and naming its first coordinator."""

from plans.register.actions.attachments import (
    add_attachment,
    remove_attachment,
)
from plans.register.actions.bodies import (
    admit_body,
    dismiss_body,
)
from plans.register.actions.concern import (
    declare_concern,
    renounce_concern,
)
from plans.register.actions.plans import (
    create_plan,
)

__all__ = [
    "add_attachment",
    "admit_body",
    "create_plan",
    "declare_concern",
    "dismiss_body",
    "remove_attachment",
    "renounce_concern",
]
