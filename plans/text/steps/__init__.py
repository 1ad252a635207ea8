"""Row writes on chapters and on the places of provisions."""

from plans.text.steps.claims import (
    add_term,
    answer_claim,
    note_claim,
    remove_term,
)
from plans.text.steps.drafting import (
    create_chapter,
    move,
    place_provision,
)

__all__ = [
    "add_term",
    "answer_claim",
    "create_chapter",
    "move",
    "note_claim",
    "place_provision",
    "remove_term",
]
