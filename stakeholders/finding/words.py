"""What was typed into a search as terms, and where a text holds them. Pure; no Django.

A text holds a term when the plain form of the text has the plain form of the term in it. The SQL
function `grams` makes the same pairs of characters as `grams` here: a test compares the two.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# What counts as a space beside the space itself; NFKC makes spaces of most others.
SEPARATORS = "\t\n\x0b\f\r\x85\u1680\u2028\u2029"
SPACES = str.maketrans(SEPARATORS, " " * len(SEPARATORS))
CAPITALS = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
PHRASES = re.compile(r'"([^"]*)"|“([^“”]*)”|「([^「」]*)」|([^\s"“”「」]+)')
# A longer text has one mark instead of its pairs, and is always looked at whole.
LONGEST = 100_000
UNBROKEN = " "
SHOWN = 160  # characters of a text beside what was found
BEFORE = 40


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it is what was searched for."""

    text: str
    is_found: bool = False


def plain(text: str) -> str:
    """The form in which texts are compared: NFKC, A to Z small, every kind of space a space.

    Only the letters A to Z: what a small letter is elsewhere depends on language and server.
    """
    return unicodedata.normalize("NFKC", text).translate(CAPITALS).translate(SPACES)


def terms_of(text: str) -> list[str]:
    """The terms in plain form, each once: what stands in quotation marks is one with its spaces."""
    found: dict[str, None] = {}
    for groups in PHRASES.findall(text.translate(SPACES)):
        *quoted, word = groups
        said = plain(next((one for one in quoted if one), word))
        # What was one sign can have become two words.
        parts = [" ".join(said.split(" ")).strip()] if not word else said.split(" ")
        found |= dict.fromkeys(re.sub(" +", " ", one) for one in parts)
    return [one for one in found if one]


def is_too_short(terms: Sequence[str]) -> bool:
    """Whether there is nothing but single letters, digits or signs, which every text holds."""
    return all(len(one) == 1 and one.isascii() for one in terms)


def grams(text: str) -> set[str]:
    """Every two neighbours in the plain text that are no space; the last before a space alone."""
    if len(text) > LONGEST:
        return {UNBROKEN}
    said = plain(text) + " "
    pairs = pairwise(said)
    return {first if second == " " else first + second for first, second in pairs if first != " "}


def is_settled(term: str) -> bool:
    """Whether the pairs alone tell that a text holds the term."""
    return len(term) <= 2 and " " not in term


def tsquery(terms: Iterable[str]) -> str:
    """The terms as a PostgreSQL tsquery over `grams`: all of their pairs, or a text too long."""
    wanted = dict.fromkeys(pair for term in terms for pair in _pairs(term))
    return f"({' & '.join(wanted)}) | {_lexeme(UNBROKEN)}"


def _pairs(term: str) -> Iterator[str]:
    for word in term.split(" "):
        if len(word) == 1:
            yield f"{_lexeme(word)}:*"  # a pair that begins with it, or it alone
        yield from (_lexeme(word[at : at + 2]) for at in range(len(word) - 1))


def _lexeme(text: str) -> str:
    doubled = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def spans(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where `text` itself, not its plain form, holds the terms: from and to, in order, apart.

    None where the plain form cannot be told sign by sign (rare scripts that join signs).
    """
    starts, said = _aligned(text)
    found = []
    for term in terms:
        at = said.find(term)
        while at >= 0:
            found.append((starts[at][0], starts[at + len(term) - 1][1]))
            at = said.find(term, at + 1)
    merged: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _aligned(text: str) -> tuple[list[tuple[int, int]], str]:
    """For each character of the plain form from and to in `text`; ([], "") where it cannot be."""
    starts: list[tuple[int, int]] = []
    said = []
    for first, last in _clusters(text):
        one = plain(text[first:last])
        said.append(one)
        starts += [(first, last)] * len(one)
    joined = "".join(said)
    return (starts, joined) if joined == plain(text) else ([], "")


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Signs with what is written on them, which normalization may join to one."""
    first = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _joins(text[at]):
            yield first, at
            first = at


def _joins(one: str) -> bool:
    is_jamo = "\u1160" <= one <= "\u11ff"
    return one > "\u02ff" and (is_jamo or unicodedata.combining(one) > 0 or one in "\uff9e\uff9f")


def snippet(texts: Iterable[str], terms: Sequence[str]) -> list[Piece]:
    """A passage of the first text that holds a term, with what was found marked; else the
    beginning of the first text."""
    given = [one for one in texts if one]
    for text in given:
        marks = spans(text, terms)
        if marks:
            return _passage(text, marks)
    beginning = given[0] if given else ""
    return [Piece(_cut(beginning, 0, SHOWN))] if beginning else []


def marked(text: str, terms: Sequence[str]) -> list[Piece]:
    """The whole text with what was found marked."""
    pieces, at = [], 0
    for first, last in spans(text, terms):
        pieces += [Piece(text[at:first]), Piece(text[first:last], is_found=True)]
        at = last
    return [one for one in [*pieces, Piece(text[at:])] if one.text]


def _passage(text: str, marks: Sequence[tuple[int, int]]) -> list[Piece]:
    start = max(0, marks[0][0] - BEFORE)
    end = max(start + SHOWN, marks[0][1])
    pieces, at = [], start
    for first, last in marks:
        if last > end:
            break
        pieces += [Piece(text[at:first]), Piece(text[first:last], is_found=True)]
        at = last
    pieces.append(Piece(text[at:end]))
    if start:
        pieces.insert(0, Piece("…"))
    if end < len(text):
        pieces.append(Piece("…"))
    return [one for one in pieces if one.text]


def _cut(text: str, start: int, end: int) -> str:
    return text[start:end] + ("…" if end < len(text) else "")
