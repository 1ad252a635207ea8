"""Drafting: chapters and provisions of the working draft."""

from plans.text.actions.amendments import (
    apply_amendment,
    decline_amendment,
    propose_amendment,
    withdraw_amendment,
)
from plans.text.actions.autosave import (
    discard_typed_edit,
    discard_typed_provision,
    forget_typed,
    keep_typed_edit,
    keep_typed_provision,
)
from plans.text.actions.chapters import edit_chapter, move_chapter, remove_chapter
from plans.text.actions.claims import add_term, answer_claim, remove_term
from plans.text.actions.drafting import (
    add_chapter,
    add_provision,
    edit_provision,
    move_provision,
    remove_provision,
)
from plans.text.actions.importing import (
    compare_again,
    correct_row,
    drop_import,
    import_text,
    start_import,
    take_changes,
)
from plans.text.actions.lineage import merge_provisions, replace_provision, split_provision
from plans.text.actions.moving import move_provisions
from plans.text.actions.notes import add_note, resolve_note
from plans.text.actions.standards import (
    add_standard,
    edit_standard,
    edit_standards,
    import_standards,
    remove_standard,
)

__all__ = [
    "add_chapter",
    "add_note",
    "add_provision",
    "add_standard",
    "add_term",
    "answer_claim",
    "apply_amendment",
    "compare_again",
    "correct_row",
    "decline_amendment",
    "discard_typed_edit",
    "discard_typed_provision",
    "drop_import",
    "edit_chapter",
    "edit_provision",
    "edit_standard",
    "edit_standards",
    "forget_typed",
    "import_standards",
    "import_text",
    "keep_typed_edit",
    "keep_typed_provision",
    "merge_provisions",
    "move_chapter",
    "move_provision",
    "move_provisions",
    "propose_amendment",
    "remove_chapter",
    "remove_provision",
    "remove_standard",
    "remove_term",
    "replace_provision",
    "resolve_note",
    "split_provision",
    "start_import",
    "take_changes",
    "withdraw_amendment",
]
