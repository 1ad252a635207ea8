"""Text blocks filled in for one comment, and comment numbers packed into one field. Pure."""

from collections.abc import Iterable

ARTICLE, UNIT = "{article}", "{unit}"
MOST_NUMBERS = 100_000
_BETWEEN, _TO = ",", "-"


def filled(text: str, *, article: str, unit: str) -> str:
    """`text` with its placeholders replaced; anything else in braces stays as it stands."""
    parts = text.split(ARTICLE)
    return article.join(part.replace(UNIT, unit) for part in parts)


def packed(numbers: Iterable[int]) -> str:
    """Numbers as ranges, so that a form of 10,000 comments has one field: `1-50,53`."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return _BETWEEN.join(str(a) if a == b else f"{a}{_TO}{b}" for a, b in found)


def unpacked(text: str) -> list[int]:
    """The numbers of `packed`, in order. What is no range of numbers is left out."""
    found: set[int] = set()
    for part in text.split(_BETWEEN):
        first, _, last = part.strip().partition(_TO)
        if not _is_number(first) or not _is_number(last or first):
            continue
        low, high = int(first), int(last or first)
        if high - low + len(found) < MOST_NUMBERS:
            found.update(range(low, high + 1))
    return sorted(found)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
