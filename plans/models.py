"""The models of the slices, for Django to find."""

from plans.indicators.models import Definition, ReferenceValue
from plans.projects.models import Milestone, Project, ProjectParty
from plans.register.models import (
    DraftSave,
    Item,
    ItemDraft,
    ItemVersion,
    Party,
    Plan,
    PlanGrant,
    Revision,
    RevisionItem,
)
from plans.text.models import Autosave, Chapter, InternalNote, NoteResolution, Provision

__all__ = [
    "Autosave",
    "Chapter",
    "Definition",
    "DraftSave",
    "InternalNote",
    "Item",
    "ItemDraft",
    "ItemVersion",
    "Milestone",
    "NoteResolution",
    "Party",
    "Plan",
    "PlanGrant",
    "Project",
    "ProjectParty",
    "Provision",
    "ReferenceValue",
    "Revision",
    "RevisionItem",
]
