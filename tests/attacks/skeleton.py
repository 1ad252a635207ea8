"""What a page is made of, without its words: elements, attributes, addresses.

Two pages of one view have the same skeleton when their rows differ in words only. Prose (Markdown)
and word differences make elements of their own out of words: those are held to a short list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import html

from tests.attacks.laid_hostile import words

PROSE = "x-prose"  # put around what the Markdown filter makes
PROSE_TAGS = words(
    "p br ol ul li strong em code pre blockquote a div table thead tbody tr th td mark"
)
PROSE_ATTRIBUTES = words("href rel title lang start class role tabindex aria-label scope")
PROSE_CLASSES = frozenset({"table-region", "table table--few", "text-end", "text-center"})
# Made out of words by differences, by line breaks and by the search's marks.
OF_WORDS = words("ins del mark br p wbr")
OF_WORDS_ATTRIBUTES = frozenset({"class", "id", "lang"})
# Attributes whose value is an address: what it leads to must not come from words.
ADDRESSES = words(
    "href src action formaction poster data srcset cite background ping xlink:href manifest"
    " hx-get hx-post hx-put hx-delete hx-patch hx-action longdesc"
)
# Attributes that hold words.
WORDS = words(
    "title value placeholder alt aria-label content label data-label aria-description summary"
    " aria-valuetext cols rows size"
)
# Made anew whenever they are read or ordered by chance.
NEW = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DRAWN = "data:image/svg+xml;base64,"  # the code that an authenticator reads, in an <img>


@dataclass
class Shape:
    """The elements of a page in their order, and what is against the rules in any case."""

    parts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def shape_of(page: bytes | str) -> Shape:
    """Parsed as HTML 5 tokens are."""
    if not page.strip():
        return Shape()
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    root = html.document_fromstring(page, parser=parser)
    found = Shape()
    for depth, element in _walk(root, 0, found):
        found.parts.append(f"{depth} {_told(element, found)}")
    return found


def _walk(
    element: html.HtmlElement, depth: int, found: Shape
) -> Iterator[tuple[int, html.HtmlElement]]:
    """Every element that does not come from words; what comes from words is judged on the way."""
    waiting = [(depth, element)]
    while waiting:
        depth, one = waiting.pop()
        if not isinstance(one.tag, str):
            found.parts.append(f"{depth} {'comment' if one.tag is html.etree.Comment else 'pi'}")
            continue
        if one.tag == PROSE:
            found.faults += [fault for child in one.iterdescendants() for fault in _prose(child)]
            continue
        if one.tag in ("ins", "del"):
            found.faults += [fault for child in one.iterdescendants() for fault in _piece(child)]
        is_of_words = one.tag in OF_WORDS and set(one.attrib) <= OF_WORDS_ATTRIBUTES
        if not is_of_words:
            yield depth, one
        if one.tag in ("ins", "del"):
            continue
        below = depth if is_of_words else depth + 1
        waiting += [(below, child) for child in reversed(one)]


def _told(element: html.HtmlElement, found: Shape) -> str:
    """Tag and attributes; of an address where it leads, of words nothing."""
    said = []
    for name, value in sorted(element.attrib.items()):
        if name.startswith("on") or name == "style":
            found.faults.append(f"<{element.tag} {name}>")
        if name in ADDRESSES or name.endswith("href"):
            said.append(f"{name}={_place(value)}")
        elif name in WORDS or (name.startswith("data-") and "hx-" not in name):
            said.append(name)
        else:
            said.append(f"{name}={NEW.sub('', value)}")
    return " ".join([element.tag, *said])


def _place(address: str) -> str:
    """Scheme, host and path; what follows a question mark may hold words."""
    if address.startswith(DRAWN):
        return DRAWN
    parts = urlsplit(address.strip())
    return NEW.sub("", f"{parts.scheme}://{parts.netloc}{parts.path}")


def _prose(element: html.HtmlElement) -> Iterator[str]:
    """What is wrong with an element made from Markdown."""
    if element.tag not in PROSE_TAGS:
        yield f"<{element.tag}> in prose"
        return
    for name, value in element.attrib.items():
        if name not in PROSE_ATTRIBUTES:
            yield f"<{element.tag} {name}> in prose"
        if name == "class" and value not in PROSE_CLASSES:
            yield f"<{element.tag} class={value}> in prose"
        if name == "href" and urlsplit(value).scheme not in ("http", "https", ""):
            yield f"<a href={value}> in prose"


def _piece(element: html.HtmlElement) -> Iterator[str]:
    if (element.tag, dict(element.attrib)) != ("span", {"class": "visually-hidden"}):
        yield f"<{element.tag} {dict(element.attrib)}> in a difference"


def first_difference(before: Shape, after: Shape) -> str:
    """Where two pages part; empty where they do not."""
    for place, (one, other) in enumerate(zip(before.parts, after.parts, strict=False)):
        if one != other:
            around = " | ".join(after.parts[max(place - 2, 0) : place])
            return f"{around} | {one} -> {other}"[:600]
    if len(before.parts) != len(after.parts):
        longer = max(before.parts, after.parts, key=len)
        return f"{len(before.parts)} -> {len(after.parts)}: {longer[-1]}"
    return ""
