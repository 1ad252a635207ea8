"""Row writes on chapters and on the places of provisions."""

from plans.text.steps.amendments import create_amendment, end_amendment
from plans.text.steps.autosaves import drop_autosave, drop_autosaves, put_autosave
from plans.text.steps.chapters import change_chapter, move_chapter, remove_chapter
from plans.text.steps.claims import add_term, answer_claim, note_claim, remove_term
from plans.text.steps.drafting import create_chapter, create_provision, move, move_all
from plans.text.steps.imports import add_items, edit_drafts, place_all
from plans.text.steps.notes import add_note, resolve_note
from plans.text.steps.standards import place_standard

__all__ = [
    "add_items",
    "add_note",
    "add_term",
    "answer_claim",
    "change_chapter",
    "create_amendment",
    "create_chapter",
    "create_provision",
    "drop_autosave",
    "drop_autosaves",
    "edit_drafts",
    "end_amendment",
    "move",
    "move_all",
    "move_chapter",
    "note_claim",
    "place_all",
    "place_standard",
    "put_autosave",
    "remove_chapter",
    "remove_term",
    "resolve_note",
]
