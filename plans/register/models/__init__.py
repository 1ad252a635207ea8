"""Plans, their parties, and the items consent is given to: drafts, versions, revisions."""

from plans.register.models.items import (
    Item,
    ItemDraft,
    ItemVersion,
)
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
from plans.register.models.saves import (
    DraftSave,
)

__all__ = [
    "DraftSave",
    "Item",
    "ItemDraft",
    "ItemVersion",
    "Party",
    "PartyQuerySet",
    "Plan",
    "PlanGrant",
    "Revision",
    "RevisionItem",
]
