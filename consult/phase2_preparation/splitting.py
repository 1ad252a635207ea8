"""A long letter taken apart into numbered pieces. Pure; the pieces joined are the letter."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plans.text.documents.numbers import value_of

MOST_PIECES = 200
# From the highest to the lowest: what a letter numbers its opinions with.
RANKS = (
    re.compile(r"[ \t\u3000]*[一二三四五六七八九十百]+、"),
    re.compile(r"[ \t\u3000]*[（(][一二三四五六七八九十百]+[）)]"),
    re.compile(r"[ \t\u3000]*\d{1,3}(?:[.．](?!\d)|、)"),
    re.compile(r"[ \t\u3000]*[（(]\d{1,3}[）)]"),
    re.compile(r"[ \t\u3000]*[①-⑳]"),
)
LINES = re.compile(r"[^\n]*\n|[^\n]+")
_DIGITS = r"[0-9零〇一二三四五六七八九十百千两]+"
_ARTICLE = re.compile(
    rf"第\s*({_DIGITS})\s*条|\b(?:Article|Art\.|Clause|Provision)\s*(\d+)", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of the letter: its exact text, the number it begins with, the article it names."""

    text: str
    number: str = ""
    article: str = ""

    @property
    def words(self) -> str:
        """The text without its number and the space around it."""
        body = self.text.lstrip()
        return body.removeprefix(self.number).strip() if self.number else body.strip()


def pieces_of(text: str) -> list[Piece]:
    """The letter in pieces, in order: by its numbers where it has any, else by its paragraphs.

    Every number begins a piece, of whatever rank; what stands before the first is one of its own.
    Joined, the pieces' texts are the letter, character by character.
    """
    lines = LINES.findall(text)
    starts = {at for at, line in enumerate(lines) if rank_of(line) is not None}
    if not starts:
        starts = {at for at, line in enumerate(lines) if line.strip()}
    return [_piece("".join(lines[begin:end])) for begin, end in _spans(starts, len(lines))]


def _spans(starts: Iterable[int], end: int) -> list[tuple[int, int]]:
    """From each start to the next; what stands before the first is a span of its own, or, where
    nothing begins at all, everything."""
    if not end:
        return []
    marks = sorted({0, *starts})
    return list(zip(marks, [*marks[1:], end], strict=True))


def rank_of(line: str) -> int | None:
    """The place in RANKS of the number a line begins with, or None."""
    return next((at for at, rank in enumerate(RANKS) if rank.match(line)), None)


def _piece(text: str) -> Piece:
    rank = rank_of(text)
    found = RANKS[rank].match(text) if rank is not None else None
    number = found.group().strip() if found else ""
    return Piece(text=text, number=number, article=article_in(text))


def article_in(text: str) -> str:
    """The number of the first article a text names (“第十二条”, “Article 12”) in digits, or ""."""
    found = _ARTICLE.search(text)
    if found is None:
        return ""
    value = value_of(found.group(1) or found.group(2))
    return str(value) if value else ""
