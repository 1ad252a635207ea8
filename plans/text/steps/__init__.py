"""Row writes on chapters and on the places of provisions."""

from plans.text.steps.drafting import (
    create_chapter,
    move,
    place_provision,
)

__all__ = [
    "create_chapter",
    "move",
    "place_provision",
]
