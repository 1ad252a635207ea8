"""Which chapters and provisions of the draft a file means: a proposal, for a person to correct."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from plans.text.documents.assembling import AssembledChapter
from plans.text.documents.numbers import Rank, numbered, value_of

LIKE = 0.6  # of titles under the same number
_LOOSE = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class Held:
    """A chapter or provision of the draft; `number` is 0 where it has none."""

    key: str
    number: int
    title_zh: str
    text_zh: str = ""


def _bare(text: str) -> str:
    return _LOOSE.sub("", text).lower()


def alike(one: str, other: str) -> bool:
    """Whether two titles are near enough to mean the same thing."""
    a, b = _bare(one), _bare(other)
    if not a or not b:
        return False
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= LIKE


def _number(printed: str) -> int:
    found = numbered(printed)
    return found.value if found else value_of(printed.strip(" .、（）()"))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What looks for its match: a row, with what the file says of it."""

    row: int
    key: str
    number: int
    title_zh: str
    text_zh: str = ""


def match(wanted: Sequence[Wanted], held: Iterable[Held]) -> dict[int, str]:
    """Row -> key of what it replaces: by lasting key, by equal text or title, by number and a
    similar title. Nothing is replaced twice."""
    found = _Match(wanted, held)
    found.by_key()
    found.by_equal(_by_text)
    found.by_equal(_by_title)
    found.by_number()
    return found.found


class _Match:
    def __init__(self, wanted: Sequence[Wanted], held: Iterable[Held]) -> None:
        self.wanted = wanted
        self.free = {one.key: one for one in held}
        self.found: dict[int, str] = {}

    def _take(self, row: int, key: str) -> None:
        self.found[row] = key
        del self.free[key]

    def _open(self) -> list[Wanted]:
        """Those without a match; who names a lasting key that is not there is new."""
        return [one for one in self.wanted if one.row not in self.found and not one.key]

    def by_key(self) -> None:
        for one in self.wanted:
            if one.key in self.free:
                self._take(one.row, one.key)

    def by_equal(self, say: Callable[[Held | Wanted], str]) -> None:
        index: dict[str, list[str]] = {}
        for key, kept in self.free.items():
            index.setdefault(say(kept), []).append(key)
        for one in self._open():
            keys = [key for key in index.get(say(one), ()) if key in self.free]
            if say(one) and len(keys) == 1:
                self._take(one.row, keys[0])

    def by_number(self) -> None:
        numbers = {kept.number: key for key, kept in self.free.items() if kept.number}
        for one in self._open():
            kept = self.free.get(numbers.get(one.number, ""))
            if kept is None:
                continue
            if alike(one.title_zh, kept.title_zh) or alike(one.text_zh[:80], kept.text_zh[:80]):
                self._take(one.row, kept.key)


def _by_text(one: Held | Wanted) -> str:
    return _bare(one.text_zh)


def _by_title(one: Held | Wanted) -> str:
    return _bare(one.title_zh)


def wanted_chapters(chapters: Sequence[AssembledChapter]) -> list[Wanted]:
    return [
        Wanted(row=c.row, key=c.key, number=_number(c.number), title_zh=c.title_zh)
        for c in chapters
    ]


def wanted_provisions(chapters: Sequence[AssembledChapter]) -> list[Wanted]:
    """Provisions with their numbers, which count only where articles are numbered through."""
    return [
        Wanted(
            row=one.row,
            key=one.key,
            number=_number(one.number) if _is_through(one.number) else 0,
            title_zh=one.title_zh,
            text_zh=one.text_zh,
        )
        for chapter in chapters
        for one in chapter.provisions
    ]


def _is_through(printed: str) -> bool:
    found = numbered(printed)
    return found is not None and found.rank is Rank.ARTICLE


def merged_order(imported: Sequence[str], present: Sequence[str]) -> list[str]:
    """The order of a chapter: that of the file; what is not in it stays behind what it followed."""
    wanted = set(imported)
    after: dict[str, list[str]] = {}
    last = ""
    for key in present:
        if key in wanted:
            last = key
        else:
            after.setdefault(last, []).append(key)
    out = list(after.get("", ()))
    for key in imported:
        out += [key, *after.get(key, ())]
    return out
