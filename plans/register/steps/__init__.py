"""Row writes on plans, parties, items, drafts, versions and revisions."""

from plans.register.manifest import Heading, Place, version_content
from plans.register.steps.attachments import add_attachment, remove_attachment_row
from plans.register.steps.items import create_item, edit_draft, keep_saves, lock_draft
from plans.register.steps.lineage import change_concern, link_predecessors
from plans.register.steps.plans import (
    add_party,
    end_party,
    give_role,
    lock_plan,
    set_parent,
    set_phase,
    take_role,
)
from plans.register.steps.publishing import freeze, publish_revision, set_in_force
from plans.register.steps.transmission import (
    Demanded,
    add_requirement,
    answer_required,
    save_requirement,
)

__all__ = [
    "Demanded",
    "Heading",
    "Place",
    "add_attachment",
    "add_party",
    "add_requirement",
    "answer_required",
    "change_concern",
    "create_item",
    "edit_draft",
    "end_party",
    "freeze",
    "give_role",
    "keep_saves",
    "link_predecessors",
    "lock_draft",
    "lock_plan",
    "publish_revision",
    "remove_attachment_row",
    "save_requirement",
    "set_in_force",
    "set_parent",
    "set_phase",
    "take_role",
    "version_content",
]
