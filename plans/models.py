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
    TransmissionAnswer,
    UpperRequirement,
)
from plans.text.models import (
    Autosave,
    Chapter,
    ClaimConfirmation,
    DefinedTerm,
    EditorialClaim,
    InternalNote,
    NoteResolution,
    Provision,
    Standard,
    TextImport,
)

__all__ = [
    "Autosave",
    "Chapter",
    "ClaimConfirmation",
    "DefinedTerm",
    "Definition",
    "DraftSave",
    "EditorialClaim",
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
    "Standard",
    "TextImport",
    "TransmissionAnswer",
    "UpperRequirement",
]
