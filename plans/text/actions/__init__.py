"""Drafting: chapters and provisions of the working draft."""

from plans.text.actions.drafting import (
    add_chapter,
    add_provision,
    edit_provision,
    move_provision,
    remove_provision,
)
from plans.text.actions.lineage import (
    merge_provisions,
    replace_provision,
    split_provision,
)
from plans.text.actions.standards import (
    add_standard,
    edit_standard,
    edit_standards,
    import_standards,
    remove_standard,
)

__all__ = [
    "add_chapter",
    "add_provision",
    "add_standard",
    "edit_provision",
    "edit_standard",
    "edit_standards",
    "import_standards",
    "merge_provisions",
    "move_provision",
    "remove_provision",
    "remove_standard",
    "replace_provision",
    "split_provision",
]
