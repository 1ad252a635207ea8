"""Reading rounds, replies and comments."""

from consult.phase2_preparation.queries.comments import (
    Article,
    Wording,
    articles_of,
    get_draft,
    next_number,
    visible_comments,
    visible_drafts,
    with_unit,
    wording_of,
)
from consult.phase2_preparation.queries.progress import Invited, progress
from consult.phase2_preparation.queries.replies import (
    get_letter,
    visible_replies,
)
from consult.phase2_preparation.queries.rounds import (
    deadline_of,
    due_rounds,
    entries_by_key,
    get_round,
    is_past,
    last_round_on,
    own_code,
    past_rounds,
    revealed,
    rounds_of,
    scope_of,
    takes_replies,
)

__all__ = [
    "Article",
    "Invited",
    "Wording",
    "articles_of",
    "deadline_of",
    "due_rounds",
    "entries_by_key",
    "get_draft",
    "get_letter",
    "get_round",
    "is_past",
    "last_round_on",
    "next_number",
    "own_code",
    "past_rounds",
    "progress",
    "revealed",
    "rounds_of",
    "scope_of",
    "takes_replies",
    "visible_comments",
    "visible_drafts",
    "visible_replies",
    "with_unit",
    "wording_of",
]
