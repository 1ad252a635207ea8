"""How a list may be sorted: the order stands in the address, as `sort=area` or `sort=-area`."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Column:
    """A heading with the address of its next order; `order` is a value of aria-sort or ""."""

    label: str
    url: str
    order: str
    is_number: bool


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One column to sort by; figures begin with the greatest."""

    label: str | Promise
    is_number: bool = False


def asked_order(query: QueryDict, offers: Mapping[str, Offer], *, default: str) -> str:
    """The order the address asks for, or the default when it asks for none that is offered."""
    asked = query.get("sort", "")
    return asked if asked.removeprefix("-") in offers else default


def columns(query: QueryDict, offers: Mapping[str, Offer], *, order: str) -> list[Column]:
    """The headings; choosing the present one turns its order round. Paging starts again."""
    found = []
    for key, offer in offers.items():
        first = f"-{key}" if offer.is_number else key
        turned = order.removeprefix("-") if order.startswith("-") else f"-{order}"
        is_present = order.removeprefix("-") == key
        address = query.copy()
        address.pop("page", None)
        address["sort"] = turned if is_present else first
        word = "descending" if order.startswith("-") else "ascending"
        found.append(
            Column(
                label=str(offer.label),
                url=f"?{address.urlencode()}",
                order=word if is_present else "",
                is_number=offer.is_number,
            )
        )
    return found
