"""Chapters, and the place of each provision in them. The wording is the item's draft."""

from plans.text.models.chapters import (
    Chapter,
    Provision,
)
from plans.text.models.claims import (
    ClaimConfirmation,
    DefinedTerm,
    EditorialClaim,
)

__all__ = [
    "Chapter",
    "ClaimConfirmation",
    "DefinedTerm",
    "EditorialClaim",
    "Provision",
]
