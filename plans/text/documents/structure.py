"""From blocks to rows: which is a chapter, which a provision, which goes on with the one before.

Every block becomes a row, so that nothing is lost; a person can correct what each row is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from plans.text.documents.blocks import Block, BlockKind, Mark
from plans.text.documents.characters import escaped
from plans.text.documents.findings import Placed, note
from plans.text.documents.numbers import Numbered, Rank
from plans.text.documents.scheme import Part, Scheme, is_english_text, number_of
from plans.text.documents.titles import split_title

WHOLE = "正文"  # the chapter of provisions that stand under none
MOST_TITLE = 200
_LISTED = {"links", "demand", "concerned", "drafting"}
_FIELDS = _LISTED | {
    "title_en",
    "strength",
    "competence",
    "theme",
    "pillar",
    "function",
    "lead",
    "due",
    "evidence",
    "classification",
    "is_given",
    "given_source",
}
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|\t)\s*\d+$")

_ENGLISH_TITLE = re.compile(r"^[\[【]([^\]】\n]{1,200})[\]】]\s*(.*)$", re.DOTALL)


class RowKind(StrEnum):
    CHAPTER = "chapter"
    PROVISION = "provision"
    CONTINUATION = "continuation"
    OMITTED = "omitted"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One block and what becomes of it; `reason` says why it is left out (a code)."""

    kind: RowKind
    place: int
    number: str = ""
    title_zh: str = ""
    title_en: str = ""
    text_zh: str = ""
    text_en: str = ""
    key: str = ""
    is_tight: bool = False  # no empty line before it
    reason: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Structured:
    rows: Sequence[Row]
    findings: Sequence[Placed]
    title_zh: str = ""
    title_en: str = ""


def structure(blocks: Sequence[Block], marks: Mapping[str, Mark] | None = None) -> Structured:
    """Rows for `blocks`. `marks` (bookmark -> mark) are believed before styles and numbers."""
    return _Builder(Scheme(blocks, marks or {}), marks or {}).build(blocks)


