"""Addresses whose mail came back."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.db.models.functions import Lower

from stakeholders.notices.models import ReturnedAddress
from stakeholders.terms.actor import Actor


def returned_among(*, addresses: Iterable[str]) -> dict[str, str]:
    """Which of the addresses mail came back from for good: address in small letters -> why."""
    small = {address.lower() for address in addresses}
    rows = ReturnedAddress.objects.annotate(small=Lower("address"))
    found = rows.filter(small__in=small, cleared_at__isnull=True)
    return dict(found.values_list("small", "reason"))


def stopped_addresses() -> QuerySet[ReturnedAddress]:
    """The addresses nothing is sent to."""
    return ReturnedAddress.objects.filter(cleared_at__isnull=True)


def is_stopped(*, actor: Actor, address: str) -> bool:
    """Whether mail to the acting person's own address is stopped because it came back."""
    if actor.user_id is None:
        return False
    return stopped_addresses().filter(address__iexact=address).exists()
