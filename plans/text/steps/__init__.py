"""Row writes on chapters and on the places of provisions."""

from plans.text.steps.drafting import (
    create_chapter,
    move,
    place_provision,
)
from plans.text.steps.standards import place_standard

__all__ = [
    "create_chapter",
    "move",
    "place_provision",
    "place_standard",
]
