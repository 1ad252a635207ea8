"""The models of the slices, for Django to find."""

from plans.indicators.models import Definition, ReferenceValue
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
from plans.text.models import Chapter, Provision, Standard

__all__ = [
    "Chapter",
    "Definition",
    "Item",
    "ItemDraft",
    "ItemVersion",
    "Milestone",
    "Party",
    "Plan",
    "PlanGrant",
    "Project",
    "ProjectParty",
    "Provision",
    "ReferenceValue",
    "Revision",
    "RevisionItem",
    "Standard",
]
