"""Row writes on chapters and on the places of provisions."""

from plans.text.steps.drafting import (
    create_chapter,
    move,
    place_provision,
)
from plans.text.steps.imports import add_provisions, edit_drafts, place_all

__all__ = [
    "add_provisions",
    "create_chapter",
    "edit_drafts",
    "move",
    "place_all",
    "place_provision",
]
