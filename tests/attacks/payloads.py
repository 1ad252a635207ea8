"""Texts that try to become script: made by classes, the same ones in every run.

Each sets `__pwned` or asks for an address with `canary` in it, so that a browser can tell. Database
text holds no byte 0; the other controls are there.
"""

from collections.abc import Iterator, Sequence

from tests.attacks.payload_classes import (
    ADDRESSES,
    AFTER_PREFIX,
    DISGUISED,
    DRAWN,
    ELEMENTS,
    IN_MARKDOWN,
    INSIDE,
    LIVE,
    MARKDOWN,
    MUTATED,
    PREFIXES,
    SHORT_ONES,
    SIGNS,
    TEMPLATES,
)

RUN = "__pwned=1"


def _upper(text: str) -> str:
    """The names of elements and attributes in large letters; what runs stays as it is."""
    return "=".join(part.upper() if RUN not in part else part for part in _apart(text))


def _apart(text: str) -> list[str]:
    """Split at each `=` that is not the one of what runs."""
    return [part.replace("\0", RUN) for part in text.replace(RUN, "\0").split("=")]


ENCODED = {
    "plain": lambda text: text,
    "slashes": lambda text: text.replace(" ", "/"),
    "tabs": lambda text: text.replace(" ", "\t"),
    "lines": lambda text: text.replace(" ", "\n"),
    "feeds": lambda text: text.replace(" ", "\x0c"),
    "entities": lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    "hexadecimal": lambda text: text.replace("<", "&#x3c;").replace(">", "&#x3e;"),
    "unended": lambda text: text.replace("<", "&#60").replace(">", "&#62"),
    "twice": lambda text: text.replace("<", "&amp;lt;").replace(">", "&amp;gt;"),
    "percent": lambda text: text.replace("<", "%3C").replace(">", "%3E"),
    "escapes": lambda text: text.replace("<", "\\u003c").replace(">", "\\u003e"),
    "wide": lambda text: text.replace("<", "＜").replace(">", "＞"),
    "open": lambda text: text.removesuffix(">"),
    "doubled": lambda text: text.replace("<", "<<"),
    "nested": lambda text: text.replace("<", "<x<", 1),
    "large": _upper,
}


def _disguised() -> Iterator[str]:
    """A sign that some program drops, in the name, before it, before the end and in the address."""
    for sign in SIGNS.values():
        for text in DISGUISED:
            yield f"<{sign}{text[1:]}"
            yield f"{text[:3]}{sign}{text[3:]}"
        yield f"<img src=x{sign}onerror={{run}}>"
        yield f"[x](java{sign}script:{{run}})"


def _written() -> Iterator[tuple[str, str]]:
    for name, encode in ENCODED.items():
        chosen: Sequence[str] = ELEMENTS if name in ("plain", "slashes", "entities") else ()
        for text in chosen or ELEMENTS[:: 2 if name in ("large", "open", "tabs", "lines") else 4]:
            yield f"element {name}", encode(text.replace("{run}", RUN))
    for prefix in PREFIXES:
        for text in AFTER_PREFIX:
            yield "out of its place", prefix + text.replace("{run}", RUN)
    for number, template in enumerate(ADDRESSES):
        address = template.replace("{run}", RUN)
        yield "address", address
        for text in IN_MARKDOWN:
            told = text.replace("{address}", address).replace("{number}", str(number))
            yield "address in Markdown", told
    for text in _disguised():
        yield "hidden sign", text.replace("{run}", RUN)
    for kind, texts in (
        ("Markdown", MARKDOWN),
        ("drawing", DRAWN),
        ("template", TEMPLATES),
        ("htmx", LIVE),
        ("mutation", MUTATED),
        ("attribute or string", INSIDE),
        ("short", SHORT_ONES),
    ):
        for text in texts:
            yield kind, text.format(run=RUN)


def payloads() -> dict[str, str]:
    """payload -> its class, in a fixed order, each once."""
    found: dict[str, str] = {}
    for kind, text in _written():
        found.setdefault(text, kind)
    return found


ALL: tuple[str, ...] = tuple(payloads())


def _blocks(size: int) -> Iterator[str]:
    """Payloads in paragraphs of one text: the first that has any effect shows."""
    held: list[str] = []
    for one in ALL:
        if sum(len(text.encode()) + 2 for text in (*held, one)) > size:
            yield "\n\n".join(held)
            held = []
        held.append(one)
    yield "\n\n".join(held)


SHORT: tuple[str, ...] = tuple(one.format(run=RUN) for one in SHORT_ONES)
# Texts short enough for the index of a column; together they are all payloads.
BLOCKS: tuple[str, ...] = tuple(_blocks(1_500))


def fitting(length: int) -> tuple[str, ...]:
    """Those that a column of `length` characters holds whole."""
    return tuple(one for one in ALL if len(one) <= length)
