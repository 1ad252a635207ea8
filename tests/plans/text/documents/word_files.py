"""Word documents made for tests: as offices write them, and as nobody should send them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from plans.text.documents.blocks import ENGLISH_STYLE

W = nsdecls("w")
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
LEVELS = (("chineseCountingThousand", "第%1章"), ("chineseCountingThousand", "第%2条"))
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def numbering(document: Any, levels: tuple[tuple[str, str], ...], *, key: int = 90) -> int:
    """An automatic numbering; articles count on through the chapters. Returns its numId."""
    tree = document.part.numbering_part.element
    shown = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlRestart w:val="0"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="{key}">{shown}</w:abstractNum>')
    tree.insert(0, abstract)
    tree.append(parse_xml(f'<w:num {W} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'))
    return key


def numbered(paragraph: Any, number: int, depth: int) -> Any:
    props = paragraph._p.get_or_add_pPr()
    props.append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return paragraph


def changed(paragraph: Any, kind: str, text: str) -> None:
    """A tracked insertion (ins) or deletion (del)."""
    tag = "w:t" if kind == "ins" else "w:delText"
    paragraph._p.append(
        parse_xml(
            f'<w:{kind} {W} w:id="7" w:author="Somebody" w:date="2026-01-01T00:00:00Z">'
            f'<w:r><{tag} xml:space="preserve">{text}</{tag}></w:r></w:{kind}>'
        )
    )


def footnotes(document: Any, text: str) -> None:
    blob = (
        f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        f"{_MAIN}.footnotes+xml",
        blob.encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def office_document() -> Any:
    """A plan as a planning bureau writes it, with everything Word can put into one."""
    document = docx.Document()
    style = document.styles.add_style(ENGLISH_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name = "Times New Roman"
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.add_heading("青吴嘉跨界水体协同规划", 0)
    document.add_paragraph("本稿供讨论。")
    number = numbering(document, LEVELS)
    numbered(document.add_heading("总则", 1), number, 0)
    numbered(document.add_paragraph("【规划范围】本规划包括青浦区、吴江区、嘉善县。"), number, 1)
    document.add_paragraph("Article 1 [Scope] This plan covers three units.", style=ENGLISH_STYLE)
    lead = document.add_paragraph()
    lead.add_run("协同目标").bold = True
    lead.add_run("　到2035年，水质应当达到Ⅲ类，")
    changed(lead, "ins", "不得低于Ⅳ类，")
    changed(lead, "del", "争取")
    lead.add_run("蓝绿空间占比不低于75%。")
    numbered(lead, number, 1)
    document.add_comment(runs=lead.runs[1], text="请核实年份", author="Somebody", initials="S")
    numbered(document.add_heading("水体治理", 1), number, 0)
    numbered(document.add_paragraph("太浦河沿线宜建设清水绿廊，指标见下表："), number, 1)
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows,
        (("断面", "现状", "目标"), ("金泽", "Ⅲ", "Ⅱ"), ("芦墟", "Ⅳ", "Ⅲ")),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    document.add_paragraph("（一）岸线宽度不小于30米；")
    document.add_paragraph("（二）泵闸联合调度。")
    last = numbered(document.add_paragraph("本规划自批准之日起施行。"), number, 1)
    hidden = last.add_run("暂不公开")
    hidden.font.hidden = True
    last._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    last._p.append(parse_xml(f"<m:oMath {M}><m:r><m:t>Q=vA</m:t></m:r></m:oMath>"))
    box = parse_xml(
        f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>框内文字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    last._p.append(box)
    start = OxmlElement("w:bookmarkStart")
    start.set(qn("w:id"), "5")
    start.set(qn("w:name"), "jp_last")
    last._p.insert(0, start)
    footnotes(document, "注释内容")
    return document


def saved(document: Any, path: Path) -> Path:
    document.save(str(path))
    return path


def packed(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A .docx of these parts besides the smallest others; `parts` replace them."""
    types = (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/></Types>'
    )
    whole = {"[Content_Types].xml": types.encode(), "word/document.xml": body("").encode(), **parts}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return path


def body(inner: str, *, prolog: str = "") -> str:
    return f"{prolog}<w:document {W}><w:body>{inner}</w:body></w:document>"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(columns: int, rows: int) -> str:
    row = f"<w:tr>{'<w:tc><w:p/></w:tc>' * columns}</w:tr>"
    return f"<w:tbl>{row * rows}</w:tbl>"


def as_bytes(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
