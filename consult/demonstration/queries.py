"""Reading what the demonstration holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from consult.demonstration.reading import by_key
from plans.register.models import Plan

PASSWORD = "jointplan-demonstration"  # noqa: S105 - stated on purpose, for loopback only
# Who a visitor signs in as first; the other people of the story have the same password.
SHOWN = (
    (_("Signatories"), ("U03", "U08", "U11")),
    (_("Contact point and signatory of a province"), ("U15", "U14")),
    (_("Contact points and planners"), ("U04", "U05", "U09", "U12", "U19")),
    (_("Joint office and administrator"), ("U01", "U28")),
)


@dataclass(frozen=True, kw_only=True)
class Account:
    """One demonstration account."""

    name_en: str
    name_zh: str
    email: str
    password: str = PASSWORD


def accounts() -> Sequence[tuple[object, Sequence[Account]]]:
    """(heading, accounts) to show, in the order in which a visitor wants them."""
    people = by_key("people", "person_id")
    return [(heading, [_account(people[key]) for key in keys]) for heading, keys in SHOWN]


def _account(person: Mapping[str, str]) -> Account:
    return Account(name_en=person["name_en"], name_zh=person["name_zh"], email=person["login"])


def is_loaded() -> bool:
    """Whether a demonstration plan exists."""
    return Plan.objects.filter(is_demonstration=True).exists()
