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
from plans.text.queries.standards import (
    StandardRow,
    check_of,
    get_standard,
    makers,
    standard_rows,
    standards_of,
    standards_outline,
)

__all__ = [
    "Article",
    "StandardRow",
    "articles",
    "chapters_of",
    "check_of",
    "codes_in",
    "contents",
    "get_chapter",
    "get_provision",
    "get_standard",
    "makers",
    "outline",
    "provisions_of",
    "published_entry",
    "standard_rows",
    "standards_of",
    "standards_outline",
    "units",
]
