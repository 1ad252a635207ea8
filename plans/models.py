"""The models of the slices, for Django to find."""

from plans.projects.models import Milestone, Project, ProjectParty
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
    "Milestone",
    "Party",
    "Plan",
    "PlanGrant",
    "Project",
    "ProjectParty",
    "Revision",
    "RevisionItem",
]
