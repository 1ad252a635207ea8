"""Row writes on plans, parties, items, drafts, versions and revisions."""

from plans.register.manifest import Heading, Place, version_content
from plans.register.steps.attachments import (
    add_attachment,
    remove_attachment_row,
)
from plans.register.steps.items import (
    create_item,
    edit_draft,
)
from plans.register.steps.lineage import (
    change_concern,
    link_predecessors,
)
from plans.register.steps.plans import (
    add_party,
    give_role,
    lock_plan,
    set_phase,
    take_role,
)
from plans.register.steps.publishing import (
    freeze,
    publish_revision,
    set_in_force,
)

__all__ = [
    "Heading",
    "Place",
    "add_attachment",
    "add_party",
    "change_concern",
    "create_item",
    "edit_draft",
    "freeze",
    "give_role",
    "link_predecessors",
    "lock_plan",
    "publish_revision",
    "remove_attachment_row",
    "set_in_force",
    "set_phase",
    "take_role",
    "version_content",
]
