"""Chapters, and the place of each provision in them. The wording is the item's draft."""

from plans.text.models.autosaves import (
    Autosave,
)
from plans.text.models.chapters import (
    Chapter,
    Provision,
)
from plans.text.models.notes import (
    InternalNote,
    NoteResolution,
)

__all__ = [
    "Autosave",
    "Chapter",
    "InternalNote",
    "NoteResolution",
    "Provision",
]
