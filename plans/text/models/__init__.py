"""Chapters, and the place of each provision in them. The wording is the item's draft."""

from plans.text.models.chapters import (
    Chapter,
    Provision,
)

__all__ = [
    "Chapter",
    "Provision",
]
