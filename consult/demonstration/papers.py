"""Small files of the demonstration, made from its own tables and from the boundaries; the same
bytes each time. Each bears 演示, so that none is taken for a paper of an office."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from html import escape

import typst

from consult.demonstration.reading import DATA, pairs, table
from consult.phase2_preparation.papers.pdf_writing import write_pdf
from consult.phase2_preparation.papers.shape import Paper, Paragraph
from plans.text.documents.docx_writing import write_docx
from plans.text.documents.edition import ZH, Edition
from plans.text.documents.pdf_writing import FONTS
from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument
from plans.text.wording import Wording
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.jurisdictions.outline.maps import Drawn, Map, Piece, Style, draw_map

RESOLUTION = 110  # dots per inch of the map
FILLS = {Style.OWN: "#dce9d5", Style.NEIGHBOUR: "#f1f1ee"}
# The sheet: words and drawing come as data, so that nothing of them is read as Typst.
SHEET = """
#set page(width: 170mm, height: auto, margin: 10mm, fill: white)
#set text(font: "Noto Sans S Chinese", size: 10pt, fallback: false)
#align(center, text(size: 14pt, sys.inputs.title))
#image(bytes(sys.inputs.drawing), format: "svg", width: 100%)
#text(size: 9pt, sys.inputs.foot)
"""
FOOT = "演示数据，仅供演示，不作为划界或者管理依据。界线为概化表示。For demonstration only."


def base_map(*, own: Sequence[str], around: Sequence[str]) -> bytes:
    """A PNG of the outlines of `own` among `around` (codes), marked as a demonstration."""
    units = Jurisdiction.objects.in_bulk([*own, *around])
    pieces = [
        Piece(
            label=units[code].name_zh,
            boundary=units[code].boundary,
            style=Style.OWN if code in own else Style.NEIGHBOUR,
        )
        for code in (*around, *own)
    ]
    drawn = draw_map(pieces, around=Style.OWN)
    if drawn is None:
        raise LookupError("no boundary is known of any of these units")
    made = typst.compile(
        SHEET.encode(),
        font_paths=_fonts(),
        sys_inputs={
            "title": pairs("pilot")["base_map"]["zh"],
            "drawing": _drawing(drawn),
            "foot": FOOT,
        },
        format="png",
        ppi=RESOLUTION,
    )
    if not isinstance(made, bytes):
        raise TypeError("typst answers one page")
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def _drawing(drawn: Map) -> str:
    size = f'viewBox="0 0 {drawn.width} {drawn.height}"'
    shapes = "".join(
        f'<path d="{one.path}" fill="{FILLS[one.style]}" fill-rule="evenodd" '
        'stroke="#55604f" stroke-width="0.6"/>'
        for one in drawn.pieces
    )
    names = "".join(_name(one) for one in drawn.pieces)
    bar = (
        f'<path d="M4 {drawn.bar_y}H{drawn.bar_end}" stroke="#222" stroke-width="1.2"/>'
        f'<text x="{float(drawn.bar_end) + 4:.1f}" y="{drawn.bar_y + 3}" font-size="8" '
        f'font-family="Noto Sans S Chinese">{drawn.km} km</text>'
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{shapes}{names}{bar}</svg>'


def _name(one: Drawn) -> str:
    if one.x is None:
        return ""
    return (
        f'<text x="{one.x}" y="{one.y}" font-size="9" text-anchor="middle" '
        f'font-family="Noto Sans S Chinese">{escape(one.label)}</text>'
    )


def letter_paper(*, title: str, number: str, text: str, issuer: str, on: date) -> bytes:
    """A letter of an office as a PDF: its number, what it is about, who signs it, the day."""
    blocks = [
        Paragraph(text=text),
        Paragraph(text=f"{issuer}\n{on.isoformat()}", is_signature=True),
    ]
    paper = Paper(
        title=title.split("：")[0],
        subject=number,
        language=ZH,
        at=datetime.combine(on, time(9), tzinfo=UTC),
        lines=[number] if number else [],
        notices=[pairs("plan")["demo_banner"]["zh"]],
        blocks=blocks,
    )
    return write_pdf(paper)


def base_figures() -> bytes:
    """The table of base figures as it lies in the data, with the mark Excel knows UTF-8 by."""
    return b"\xef\xbb\xbf" + (DATA / "pilot_base_figures.csv").read_bytes()


def evidence_note() -> bytes:
    """What shows that a figure was reckoned, as plain text."""
    rows = table("pilot_base_figures")
    parts = "；".join(f"{row['范围 part']} {row['水面（公顷）water (ha)']} 公顷" for row in rows)
    title = pairs("pilot")["evidence"]["zh"]
    return f"{title}\n\n水面（示意）：{parts}。\n测算口径：以三方认定的底图为准。\n".encode()


def chapter_in_word() -> bytes:
    """A chapter as an office sends it: numbered in Chinese, one article known, two with changes."""
    held = {row["slug"]: row for row in table("pilot_provisions")}
    known = held["flood-pilot"]
    table_zh = "| 口门 | 现状能力（立方米/秒） | 规划能力（立方米/秒） |\n|---|---:|---:|\n"
    table_zh += "| 示意一号泵站 | 24.0 | 32.0 |\n| 示意二号泵站 | 18.0 | 24.0 |"
    articles = [
        Wording(title_zh=known["title_zh"], text_zh=known["text_zh"]),
        Wording(
            title_zh=held["pipelines"]["title_zh"],
            text_zh=held["pipelines"]["text_zh"] + "接口位置在详细设计前由三方书面确认。",
        ),
        Wording(
            title_zh="口门泵站能力",
            text_zh=f"主要口门泵站能力按下表控制（示意数据）。\n\n{table_zh}",
        ),
    ]
    chapter = DocumentChapter(
        title_zh="交通与市政设施",
        number="4",
        provisions=tuple(
            DocumentProvision(wording=one, number=str(number))
            for number, one in enumerate(articles, start=1)
        ),
    )
    words = pairs("pilot")
    edition = Edition(
        short={ZH: words["short_title"]["zh"]},
        languages=(ZH,),
        is_draft=True,
        is_demonstration=True,
        is_whole=False,
        has_marks=False,
    )
    return write_docx(PlanDocument(title_zh=words["title"]["zh"], chapters=(chapter,)), edition)
