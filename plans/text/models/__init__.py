"""Chapters, and the place of each provision in them. The wording is the item's draft."""

from plans.text.models.chapters import (
    Chapter,
    Provision,
)
from plans.text.models.standards import Standard

__all__ = [
    "Chapter",
    "Provision",
    "Standard",
]
