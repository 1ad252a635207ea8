"""A passage of a wording: found as a reader selected it, kept as the text has it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# What a page shows of a text has other spaces than the text, and no signs of Markdown.
UNSEEN = frozenset("*_#`|>~\\")
MOST = 2_000
# What a page draws instead of showing: the rule under the heads of a table, the signs of a list.
_DRAWN = re.compile(
    r"^[ \t>]*(?:\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t:-]*$|(?:\d{1,9}[.)]|[-+])[ \t])", re.M
)


@dataclass(frozen=True, kw_only=True)
class Quote:
    """The exact words, their language, and which of the equal passages it is, from 1."""

    text: str
    language: str
    at: int = 1


def locate(texts: Mapping[str, str], selected: str, *, before: str = "") -> Quote | None:
    """The passage of one of `texts` (language -> text) that reads as `selected`, or None.

    Spaces and signs of Markdown count for nothing; those of tables and lists only where the
    passage is not found with them. Of equal passages the one is meant whose text
    before it agrees longest with `before`, the first of those.
    """
    return _located(texts, selected, before) or _located(texts, selected, before, is_drawn=True)


def _located(
    texts: Mapping[str, str], selected: str, before: str, *, is_drawn: bool = False
) -> Quote | None:
    needle, lead = _seen(selected)[0], _seen(before)[0]
    if not needle:
        return None
    best: tuple[int, Quote] | None = None
    for language, text in texts.items():
        seen, places = _seen(text, is_drawn=is_drawn)
        for start in _starts(seen, needle):
            agrees = _agree(seen[:start], lead)
            if best is not None and agrees <= best[0]:
                continue
            begin, end = places[start], places[start + len(needle) - 1] + 1
            best = agrees, quote_of(text, begin, end, language=language)
    return best[1] if best else None


def quote_of(text: str, begin: int, end: int, *, language: str) -> Quote:
    """The passage from `begin` to `end`."""
    words = text[begin:end]
    return Quote(text=words, language=language, at=1 + _starts(text, words).index(begin))


def place_of(text: str, quote: Quote) -> int | None:
    """Where the passage begins in a text that holds it, or None."""
    found = _starts(text, quote.text) if quote.text else []
    return found[quote.at - 1] if 1 <= quote.at <= len(found) else None


def with_wording(text: str, quote: Quote, wording: str) -> str:
    """The text with a proposed wording in the place of the passage; as it is without the passage."""
    begin = place_of(text, quote)
    if begin is None:
        return text
    return text[:begin] + wording + text[begin + len(quote.text) :]


def reads(text: str, words: str) -> bool:
    """Whether a text holds these words, whatever its spaces and Markdown."""
    return _seen(words)[0] in _seen(text)[0]


def _seen(text: str, *, is_drawn: bool = False) -> tuple[str, list[int]]:
    """The characters a reader sees without spaces, and where each stands.

    `is_drawn`: on a page that draws tables and lists, and shows none of the signs for them.
    """
    drawn = {at for m in _DRAWN.finditer(text) for at in range(*m.span())} if is_drawn else set()
    places = [
        at
        for at, sign in enumerate(text)
        if not sign.isspace() and sign not in UNSEEN and at not in drawn
    ]
    return "".join(text[at] for at in places), places


def _starts(text: str, words: str) -> list[int]:
    """Where `words` begin in a text, overlapping ones too."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _agree(one: str, other: str) -> int:
    """How many characters both end with."""
    count = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        count += 1
    return count
