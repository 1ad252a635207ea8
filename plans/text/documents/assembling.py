"""Rows put together to chapters and provisions, after a person has corrected them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plans.text.documents.structure import WHOLE, Row, RowKind
from plans.text.documents.titles import made_title

_BINDING = re.compile(
    r"应当|不得|必须|严禁|禁止|须|(?<![响反供适对相效感])应(?![用急对答变力邀聘])"
)
_GUIDING = re.compile(r"宜|可以|鼓励|倡导|探索|(?<![许认])可(?![能持靠见行再])")
_ENGLISH_BINDING = re.compile(r"\b(?:shall|must|may not)\b", re.IGNORECASE)
_ENGLISH_GUIDING = re.compile(r"\b(?:should|may|encouraged?)\b", re.IGNORECASE)


@dataclass(kw_only=True)
class Assembled:
    """A provision of the file; `row` is the index of the row it begins with."""

    row: int
    number: str
    key: str
    title_zh: str
    title_en: str
    fields: Mapping[str, object]
    texts_zh: list[tuple[str, bool]] = field(default_factory=list)
    texts_en: list[tuple[str, bool]] = field(default_factory=list)
    is_title_made: bool = False

    @property
    def text_zh(self) -> str:
        return _joined(self.texts_zh)

    @property
    def text_en(self) -> str:
        return _joined(self.texts_en)

    def take(self, row: Row) -> None:
        """Go on with a row; an English title counts once."""
        self.title_en = self.title_en or row.title_en
        if row.text_zh:
            self.texts_zh.append((row.text_zh, row.is_tight))
        if row.text_en:
            self.texts_en.append((row.text_en, row.is_tight))


@dataclass(kw_only=True)
class AssembledChapter:
    row: int
    number: str
    key: str
    title_zh: str
    title_en: str
    fields: Mapping[str, object]
    provisions: list[Assembled] = field(default_factory=list)


def assemble(rows: Iterable[Row]) -> list[AssembledChapter]:
    """The chapters of the rows. A provision without a chapter opens one; a continuation of
    nothing becomes a provision."""
    chapters: list[AssembledChapter] = []
    current: Assembled | None = None
    for index, row in enumerate(rows):
        if row.kind is RowKind.OMITTED:
            continue
        if row.kind is RowKind.CHAPTER:
            chapters.append(_chapter(index, row))
            current = None
            continue
        if not chapters:
            chapters.append(_chapter(index, Row(kind=row.kind, place=row.place, title_zh=WHOLE)))
        if row.kind is RowKind.CONTINUATION:
            if current is not None:
                current.take(row)
                continue
            if row.title_en and not row.text_zh and not row.text_en:
                chapters[-1].title_en = chapters[-1].title_en or row.title_en
                continue
        current = _provision(index, row)
        chapters[-1].provisions.append(current)
    for chapter in chapters:
        for one in chapter.provisions:
            _complete(one)
    return chapters


def _chapter(index: int, row: Row) -> AssembledChapter:
    return AssembledChapter(
        row=index,
        number=row.number,
        key=row.key,
        title_zh=row.title_zh,
        title_en=row.title_en,
        fields=row.fields,
    )


def _provision(index: int, row: Row) -> Assembled:
    made = Assembled(
        row=index,
        number=row.number,
        key=row.key,
        title_zh=row.title_zh,
        title_en=row.title_en,
        fields=row.fields,
    )
    made.take(row)
    return made


def _complete(one: Assembled) -> None:
    if not one.title_zh.strip():
        one.title_zh, one.is_title_made = made_title(one.text_zh or one.text_en), True


def _joined(texts: list[tuple[str, bool]]) -> str:
    if len(texts) == 1:
        return texts[0][0]  # one that an export's mark restored stays as it is, to the last blank
    out = ""
    for text, is_tight in texts:
        out += ("\n" if is_tight else "\n\n") * bool(out) + text
    return out.strip("\n")


def guessed_strength(text_zh: str, text_en: str = "") -> tuple[str, str]:
    """Binding or guiding by the modal words of a text, and the words that told."""
    for strength, patterns in (
        ("binding", (_BINDING, _ENGLISH_BINDING)),
        ("guiding", (_GUIDING, _ENGLISH_GUIDING)),
    ):
        pattern, text = (patterns[0], text_zh) if text_zh else (patterns[1], text_en)
        words = list(dict.fromkeys(found.group(0) for found in pattern.finditer(text)))
        if words:
            return strength, "、".join(words[:4])
    return "guiding", ""
