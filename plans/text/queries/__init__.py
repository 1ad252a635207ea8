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

__all__ = [
    "Article",
    "Choice",
    "articles",
    "chapter_names",
    "chapters_of",
    "codes_in",
    "contents",
    "exported",
    "get_chapter",
    "get_provision",
    "outline",
    "provisions_of",
    "published_entry",
    "units",
]
