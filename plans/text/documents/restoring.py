"""A Word file that an export wrote, read back: what nobody changed is taken from its marks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from plans.text.documents.blocks import Block, BlockKind, Mark, Reading
from plans.text.documents.docx_reading import read_parts
from plans.text.documents.marks import TITLE, Marks, marks_in, unchanged
from plans.text.documents.numbers import Rank, numbered
from plans.text.documents.opening import open_word
from plans.text.documents.shape import PlanDocument
from plans.text.documents.structure import Row, RowKind, Structured, structure
from plans.text.documents.visible import HEADING_LEVELS, Digests, visible

_OWN = {"title_zh", "title_en", "text_zh", "text_en", "change_claim"}


def prepared(blocks: Sequence[Block], marks: Marks) -> list[Block]:
    """The blocks with each bookmark once, and what has no mark named by its heading's level.

    What was copied in Word is no second one of its kind, but new.
    """
    free = {*marks.chapters, *marks.provisions, TITLE}
    found = []
    for block in blocks:
        names = tuple(name for name in block.bookmarks if name in free)
        free.difference_update(names)
        said = dict(block.attributes)
        if block.kind is BlockKind.HEADING and not names and block.level in HEADING_LEVELS:
            said["class"] = "chapter" if block.level == 1 else "provision"
        found.append(replace(block, bookmarks=names, attributes=said))
    return found


def known_marks(marks: Marks) -> dict[str, Mark]:
    """The marks as reading the structure believes them: keys and fields, no texts."""
    found = {
        name: Mark(is_chapter=True, key=one.chapter.key, fields={"drafting": one.chapter.drafting})
        for name, one in marks.chapters.items()
    }
    for name, mark in marks.provisions.items():
        fields = asdict(mark.provision.wording)
        found[name] = Mark(
            is_chapter=False,
            key=mark.provision.key,
            fields={field: value for field, value in fields.items() if field not in _OWN},
        )
    return found


@dataclass(frozen=True, kw_only=True)
class _Span:
    """The places of the blocks that belong to one mark, from its heading on."""

    name: str
    start: int
    end: int


def restored(
    found: Structured, *, blocks: Sequence[Block], marks: Marks, now: Digests
) -> Structured:
    """The rows with the sources of all parts that stand as they were written.

    `now` are the digests of the file as it is. A part that was edited keeps what was read of it.
    """
    spans = list(_spans(blocks, marks))
    starts = {span.start: span for span in spans}
    rows: list[Row] = []
    held: list[Row] = []
    present: _Span | None = None
    for row in found.rows:
        if row.place in starts or (present is not None and row.place >= present.end):
            rows += _restored(present, held, marks, now)
            held, present = [], starts.get(row.place)
        if present is None:
            rows.append(row)
        else:
            held.append(row)
    rows += _restored(present, held, marks, now)
    title_now = now.get(TITLE, {})
    return replace(
        found,
        rows=rows,
        title_zh=marks.title.title_zh
        if unchanged(marks.seen, title_now, "title_zh")
        else found.title_zh,
        title_en=marks.title.title_en
        if unchanged(marks.seen, title_now, "title_en")
        else found.title_en,
    )


def _spans(blocks: Sequence[Block], marks: Marks) -> Iterator[_Span]:
    known = {**marks.chapters, **marks.provisions}
    bounds = []
    for block in blocks:
        name = next((name for name in block.bookmarks if name in known), "")
        is_heading = block.kind is BlockKind.HEADING and block.level in HEADING_LEVELS
        if name or is_heading or block.kind is BlockKind.TITLE:
            bounds.append((block.place, name))
    last = blocks[-1].place + 1 if blocks else 0
    for (place, name), (end, _next) in zip(bounds, [*bounds[1:], (last, "")], strict=False):
        if name:
            yield _Span(name=name, start=place, end=end)


def _restored(span: _Span | None, rows: Sequence[Row], marks: Marks, now: Digests) -> Iterator[Row]:
    if span is None or not rows:
        return
    seen = now.get(span.name, {})
    if span.name in marks.chapters:
        chapter = marks.chapters[span.name]
        wanted = {"title_zh": chapter.chapter.title_zh, "title_en": chapter.chapter.title_en}
        kind, number, was = RowKind.CHAPTER, chapter.chapter.number, chapter.seen
        wanted |= {"text_zh": "", "text_en": ""}
    else:
        provision = marks.provisions[span.name]
        wording = provision.provision.wording
        wanted = {name: getattr(wording, name) for name in _OWN - {"change_claim"}}
        kind, number, was = RowKind.PROVISION, provision.provision.number, provision.seen
    rows = _with_titles(rows, heading=marks.heading, seen=seen)
    kept = {name: text for name, text in wanted.items() if unchanged(was, seen, name)}
    head, *others = rows
    yield replace(head, kind=kind, number=number or head.number, **_own(head, kept))
    for row in others:
        gone: dict[str, Any] = {name: "" for name in kept if name.startswith("text_")}
        left = replace(row, **gone)
        left = replace(left, title_zh="" if "text_zh" in kept else left.title_zh)
        if left.title_zh or left.text_zh or left.text_en or left.kind is RowKind.OMITTED:
            yield left


def _own(head: Row, kept: Mapping[str, str]) -> dict[str, Any]:
    return {name: kept.get(name, getattr(head, name)) for name in _OWN - {"change_claim"}}


def _with_titles(rows: Sequence[Row], *, heading: str, seen: Mapping[str, str]) -> list[Row]:
    """The rows of a marked place with both its titles in the first row and not among its text.

    The second language has its title in a paragraph of its own, the first of that language.
    """
    head, *others = rows
    if heading == "en":
        head = replace(head, title_en=head.title_zh, title_zh="", text_zh="")
    other = "zh" if heading == "en" else "en"
    if f"title_{other}" not in seen:
        return [head, *others]
    for index, row in enumerate(others):
        said = (row.title_zh or row.text_zh) if other == "zh" else (row.title_en or row.text_en)
        if said:
            found = numbered(said)
            title = found.rest if found and found.rank <= Rank.ARTICLE else said
            del others[index]
            given: dict[str, Any] = {f"title_{other}": title}
            return [replace(head, **given), *others]
    return [head, *others]


def read_marked_word(
    path: Path, *, plan: str, is_accepted: bool = True
) -> tuple[Reading, Structured]:
    """The rows of a .docx; what an export into it wrote comes back as it was. Invalid.

    `plan`: the plan it comes into; keys of another plan's marks count for nothing.
    """
    parts = open_word(path)
    reading = read_parts(parts, is_accepted=is_accepted)
    marks = marks_in(reading.parts.values())
    if marks is None:
        return reading, structure(reading.blocks)
    marks = marks.for_plan(plan)
    blocks = prepared(reading.blocks, marks)
    now = visible(
        document=parts.document,
        styles=parts.one("styles"),
        numbering=parts.one("numbering"),
        heading=marks.heading,
    )
    found = structure(blocks, known_marks(marks))
    return reading, restored(found, blocks=blocks, marks=marks, now=now)


def rows_of(document: PlanDocument, *, has_keys: bool) -> list[Row]:
    """The rows of a document whose chapters and provisions are known already."""
    rows: list[Row] = []
    for chapter in document.chapters:
        rows.append(
            Row(
                kind=RowKind.CHAPTER,
                place=len(rows) + 1,
                number=chapter.number,
                title_zh=chapter.title_zh,
                title_en=chapter.title_en,
                key=chapter.key if has_keys else "",
                fields={"drafting": chapter.drafting},
            )
        )
        for one in chapter.provisions:
            values = asdict(one.wording)
            rows.append(
                Row(
                    kind=RowKind.PROVISION,
                    place=len(rows) + 1,
                    number=one.number,
                    key=one.key if has_keys else "",
                    fields={name: value for name, value in values.items() if name not in _OWN},
                    **{name: values[name] for name in _OWN - {"change_claim"}},
                )
            )
    return rows
