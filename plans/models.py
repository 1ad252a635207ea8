"""The models of the slices, for Django to find."""

from plans.register.models import (
    Item,
    ItemDraft,
    ItemVersion,
    Party,
    Plan,
    PlanGrant,
    Revision,
    RevisionItem,
)

__all__ = [
    "Item",
    "ItemDraft",
    "ItemVersion",
    "Party",
    "Plan",
    "PlanGrant",
    "Revision",
    "RevisionItem",
]
