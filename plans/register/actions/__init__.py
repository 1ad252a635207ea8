"""Creating a plan and naming its first coordinator."""

from plans.register.actions.attachments import add_attachment, remove_attachment
from plans.register.actions.bodies import admit_body, dismiss_body
from plans.register.actions.concern import declare_concern, renounce_concern
from plans.register.actions.family import change_party, set_parent_plan
from plans.register.actions.heads import tell_heads
from plans.register.actions.plans import create_plan
from plans.register.actions.transmission import (
    add_requirement,
    answer_transmission,
    edit_requirement,
    remove_requirement,
)

__all__ = [
    "add_attachment",
    "add_requirement",
    "admit_body",
    "answer_transmission",
    "change_party",
    "create_plan",
    "declare_concern",
    "dismiss_body",
    "edit_requirement",
    "remove_attachment",
    "remove_requirement",
    "renounce_concern",
    "set_parent_plan",
    "tell_heads",
]
