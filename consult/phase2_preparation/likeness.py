"""Which comments say the same: identical or near-identical texts. Pure.

Two texts are near-identical when the share of bigrams they have in common (Dice: twice the common
ones over all of both) reaches a threshold; bigrams need no word boundaries, so this holds for Chinese
as for English.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping

THRESHOLD = 0.85
# A bigram that stands in more texts than this tells little, and comparing all of them costs much.
MOST_SHARING = 200


def normalised(text: str) -> str:
    """The text without spaces, punctuation, width and case: what counts as identical."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in wide if unicodedata.category(c)[0] not in "ZPCS")


def bigrams(text: str) -> Counter[str]:
    plain = normalised(text)
    if len(plain) < 2:
        return Counter([plain] if plain else [])
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1))


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1: 1 for identical ones, the same in both directions."""
    if normalised(one) == normalised(other):
        return 1.0
    return _dice(bigrams(one), bigrams(other))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def alike(texts: Mapping[int, str], *, threshold: float = THRESHOLD) -> list[list[int]]:
    """Ids of texts that say the same, as sorted groups of two or more, in order; empty texts none.

    Identical texts are found by their normalised form. Of different ones only those are compared
    whose length alone does not rule them out and that share a rare bigram.
    """
    same: dict[str, list[int]] = defaultdict(list)
    for pk in sorted(texts):
        plain = normalised(texts[pk])
        if plain:
            same[plain].append(pk)
    kinds = list(same)
    parents = list(range(len(kinds)))
    for one, other in _pairs([bigrams(kind) for kind in kinds], threshold):
        parents[_root(parents, other)] = _root(parents, one)
    groups: dict[int, list[int]] = defaultdict(list)
    for at, kind in enumerate(kinds):
        groups[_root(parents, at)] += same[kind]
    return sorted(sorted(ids) for ids in groups.values() if len(ids) > 1)


def _pairs(grams: list[Counter[str]], threshold: float) -> list[tuple[int, int]]:
    """Pairs of texts that are near-identical."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, counts in enumerate(grams):
        for gram in counts:
            holders[gram].append(at)
    asked: set[tuple[int, int]] = set()
    for at, counts in enumerate(grams):
        # Of two alike texts each has few bigrams the other lacks: its rarest ones suffice to meet.
        rare = sorted(counts, key=lambda gram: (len(holders[gram]), gram))
        lacking = int((1 - threshold) * 2 * counts.total()) + 1
        for gram in rare[:lacking]:
            if len(holders[gram]) <= MOST_SHARING:
                asked.update((min(at, o), max(at, o)) for o in holders[gram] if o != at)
    return [pair for pair in sorted(asked) if _near(grams[pair[0]], grams[pair[1]], threshold)]


def _near(one: Counter[str], other: Counter[str], threshold: float) -> bool:
    low, high = sorted((one.total(), other.total()))
    if 2 * low < threshold * (low + high):
        return False
    return _dice(one, other) >= threshold


def _root(parents: list[int], at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at
