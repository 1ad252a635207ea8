"""A paper as a Word file in the layout of offices (GB/T 9704): written row by row into its archive.

Fonts are named as offices have them, each with a name to fall back on; nothing is embedded. The
same paper gives the same bytes. No author is named anywhere.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.phase2_preparation.papers.shape import Cells, Grid, Heading, Paper, Paragraph, plain
from plans.text.documents.docx_styles import FANGSONG, HEAD, HEI, LATIN, SONG, SONG_TITLE, R, W

FIXED = (1980, 1, 1, 0, 0, 0)  # of the entries in the archive
UPRIGHT = (11906, 16838, 8844)  # width, height, room between the margins; twentieths of a point
LANDSCAPE = (16838, 11906, 14570)
_CONTENT = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CORE = f"{_CONTENT}/relationships/metadata/core-properties"
# name, font of Chinese, half points, line, alignment, other properties
_STYLES = (
    ("Title", SONG_TITLE, 44, 640, "center", 'w:after="160"', ""),
    ("Lead", FANGSONG, 24, 400, "center", "", ""),
    ("Notice", HEI, 21, 340, "center", "", '<w:color w:val="9C1C1C"/>'),
    ("Heading1", HEI, 30, 520, "", 'w:before="200" w:after="60"', ""),
    ("Text", FANGSONG, 30, 540, "both", "", ""),
    ("Head", HEI, 21, 320, "center", "", "<w:b/><w:bCs/>"),
    ("Cell", FANGSONG, 21, 300, "", "", ""),
    ("Foot", SONG, 21, 300, "center", "", ""),
)
_OUTLINE = '<w:outlineLvl w:val="0"/>'
_NAMES = {"Heading1": "heading 1", "Foot": "footer"}
# Where an office's own fonts are missing, these look most alike.
_FALLBACKS = {
    SONG_TITLE: "STZhongsong",
    FANGSONG: "FangSong",
    HEI: "SimHei",
    SONG: "SimSun",
    LATIN: "Times",
}


def write_docx(paper: Paper, target: BinaryIO) -> None:
    """The .docx of the paper into `target`; rows go through one by one."""
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            ("rId1", f"{R}/officeDocument", "word/document.xml"),
            ("rId2", _CORE, "docProps/core.xml"),
            ("rId3", f"{R}/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": _core(paper),
        "docProps/app.xml": _app(),
        "word/_rels/document.xml.rels": _relations(
            ("rId1", f"{R}/styles", "styles.xml"),
            ("rId2", f"{R}/fontTable", "fontTable.xml"),
            ("rIdFoot", f"{R}/footer", "footer1.xml"),
        ),
        "word/styles.xml": _styles(),
        "word/fontTable.xml": _fonts(),
        "word/footer1.xml": _footer(paper),
    }
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(_entry(name), content.encode())
        with archive.open(_entry("word/document.xml"), "w", force_zip64=True) as file:
            for piece in _document(paper):
                file.write(piece.encode())


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, FIXED)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _document(paper: Paper) -> Iterator[str]:
    width, height, room = LANDSCAPE if paper.is_landscape else UPRIGHT
    yield f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
    for notice in paper.notices:
        yield _paragraph("Notice", notice)
    yield _paragraph("Title", paper.title)
    for line in paper.lines:
        yield _paragraph("Lead", line)
    for block in paper.blocks:
        if isinstance(block, Heading):
            yield _paragraph("Heading1", block.text, "<w:keepNext/>")
        elif isinstance(block, Paragraph):
            look = '<w:jc w:val="right"/>' if block.is_signature else _first_line(paper)
            for line in plain(block.text).split("\n"):
                yield _paragraph("Text", line, look)
        else:
            yield from _grid(block, room)
            yield _paragraph("Cell", "")
    turned = ' w:orient="landscape"' if paper.is_landscape else ""
    side = (width - room) // 2
    yield (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdFoot"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="1418" w:right="{side}" w:bottom="1304" w:left="{side}"'
        ' w:header="850" w:footer="794" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _first_line(paper: Paper) -> str:
    """Chinese paragraphs begin two characters in."""
    return "" if paper.language == "en" else '<w:ind w:firstLineChars="200" w:firstLine="600"/>'


def _paragraph(style: str, text: str, extra: str = "") -> str:
    runs = "<w:r><w:br/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' if part else ""
        for part in plain(text).split("\n")
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{runs}</w:p>'


def _grid(grid: Grid, room: int) -> Iterator[str]:
    """The table; its first row stands again on every page."""
    widths = [room * share // sum(grid.widths) for share in grid.widths]
    widths[-1] += room - sum(widths)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{room}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0"'
        ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
        f"{_row(grid.headings, widths, 'Head', '<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>')}"
    )
    is_empty = True
    for row in grid.rows():
        is_empty = False
        yield _row(row, widths, "Cell")
    if is_empty:
        yield (
            f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{room}" w:type="dxa"/>'
            f'<w:gridSpan w:val="{len(widths)}"/></w:tcPr>'
            f"{_paragraph('Cell', grid.empty, _CENTRED)}</w:tc></w:tr>"
        )
    yield "</w:tbl>"


_CENTRED = '<w:jc w:val="center"/>'


def _row(cells: Cells, widths: Sequence[int], style: str, properties: str = "") -> str:
    held = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(style, cell)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{properties}{held}</w:tr>"


def _styles() -> str:
    rows = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{_NAMES.get(name, name)}"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
        f'<w:spacing {room} w:line="{line}" w:lineRule="atLeast"/>'
        f"{f'<w:jc w:val={chr(34)}{align}{chr(34)}/>' if align else ''}"
        f"{_OUTLINE if name == 'Heading1' else ''}</w:pPr>"
        f"<w:rPr>{_font(font)}{other}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        for name, font, size, line, align, room, other in _STYLES
    )
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{_font(FANGSONG)}'
        '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/></w:style>{rows}</w:styles>"
    )


def _font(east: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{east}" w:cs="{LATIN}"/>'


def _fonts() -> str:
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
        for name, other in _FALLBACKS.items()
    )
    return f'{HEAD}<w:fonts xmlns:w="{W}">{rows}</w:fonts>'


def _footer(paper: Paper) -> str:
    """The notices and the page among all pages."""
    first, middle, last = page_words(paper.language)
    inner = f"{_told(first)}{_field('PAGE')}{_told(middle)}{_field('NUMPAGES')}{_told(last)}"
    notices = _paragraph("Notice", " · ".join(paper.notices)) if paper.notices else ""
    return (
        f'{HEAD}<w:ftr xmlns:w="{W}" xmlns:r="{R}">{notices}'
        f'<w:p><w:pPr><w:pStyle w:val="Foot"/></w:pPr>{inner}</w:p></w:ftr>'
    )


def page_words(language: str) -> tuple[str, str, str]:
    return ("Page ", " of ", "") if language == "en" else ("第 ", " 页  共 ", " 页")


def _told(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field(name: str) -> str:
    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    asked = f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
    return f"{sign('begin')}{asked}{sign('separate')}{_told('1')}{sign('end')}"


def _core(paper: Paper) -> str:
    """Title and date; neither author nor editor."""
    at = paper.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    day = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{at}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_CONTENT}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(plain(paper.title))}</dc:title>"
        f"<dc:subject>{escape(plain(paper.subject))}</dc:subject>"
        f"<dc:language>{'en' if paper.language == 'en' else 'zh-CN'}</dc:language>{day}"
        "</cp:coreProperties>"
    )


def _app() -> str:
    return (
        f'{HEAD}<Properties xmlns="{_PROPERTIES}"><Application>Jointplan</Application></Properties>'
    )


def _relations(*rows: tuple[str, str, str]) -> str:
    found = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, kind, target in rows
    )
    return f'{HEAD}<Relationships xmlns="{_CONTENT}/relationships">{found}</Relationships>'


def _types() -> str:
    parts = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{_OFFICE}.extended-properties+xml",
    }
    rows = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items()
    )
    return (
        f'{HEAD}<Types xmlns="{_CONTENT}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )
