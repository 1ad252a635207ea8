"""Who may act for whom."""

from stakeholders.people.queries.accounts import (
    door_counts,
    get_kept_reset,
    kept_resets,
    resettable_people,
    second_factors_of,
    signing_paused_until,
)
from stakeholders.people.queries.invitations import (
    awaits_acceptance,
    get_kept_invitation,
    hash_of,
    invitation_of,
    kept_invitations,
    newest_invitation,
)
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
    "actor_of",
    "actor_without_mandate",
    "actors_of",
    "awaits_acceptance",
    "coordinators_of",
    "door_counts",
    "get_held_mandate",
    "get_kept_invitation",
    "get_kept_reset",
    "hash_of",
    "held_mandates",
    "invitation_of",
    "kept_invitations",
    "kept_resets",
    "mandates_of",
    "mandates_to_remind",
    "newest_invitation",
    "own_mandates",
    "own_tokens",
    "people_of",
    "resettable_people",
    "second_factors_of",
    "signing_paused_until",
]
