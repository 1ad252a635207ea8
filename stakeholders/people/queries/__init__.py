"""Who may act for whom."""

from stakeholders.people.queries.again import actor_again
from stakeholders.people.queries.mandates import (
    actor_of,
    actor_without_mandate,
    actors_of,
    coordinators_of,
    get_held_mandate,
    held_mandates,
    mandates_of,
    mandates_to_remind,
    own_mandates,
    own_tokens,
    people_of,
)

__all__ = [
    "actor_again",
    "actor_of",
    "actor_without_mandate",
    "actors_of",
    "coordinators_of",
    "get_held_mandate",
    "held_mandates",
    "mandates_of",
    "mandates_to_remind",
    "own_mandates",
    "own_tokens",
    "people_of",
]
