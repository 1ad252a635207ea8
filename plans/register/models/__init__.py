"""Plans, their parties, and the items consent is given to: drafts, versions, revisions."""

from plans.register.models.attachments import Attachment, AttachmentRemoval
from plans.register.models.items import (
    Item,
    ItemDraft,
    ItemVersion,
)
from plans.register.models.lineage import ConcernChange, Lineage
from plans.register.models.plans import (
    Party,
    PartyQuerySet,
    Plan,
    PlanGrant,
)
from plans.register.models.revisions import (
    Revision,
    RevisionItem,
)

__all__ = [
    "Attachment",
    "AttachmentRemoval",
    "ConcernChange",
    "Item",
    "ItemDraft",
    "ItemVersion",
    "Lineage",
    "Party",
    "PartyQuerySet",
    "Plan",
    "PlanGrant",
    "Revision",
    "RevisionItem",
]
