"""Drafting: chapters and provisions of the working draft."""

from plans.text.actions.claims import add_term, answer_claim, remove_term
from plans.text.actions.drafting import (
    add_chapter,
    add_provision,
    edit_provision,
    move_provision,
    remove_provision,
)
from plans.text.actions.lineage import merge_provisions, replace_provision, split_provision

__all__ = [
    "add_chapter",
    "add_provision",
    "add_term",
    "answer_claim",
    "edit_provision",
    "merge_provisions",
    "move_provision",
    "remove_provision",
    "remove_term",
    "replace_provision",
    "split_provision",
]
