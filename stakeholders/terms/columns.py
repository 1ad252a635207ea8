"""How a list may be sorted: the order stands in the address, as `sort=area` or `sort=-area`."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from stakeholders.terms.duty import Text


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One column; figures begin with the greatest."""

    label: Text
    is_number: bool = False
    is_sortable: bool = True


@dataclass(frozen=True, kw_only=True)
class Column:
    """A heading with the address of its next order; `order` is a value of aria-sort or ""."""

    label: str
    url: str
    order: str
    is_number: bool


def asked_order(asked: str, offers: Mapping[str, Offer], *, default: str) -> str:
    """What the address asks for in `sort`, or the default when that is not offered."""
    offer = offers.get(asked.removeprefix("-"))
    return asked if offer is not None and offer.is_sortable else default


def columns(query: str, offers: Mapping[str, Offer], *, order: str) -> list[Column]:
    """The headings; choosing the present one turns its order round.

    `query` is that of the present address: its filters are kept, paging starts again.
    """
    kept = [pair for pair in parse_qsl(query) if pair[0] not in {"page", "sort"}]
    return [_column(kept, key, offer, order) for key, offer in offers.items()]


def _column(kept: list[tuple[str, str]], key: str, offer: Offer, order: str) -> Column:
    is_present = order.removeprefix("-") == key
    is_falling = order.startswith("-")
    to_fall = not is_falling if is_present else offer.is_number
    url = f"?{urlencode([*kept, ('sort', f'-{key}' if to_fall else key)])}"
    word = "descending" if is_falling else "ascending"
    return Column(
        label=str(offer.label),
        url=url if offer.is_sortable else "",
        order=word if is_present else "",
        is_number=offer.is_number,
    )
