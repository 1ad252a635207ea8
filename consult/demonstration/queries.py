"""Reading what the demonstration holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.demonstration.reading import by_key
from plans.register.models import Plan

PASSWORD = "jointplan-demonstration"  # noqa: S105 - stated on purpose, for loopback only
# Who a visitor signs in as first; the other people of the story have the same password.
SHOWN = ("U28", "U01", "U04", "U05", "U03", "U09", "U08", "U12", "U11", "U14", "U15", "U19")


@dataclass(frozen=True, kw_only=True)
class Account:
    """One demonstration account."""

    name_en: str
    name_zh: str
    email: str
    password: str = PASSWORD


def accounts() -> Sequence[Account]:
    """The accounts to show, in the order in which a visitor wants them."""
    people = by_key("people", "person_id")
    return [
        Account(
            name_en=people[key]["name_en"],
            name_zh=people[key]["name_zh"],
            email=people[key]["login"],
        )
        for key in SHOWN
    ]


def is_loaded() -> bool:
    """Whether a demonstration plan exists."""
    return Plan.objects.filter(is_demonstration=True).exists()