class _Builder:
    def __init__(self, scheme: Scheme, marks: Mapping[str, Mark]) -> None:
        self.scheme, self.marks = scheme, marks
        self.rows: list[Row] = []
        self.findings: list[Placed] = []
        self.titles = ["", ""]
        self.chapter = ""  # title of the chapter that is open
        self.has_chapter = False
        self.is_open = False  # a provision is open
        self.awaits_text = False  # the row before is a heading that has no text yet
        self.last = 0  # value of the last article

    def build(self, blocks: Sequence[Block]) -> Structured:
        for index, block in enumerate(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            self._block(block, following)
        return Structured(
            rows=self.rows,
            findings=self.findings,
            title_zh=self.titles[0],
            title_en=self.titles[1],
        )

    def _note(self, kind: str, block: Block, quote: str = "") -> None:
        self.findings.append(note(kind, place=block.place, quote=quote))

    def _block(self, block: Block, following: Block | None) -> None:
        if block.is_english or self._is_paired(block):
            self._english(block)
            return
        part = self.scheme.part(block)
        if part is Part.TITLE:
            self.titles[0] = self.titles[0] or block.plain
            self._omit(block, "title")
        elif block.kind is not BlockKind.TABLE and _LEADERS.search(block.plain):
            self._omit(block, "contents")
        elif part in {Part.CHAPTER, Part.SECTION}:
            self._open_chapter(block, is_section=part is Part.SECTION)
        elif part is Part.PROVISION:
            self._provision(block, following)
        else:
            self._body(block, following)

    def _is_paired(self, block: Block) -> bool:
        """A paragraph without Chinese signs after Chinese text, where the document is Chinese."""
        if block.kind is not BlockKind.PARAGRAPH or not self.rows or not self.scheme.is_chinese:
            return False
        return (self.is_open or self.has_chapter) and is_english_text(block.plain)

    # -- rows -----------------------------------------------------------------------------------

    def _omit(self, block: Block, reason: str) -> None:
        self._add(Row(kind=RowKind.OMITTED, place=block.place, text_zh=_body(block), reason=reason))

    def _add(self, row: Row) -> None:
        self.rows.append(row)

    def _open_chapter(self, block: Block, *, is_section: bool) -> None:
        number, rest = _rest(block)
        mark = self._mark(block)
        title = rest or number
        if is_section and self.chapter:
            title = f"{self.chapter} · {title}"
            self._note("section", block)
            self._drop_empty_chapter()
        if not is_section:
            self.chapter = title
        self.has_chapter, self.is_open, self.awaits_text = True, False, True
        fields = dict(mark.fields) if mark else _said(block)
        self._unknown(block)
        if len(title) > MOST_TITLE:
            self._note("long", block, title)
        self._add(
            Row(
                kind=RowKind.CHAPTER,
                place=block.place,
                number=number,
                title_zh=title[:MOST_TITLE],
                title_en=str(fields.pop("title_en", "")),
                text_zh=title if len(title) > MOST_TITLE else "",
                key=mark.key if mark else block.attributes.get("key", ""),
                fields=fields,
            )
        )

    def _drop_empty_chapter(self) -> None:
        """A chapter that has sections only: its title stands in theirs."""
        last = self.rows[-1] if self.rows else None
        if last is not None and last.kind is RowKind.CHAPTER and last.title_zh == self.chapter:
            self.rows[-1] = replace(last, kind=RowKind.OMITTED, reason="sections")

    def _provision(self, block: Block, following: Block | None) -> None:
        found = number_of(block)
        number, rest = _rest(block)
        mark = self._mark(block)
        is_heading = block.kind is BlockKind.HEADING or mark is not None
        has_body = following is not None and self.scheme.part(following) is Part.BODY
        title, text = split_title(
            _markdown_rest(block, found), rest, is_heading=is_heading, has_body=has_body
        )
        self._sequence(block, found)
        self._unknown(block)
        fields = dict(mark.fields) if mark else _said(block)
        self._start(
            Row(
                kind=RowKind.PROVISION,
                place=block.place,
                number=number,
                title_zh=title,
                title_en=str(fields.pop("title_en", "")),
                text_zh=text,
                key=mark.key if mark else block.attributes.get("key", ""),
                fields=fields,
            ),
            block,
        )

    def _start(self, row: Row, block: Block) -> None:
        if not self.has_chapter:
            self.has_chapter = True
            self._add(Row(kind=RowKind.CHAPTER, place=block.place, title_zh=WHOLE, reason="made"))
        if row.text_zh and not row.title_zh:
            self._note("made_title", block)
        self.is_open, self.awaits_text = True, not row.text_zh
        self._add(row)

    def _sequence(self, block: Block, found: Numbered | None) -> None:
        if found is None or found.rank is not Rank.ARTICLE or not found.value:
            return
        if self.last and found.value != self.last + 1:
            self._note("order", block, found.printed)
        self.last = found.value

    def _body(self, block: Block, following: Block | None) -> None:
        if block.kind is BlockKind.HEADING and self.is_open:
            self._note("subheading", block)
            self._go_on(block, f"**{escaped(_listed(block))}**")
        elif self.is_open and not self.scheme.by_paragraph:
            self._go_on(block, _body(block))
        elif self.has_chapter or self.scheme.by_paragraph:
            goes_on = block.kind is BlockKind.TABLE or block.depth >= 0
            if self.is_open and goes_on:
                self._go_on(block, _body(block))
            else:
                has_body = following is not None and self.scheme.part(following) is Part.BODY
                title, text = split_title(
                    _body(block), block.plain, is_heading=False, has_body=has_body and not goes_on
                )
                kind = RowKind.PROVISION
                self._start(Row(kind=kind, place=block.place, title_zh=title, text_zh=text), block)
        else:
            self._note("front", block)
            self._omit(block, "front")

    def _go_on(self, block: Block, text: str) -> None:
        self.awaits_text = False
        self._add(
            Row(
                kind=RowKind.CONTINUATION,
                place=block.place,
                text_zh=text,
                is_tight=block.is_tight,
            )
        )

    def _english(self, block: Block) -> None:
        row = Row(kind=RowKind.CONTINUATION, place=block.place)
        found = number_of(block)
        if not self.rows or not (self.has_chapter or self.titles[0]):
            self._note("english", block)
            self._add(replace(row, kind=RowKind.OMITTED, text_en=_body(block), reason="front"))
        elif not self.has_chapter:
            self.titles[1] = self.titles[1] or block.plain
            self._add(replace(row, kind=RowKind.OMITTED, text_en=_body(block), reason="title"))
        elif self.awaits_text and not self.rows[-1].title_en:
            rest = found.rest if found and found.rank <= Rank.ARTICLE else block.plain
            self._add(replace(row, title_en=rest))
        else:
            rest = _markdown_rest(block, found) if _is_article(found) else _body(block)
            title = _ENGLISH_TITLE.match(rest) if _is_article(found) else None
            if title:
                row, rest = replace(row, title_en=title.group(1).strip()), title.group(2)
            self._add(replace(row, text_en=rest, is_tight=block.is_tight))

    # -- what the file says besides ---------------------------------------------------------------

    def _mark(self, block: Block) -> Mark | None:
        return next((self.marks[name] for name in block.bookmarks if name in self.marks), None)

    def _unknown(self, block: Block) -> None:
        for name in set(block.attributes) - _FIELDS - {"key", "class"}:
            self._note("attribute", block, f"{name}={block.attributes[name]}")


def _is_article(found: Numbered | None) -> bool:
    return found is not None and found.rank is Rank.ARTICLE


def _said(block: Block) -> dict[str, object]:
    """The fields of a wording that a heading's attributes name."""
    said: dict[str, object] = {}
    for name, text in block.attributes.items():
        if name in _LISTED:
            said[name] = text.replace(",", " ").split()
        elif name == "is_given":
            said[name] = text == "true"
        elif name in _FIELDS:
            said[name] = text
    return said


def _rest(block: Block) -> tuple[str, str]:
    """The number as printed, and the plain text after it."""
    found = number_of(block)
    if found is not None:
        return found.printed, found.rest
    return "" if block.number == "-" else block.number, block.plain


def _markdown_rest(block: Block, found: Numbered | None) -> str:
    """The Markdown after the number, emphasis kept where the number does not cut through it."""
    if found is None or block.number:
        return block.text
    signs = r"\s*".join(re.escape(sign) for sign in found.printed if not sign.isspace())
    match = re.match(rf"[\s\u3000]*(\**){signs}(\**)[\s\u3000]*", block.text)
    if match is None:
        return escaped(found.rest)
    before, after = match.groups()
    if before == after:
        return block.text[match.end() :]
    return (before or after) + block.text[match.end() :]


def _listed(block: Block) -> str:
    return f"{block.number} {block.plain}".strip() if block.number else block.plain


def _body(block: Block) -> str:
    """A block as text of a provision, its automatic number written out."""
    number = block.number
    if not number or block.kind is BlockKind.TABLE:
        return block.text
    if number == "-" or re.fullmatch(r"\d{1,9}[.)]", number):
        indent = "   " * max(block.depth, 0)
        return f"{indent}{number} {block.text}"
    return f"{number}{'' if number[-1] in '）)、．条章节' else ' '}{block.text}"
