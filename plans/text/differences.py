"""Differences of two texts: words for Latin script, characters for Chinese. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# A Latin word or number stays whole; every other character stands alone.
TOKENS = re.compile(r"[A-Za-z0-9À-ɏ]+(?:['’.,-][A-Za-z0-9À-ɏ]+)*|\s+|.", re.DOTALL)
# Beyond this many tokens on a side the common beginning and end are enough of an answer.
TOKEN_LIMIT = 6_000

Mark = Literal["same", "removed", "added"]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of text that stayed, went or came."""

    mark: Mark
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The two texts as one run of pieces: what stayed and went is `before`, what stayed and
    came is `after`."""
    if before == after:
        return [Piece(mark="same", text=before)] if before else []
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    found: list[tuple[Mark, str]] = [("same", "".join(old[:head]))]
    found += _middle(middle_old, middle_new)
    found.append(("same", "".join(old[len(old) - tail :])))
    return [Piece(mark=mark, text=text) for mark, text in found if text]


def _middle(old: list[str], new: list[str]) -> list[tuple[Mark, str]]:
    if max(len(old), len(new)) > TOKEN_LIMIT:
        return [("removed", "".join(old)), ("added", "".join(new))]
    found: list[tuple[Mark, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[a:b])))
        else:
            found.append(("removed", "".join(old[a:b])))
            found.append(("added", "".join(new[c:d])))
    return found


def _common(one: list[str], other: list[str]) -> int:
    """How many tokens both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
