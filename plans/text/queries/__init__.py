"""Reading the working draft: chapters, provisions in order, and their places in a revision."""

from plans.text.queries.claims import (
    Claimed,
    answering_parties,
    claims_in,
    claims_of,
    confirmed_claims,
    get_claim,
    get_term,
    terms_of,
    version_of,
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

__all__ = [
    "Article",
    "Claimed",
    "answering_parties",
    "articles",
    "chapters_of",
    "claims_in",
    "claims_of",
    "codes_in",
    "confirmed_claims",
    "contents",
    "get_chapter",
    "get_claim",
    "get_provision",
    "get_term",
    "outline",
    "provisions_of",
    "published_entry",
    "terms_of",
    "units",
    "version_of",
]
