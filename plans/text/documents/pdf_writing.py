"""The plan text as a PDF, set by typst with the vendored fonts and no others.

All words go in as one JSON value, so that nothing of a text can be read as commands.
"""

import json
import threading
from functools import cache
from pathlib import Path

import typst

from plans.text.documents.docx_blocks import column_widths
from plans.text.documents.edition import (
    EN,
    Edition,
    article_line,
    chapter_line,
    missing,
    text_of,
    title_of,
    word,
)
from plans.text.documents.passages import Paragraph, Passage, Run, Table, passages
from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATE = HERE / "plan.typ"
ROOM_IN_CONTENTS = 300  # provisions up to which the contents name each
_ONE = threading.Lock()  # a page of 2,000 provisions takes memory: one at a time in a process


def write_pdf(document: PlanDocument, edition: Edition) -> bytes:
    """The PDF of the document: A4, tagged, dated as the edition. Deterministic."""
    data = json.dumps(_data(document, edition), ensure_ascii=False)
    with _ONE:
        made = typst.compile(
            TEMPLATE.read_bytes(),
            font_paths=_fonts(),
            sys_inputs={"data": data},
            format="pdf",
            timestamp=int(edition.at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError("typst answers one file")
    return made


@cache
def _fonts() -> typst.Fonts:
    """The vendored fonts, opened once: system fonts differ from machine to machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def _data(document: PlanDocument, edition: Edition) -> dict[str, object]:
    first = edition.languages[0]
    size = sum(len(chapter.provisions) for chapter in document.chapters)
    titles = [title_of(document, language) for language in edition.languages]
    cover = []
    for language in edition.languages:
        cover += [edition.state(language), edition.selection.get(language, "")]
    labels = " ".join(word("hash", language) for language in edition.languages)
    page = ("Page ", " of ", "") if first == EN else ("第 ", " 页  共 ", " 页")
    return {
        "lang": first,
        "region": "GB" if first == EN else "CN",
        "title": titles[0] or edition.name(first),
        "titles": [title for title in titles if title] or [edition.name(first)],
        "header": f"{edition.name(first)} · {edition.state(first)}",
        "notices": edition.notice_line(),
        "cover": [text for text in [*cover, edition.day] if text],
        "foot": [edition.openness(language) for language in edition.languages]
        + ([f"{labels}: {edition.hash}"] if edition.hash else []),
        "page": dict(zip(("first", "middle", "last"), page, strict=True)),
        "contents": word("contents", first),
        "depth": 2 if size <= ROOM_IN_CONTENTS else 1,
        "chapters": [
            _chapter(chapter, position, edition)
            for position, chapter in enumerate(document.chapters, start=1)
        ],
    }


def _chapter(chapter: DocumentChapter, position: int, edition: Edition) -> dict[str, object]:
    first, *others = edition.languages
    return {
        "heading": chapter_line(chapter, position, first),
        "others": [
            chapter_line(chapter, position, language)
            for language in others
            if title_of(chapter, language)
        ],
        "provisions": [_provision(one, edition) for one in chapter.provisions],
    }


def _provision(provision: DocumentProvision, edition: Edition) -> dict[str, object]:
    first = edition.languages[0]
    return {
        "heading": article_line(provision, first),
        "marks": edition.marks_of(provision.wording, first),
        "texts": [
            {
                "first": language == first,
                "language": language,
                "title": ""
                if language == first or not title_of(provision.wording, language)
                else article_line(provision, language),
                "missing": ""
                if text_of(provision.wording, language).strip()
                else missing(language),
                "passages": [_passage(o) for o in passages(text_of(provision.wording, language))],
            }
            for language in edition.languages
        ],
    }


def _passage(one: Passage) -> dict[str, object]:
    if isinstance(one, Table):
        return {
            "kind": "table",
            "aligns": list(one.aligns),
            "widths": column_widths(one),
            "rows": [
                [_runs(cell) for cell in row] if number == 0 else [{"runs": _runs(c)} for c in row]
                for number, row in enumerate(one.rows)
            ],
        }
    if isinstance(one, Paragraph):
        return {
            "kind": "paragraph",
            "runs": _runs(one.runs),
            "level": min(one.level, 9),
            "sign": one.sign,
            "quote": one.is_quote,
            "code": one.is_code,
        }
    return {"kind": "rule"}


def _runs(runs: tuple[Run, ...]) -> list[dict[str, object]]:
    """Only what a run has: most are plain."""
    return [
        {name: value for name, value in vars(one).items() if value or name == "text"}
        for one in runs
    ]
