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

__all__ = [
    "Article",
    "articles",
    "chapters_of",
    "codes_in",
    "contents",
    "get_chapter",
    "get_provision",
    "outline",
    "provisions_of",
    "published_entry",
    "units",
]
