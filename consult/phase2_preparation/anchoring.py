"""Where a comment on one wording belongs in a later state of the text. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from consult.phase2_preparation.enums import Anchoring, QuoteState
from consult.phase2_preparation.quotes import Quote, reads


@dataclass(frozen=True, kw_only=True)
class State:
    """One item in one state of the text: its wording (equal ones are equal), number and texts."""

    wording: Hashable
    number: str
    texts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Pin:
    """What was commented on; `item` is None for a comment on the whole."""

    item: int | None
    state: State | None = None
    quote: Quote | None = None


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """How a comment stands to the later state, the items it belongs to, and its passage."""

    standing: Anchoring
    items: tuple[int, ...] = ()
    quote: QuoteState = QuoteState.NONE


def anchor(
    pin: Pin, *, now: Mapping[int, State], continuations: Mapping[int, Sequence[int]]
) -> Anchor:
    """Where `pin` belongs among the items of `now`.

    `continuations` says which items an item was split, merged or replaced into; they are followed
    until they are items of `now`.
    """
    if pin.item is None or pin.state is None:
        return Anchor(standing=Anchoring.SAME)
    if pin.item not in now:
        items = heirs(pin.item, now=now, continuations=continuations)
        standing = Anchoring.CONTINUED if items else Anchoring.GONE
        return Anchor(standing=standing, items=items, quote=_best(pin.quote, items, now))
    state = now[pin.item]
    if state.wording == pin.state.wording:
        standing = Anchoring.SAME if state.number == pin.state.number else Anchoring.MOVED
        found = QuoteState.FOUND if pin.quote else QuoteState.NONE
        return Anchor(standing=standing, items=(pin.item,), quote=found)
    items = (pin.item, *heirs(pin.item, now=now, continuations=continuations))
    return Anchor(standing=Anchoring.CHANGED, items=items, quote=_best(pin.quote, items, now))


def heirs(
    item: int, *, now: Mapping[int, State], continuations: Mapping[int, Sequence[int]]
) -> tuple[int, ...]:
    """The items of `now` that go on with `item`, nearest first, each once."""
    found: list[int] = []
    met, row = {item}, [item]
    while row:
        following: list[int] = []
        for one in row:
            for heir in continuations.get(one, ()):
                if heir in met:
                    continue
                met.add(heir)
                (found if heir in now else following).append(heir)
        row = following
    return tuple(found)


def _best(quote: Quote | None, items: Sequence[int], now: Mapping[int, State]) -> QuoteState:
    """How much of the passage stands in any of the items."""
    if quote is None:
        return QuoteState.NONE
    states = [quote_state(quote, now[one].texts) for one in items]
    return next((one for one in (QuoteState.FOUND, QuoteState.CHANGED) if one in states), LOST)


LOST = QuoteState.GONE


def quote_state(quote: Quote, texts: Mapping[str, str]) -> QuoteState:
    """Found as it was; changed where a run of at least half of it still stands; else gone."""
    text = texts.get(quote.language, "")
    if reads(text, quote.text):
        return QuoteState.FOUND
    half = (len(quote.text) + 1) // 2
    windows = (quote.text[at : at + half] for at in range(len(quote.text) - half + 1))
    return QuoteState.CHANGED if any(one in text for one in windows) else QuoteState.GONE
