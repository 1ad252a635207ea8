"""Chapters, and the place of each provision in them. The wording is the item's draft."""

from plans.text.models.amendments import Amendment, AmendmentOutcome
from plans.text.models.autosaves import Autosave
from plans.text.models.chapters import Chapter, Provision
from plans.text.models.claims import ClaimConfirmation, DefinedTerm, EditorialClaim
from plans.text.models.imports import TextImport
from plans.text.models.notes import InternalNote, NoteResolution
from plans.text.models.standards import Standard

__all__ = [
    "Amendment",
    "AmendmentOutcome",
    "Autosave",
    "Chapter",
    "ClaimConfirmation",
    "DefinedTerm",
    "EditorialClaim",
    "InternalNote",
    "NoteResolution",
    "Provision",
    "Standard",
    "TextImport",
]
