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
from plans.register.models.transmission import TransmissionAnswer, UpperRequirement

__all__ = [
    "Item",
    "ItemDraft",
    "ItemVersion",
    "Party",
    "PartyQuerySet",
    "Plan",
    "PlanGrant",
    "Revision",
    "RevisionItem",
    "TransmissionAnswer",
    "UpperRequirement",
]
