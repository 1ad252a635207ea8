"""How one document marks its chapters and provisions: by styles, by numbers, or by marks."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from plans.text.documents.blocks import Block, BlockKind, Mark
from plans.text.documents.numbers import Numbered, Rank, numbered

MOST_HEADING = 60
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]")
_LADDER = (Rank.CHAPTER, Rank.FIRST, Rank.SECOND, Rank.THIRD, Rank.DOTTED, Rank.FOURTH)


class Part(StrEnum):
    TITLE = "title"
    CHAPTER = "chapter"
    SECTION = "section"
    PROVISION = "provision"
    BODY = "body"


def is_english_text(plain: str) -> bool:
    return not _HAN.search(plain) and len(_LATIN.findall(plain)) * 2 > len(plain.replace(" ", ""))


def number_of(block: Block) -> Numbered | None:
    """The number of a block, printed by Word or typed."""
    if block.kind is BlockKind.TABLE or block.number == "-":
        return None
    if block.number:
        found = numbered(f"{block.number} {block.plain}")
        # What follows the automatic number is all text, even if it looks like a number.
        return found if found and found.rest == block.plain else None
    return numbered(block.plain)


class Scheme:
    """Looked at once for the whole document, then asked for each block."""

    def __init__(self, blocks: Sequence[Block], marks: Mapping[str, Mark]) -> None:
        self.marks = marks
        chinese = [b for b in blocks if not b.is_english]
        self.is_chinese = any(_HAN.search(b.plain) for b in chinese)
        self.articles = _articles(chinese)
        self.levels = Counter(b.level for b in chinese if b.kind is BlockKind.HEADING)
        self.title = self._title(chinese)
        if self.title:
            self.levels[self._level_of_title(chinese)] -= 1
        self.ranks = {found.rank for b in chinese if (found := _likely(b))}
        self.chapter_level, self.provision_level = self._by_level(chinese)
        self.chapter_rank, self.provision_rank = self._by_rank(chinese)
        self.by_paragraph = not (
            self.articles or self.provision_level or self.provision_rank or marks
        )

    def part(self, block: Block) -> Part:
        mark = next((self.marks[n] for n in block.bookmarks if n in self.marks), None)
        if mark is not None:
            return Part.CHAPTER if mark.is_chapter else Part.PROVISION
        if block.kind is BlockKind.TITLE or block.place == self.title:
            return Part.TITLE
        if block.kind is BlockKind.TABLE or block.is_english:
            return Part.BODY
        said = block.attributes.get("class", "")
        if said in {"chapter", "provision"}:
            return Part(said)
        if self.marks:
            return Part.BODY
        return self._part_by_form(block)

    def _part_by_form(self, block: Block) -> Part:
        if block.place in self.articles:
            return Part.PROVISION
        found = _likely(block)
        if found and found.rank in {Rank.CHAPTER, Rank.SECTION}:
            return Part.CHAPTER if found.rank is Rank.CHAPTER else Part.SECTION
        if block.kind is BlockKind.HEADING:
            if self.chapter_level and block.level <= self.chapter_level:
                return Part.CHAPTER
            if self.provision_level and block.level == self.provision_level:
                return Part.PROVISION
            return Part.BODY
        if found and found.rank is self.chapter_rank:
            return Part.CHAPTER
        if found and found.rank is self.provision_rank:
            return Part.PROVISION
        return Part.BODY

    def _title(self, blocks: Sequence[Block]) -> int:
        """The place of a heading that titles the whole document, 0 when there is none."""
        first = next((b for b in blocks if b.kind is BlockKind.HEADING), None)
        if first is None or number_of(first) or first.attributes:
            return 0
        if any(b.kind is BlockKind.TITLE for b in blocks):
            return 0
        is_alone = self.levels[first.level] == 1 and first.level == min(self.levels)
        deeper = len(self.levels) > 1 or bool(self.articles)
        others = any(
            (found := _likely(b)) and found.rank is Rank.CHAPTER for b in blocks if b is not first
        )
        return first.place if is_alone and (len(self.levels) > 1 or (deeper and others)) else 0

    def _level_of_title(self, blocks: Sequence[Block]) -> int:
        return next(b.level for b in blocks if b.place == self.title)

    def _by_level(self, blocks: Sequence[Block]) -> tuple[int, int]:
        """The heading levels of chapters and provisions, 0 where styles do not tell."""
        levels = sorted(level for level, count in self.levels.items() if count > 0)
        if not levels:
            return 0, 0
        if self.articles:
            numbered_ones = [
                b.level
                for b in blocks
                if b.kind is BlockKind.HEADING
                and (found := _likely(b))
                and found.rank is Rank.CHAPTER
            ]
            plain = {
                b.level
                for b in blocks
                if b.kind is BlockKind.HEADING
                and b.place not in self.articles
                and b.place != self.title
            }
            return min(numbered_ones or plain or {0}), 0
        return levels[0], levels[1] if len(levels) > 1 else 0

    def _by_rank(self, blocks: Sequence[Block]) -> tuple[Rank | None, Rank | None]:
        """The kinds of numbers of chapters and provisions, where headings do not tell."""
        ladder = [rank for rank in _LADDER if rank in self.ranks]
        if self.articles:
            is_free = not self.chapter_level and Rank.CHAPTER not in self.ranks
            first = Rank.FIRST if is_free and self._leads(blocks) else None
            return first, None
        if self.chapter_level:
            free = [rank for rank in ladder if rank is not Rank.CHAPTER]
            return None, None if self.provision_level or not free else free[0]
        if len(ladder) < 2:
            only = ladder[0] if ladder else None
            return (only, None) if only is Rank.CHAPTER else (None, only)
        return ladder[0], ladder[1]

    def _leads(self, blocks: Sequence[Block]) -> bool:
        """Whether 一、 stands over articles, as chapters do."""
        pairs = pairwise(blocks)
        return any(
            (found := _likely(one))
            and found.rank is Rank.FIRST
            and len(one.plain) <= MOST_HEADING
            and after.place in self.articles
            for one, after in pairs
        )


def _likely(block: Block) -> Numbered | None:
    """The number of a block that may head something: of chapters and sections, short ones."""
    if block.kind in {BlockKind.TABLE, BlockKind.TITLE} or block.is_english:
        return None
    found = number_of(block)
    if found is None or found.rank is Rank.ARTICLE:
        return None
    if found.rank in {Rank.CHAPTER, Rank.SECTION}:
        is_short = len(found.rest) <= MOST_HEADING and not found.rest.endswith(("。", "；", "，"))
        is_head = block.kind is BlockKind.HEADING or bool(block.number)
        return found if is_head or (is_short and found.is_apart) else None
    return found


def _articles(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of articles. Without a gap after the number one must follow the one before:
    「第三条规定的」 at the start of a paragraph is a reference."""
    found: set[int] = set()
    last = 0
    for block in blocks:
        number = number_of(block) if block.kind is not BlockKind.TITLE else None
        if number is None or number.rank is not Rank.ARTICLE:
            continue
        is_sure = number.is_apart or block.kind is BlockKind.HEADING or bool(block.number)
        if is_sure or number.value == last + 1:
            found.add(block.place)
            last = number.value
    return frozenset(found)
