"""Reading the working draft: chapters, provisions in order, and their places in a revision."""

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
from plans.text.queries.export import Choice, chapter_names, exported
from plans.text.queries.imports import Draft, get_import, imports_of, present_draft

__all__ = [
    "Article",
    "Choice",
    "Draft",
    "articles",
    "chapter_names",
    "chapters_of",
    "codes_in",
    "contents",
    "exported",
    "get_chapter",
    "get_import",
    "get_provision",
    "imports_of",
    "outline",
    "present_draft",
    "provisions_of",
    "published_entry",
    "units",
]
