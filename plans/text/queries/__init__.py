"""Reading the working draft: chapters, provisions in order, and their places in a revision."""

from plans.text.queries.autosaves import (
    typed_in_chapter,
    typed_in_provision,
)
from plans.text.queries.chapters import (
    Shelf,
    articles_in,
    numbers_of,
    renumbered,
    shelves_of,
)
from plans.text.queries.drafting import (
    Article,
    articles,
    chapters_of,
    codes_in,
    contents,
    get_chapter,
    get_provision,
    outline,
    provisions_of,
    published_entry,
    units,
)
from plans.text.queries.notes import (
    Note,
    get_note,
    notes_of,
    open_notes,
)
from plans.text.queries.saves import (
    FieldChange,
    Save,
    changes_between,
    mandates_by_id,
    save_at,
    saves_of,
)

__all__ = [
    "Article",
    "FieldChange",
    "Note",
    "Save",
    "Shelf",
    "articles",
    "articles_in",
    "changes_between",
    "chapters_of",
    "codes_in",
    "contents",
    "get_chapter",
    "get_note",
    "get_provision",
    "mandates_by_id",
    "notes_of",
    "numbers_of",
    "open_notes",
    "outline",
    "provisions_of",
    "published_entry",
    "renumbered",
    "save_at",
    "saves_of",
    "shelves_of",
    "typed_in_chapter",
    "typed_in_provision",
    "units",
]
