"""Drafting: chapters and provisions of the working draft."""

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

__all__ = [
    "add_chapter",
    "add_provision",
    "compare_again",
    "correct_row",
    "drop_import",
    "edit_provision",
    "import_text",
    "move_provision",
    "remove_provision",
    "start_import",
    "take_changes",
]
