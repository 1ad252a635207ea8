"""Creating a plan and naming its first coordinator."""

from plans.register.actions.bodies import (
    admit_body,
    dismiss_body,
)
from plans.register.actions.family import (
    change_party,
    set_parent_plan,
)
from plans.register.actions.plans import (
    create_plan,
)
from plans.register.actions.transmission import (
    add_requirement,
    answer_transmission,
    edit_requirement,
    remove_requirement,
)

__all__ = [
    "add_requirement",
    "admit_body",
    "answer_transmission",
    "change_party",
    "create_plan",
    "dismiss_body",
    "edit_requirement",
    "remove_requirement",
    "set_parent_plan",
]
