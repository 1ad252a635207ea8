"""A paper as a Word file in the layout of offices (GB/T 9704): written row by row into its archive.

Fonts are named as offices have them, each with a name to fall back on; nothing is embedded. The
same paper gives the same bytes. No author is named anywhere.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.phase2_preparation.papers.docx_pictures import Pictures
from consult.phase2_preparation.papers.shape import (
    Cell,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Picture,
    plain,
)
from plans.text.documents.docx_styles import (
    FANGSONG,
    HEAD,
    HEI,
    KAI,
    LATIN,
    SONG,
    SONG_TITLE,
    R,
    W,
)

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
    ("Number", FANGSONG, 30, 520, "center", 'w:after="120"', ""),
    ("Heading1", HEI, 30, 520, "", 'w:before="200" w:after="60"', ""),
    ("Heading2", KAI, 30, 520, "", 'w:before="120"', "<w:b/><w:bCs/>"),
    ("Text", FANGSONG, 30, 540, "both", "", ""),
    ("Head", HEI, 21, 320, "center", "", "<w:b/><w:bCs/>"),
    ("Note", FANGSONG, 21, 320, "", "", '<w:color w:val="404040"/>'),
    ("Cell", FANGSONG, 21, 300, "", "", ""),
    ("Foot", SONG, 21, 300, "center", "", ""),
)
_OUTLINES = {
    "Heading1": '<w:outlineLvl w:val="0"/>',
    "Heading2": '<w:outlineLvl w:val="1"/>',
}
_NAMES = {"Heading1": "heading 1", "Heading2": "heading 2", "Foot": "footer"}
KEPT = "<w:keepNext/>"
_TWENTIETHS = 56.7  # of a point in a millimetre
# Where an office's own fonts are missing, these look most alike.
_FALLBACKS = {
    SONG_TITLE: "STZhongsong",
    FANGSONG: "FangSong",
    KAI: "KaiTi",
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
        "word/styles.xml": _styles(),
        "word/fontTable.xml": _fonts(),
        "word/footer1.xml": _footer(paper),
    }
    pictures = Pictures()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(_entry(name), content.encode())
        with archive.open(_entry("word/document.xml"), "w", force_zip64=True) as file:
            for piece in _document(paper, pictures):
                file.write(piece.encode())
        relations = _relations(
            ("rId1", f"{R}/styles", "styles.xml"),
            ("rId2", f"{R}/fontTable", "fontTable.xml"),
            ("rIdFoot", f"{R}/footer", "footer1.xml"),
            *pictures.relations(),
        )
        archive.writestr(_entry("word/_rels/document.xml.rels"), relations.encode())
        for name, png in pictures.files():
            archive.writestr(_entry(name), png)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, FIXED)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _document(paper: Paper, pictures: Pictures) -> Iterator[str]:
    width, height, room = LANDSCAPE if paper.is_landscape else UPRIGHT
    yield f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
    yield from _opening(paper)
    for block in paper.blocks:
        if isinstance(block, Heading):
            begins = "<w:pageBreakBefore/>" if block.starts_page else ""
            yield _paragraph(f"Heading{block.level}", block.text, f"{KEPT}{begins}")
        elif isinstance(block, Paragraph):
            yield from _lines(paper, block)
        else:
            yield from _grid(block, room, pictures)
            yield _paragraph("Cell", "")
    turned = ' w:orient="landscape"' if paper.is_landscape else ""
    side = (width - room) // 2
    yield (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdFoot"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="1418" w:right="{side}" w:bottom="1304" w:left="{side}"'
        ' w:header="850" w:footer="794" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _opening(paper: Paper) -> Iterator[str]:
    """Title, lines and notices; below its number where a paper has one, else above the title."""
    notices = [_paragraph("Notice", notice) for notice in paper.notices]
    yield from [] if paper.number else notices
    yield _paragraph("Title", paper.title)
    for line in paper.lines:
        yield _paragraph("Lead", line)
    if paper.number:
        yield _paragraph("Number", paper.number)
        yield from notices


def _lines(paper: Paper, block: Paragraph) -> Iterator[str]:
    style, look = "Text", _first_line(paper)
    if block.is_signature:
        look = '<w:jc w:val="right"/>'
    elif block.is_note:
        style, look = "Note", look.replace('"600"', '"420"')
    *lines, last = plain(block.text).split("\n")
    for line in lines:
        yield _paragraph(style, line, f"{KEPT if block.is_note else ''}{look}")
    yield _paragraph(style, last, f"{KEPT if block.is_kept else ''}{look}")


def _first_line(paper: Paper) -> str:
    """Chinese paragraphs begin two characters in."""
    return "" if paper.language == "en" else '<w:ind w:firstLineChars="200" w:firstLine="600"/>'


def _paragraph(style: str, text: str, extra: str = "") -> str:
    runs = "<w:r><w:br/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' if part else ""
        for part in plain(text).split("\n")
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{runs}</w:p>'


def _grid(grid: Grid, room: int, pictures: Pictures) -> Iterator[str]:
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
    )
    if grid.headings:
        yield _row([_paragraph("Head", one) for one in grid.headings], widths, _HEAD_ROW)
    is_empty = True
    high = f'<w:trHeight w:val="{round(grid.row_height * _TWENTIETHS)}" w:hRule="atLeast"/>'
    properties = f"<w:trPr><w:cantSplit/>{high}</w:trPr>" if grid.row_height else ""
    middle = _MIDDLE if grid.row_height else ""
    for row in grid.rows():
        is_empty = False
        yield _row([_cell(one, pictures) for one in row], widths, properties, middle)
    if is_empty:
        yield (
            f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{room}" w:type="dxa"/>'
            f'<w:gridSpan w:val="{len(widths)}"/></w:tcPr>'
            f"{_paragraph('Cell', grid.empty, _CENTRED)}</w:tc></w:tr>"
        )
    yield "</w:tbl>"


_CENTRED = '<w:jc w:val="center"/>'
_MIDDLE = '<w:vAlign w:val="center"/>'
_HEAD_ROW = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"


def _cell(cell: Cell, pictures: Pictures) -> str:
    if isinstance(cell, Picture):
        drawn = f"<w:r>{pictures.drawing(cell)}</w:r>"
        told = _paragraph("Foot", cell.caption) if cell.caption else ""
        return f'<w:p><w:pPr><w:pStyle w:val="Cell"/>{_CENTRED}</w:pPr>{drawn}</w:p>{told}'
    return _paragraph("Cell", cell)


def _row(held: Sequence[str], widths: Sequence[int], properties: str = "", at: str = "") -> str:
    """A row of cells whose paragraphs are written; `at` says where they stand in a high row."""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{at}</w:tcPr>{cell}</w:tc>'
        for cell, width in zip(held, widths, strict=True)
    )
    return f"<w:tr>{properties}{cells}</w:tr>"


def _styles() -> str:
    rows = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{_NAMES.get(name, name)}"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
        f'<w:spacing {room} w:line="{line}" w:lineRule="atLeast"/>'
        f"{f'<w:jc w:val={chr(34)}{align}{chr(34)}/>' if align else ''}"
        f"{_OUTLINES.get(name, '')}</w:pPr>"
        f"<w:rPr>{_font(font)}{other}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        for name, font, size, line, align, room, other in _STYLES
    )
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{_font(FANGSONG)}'
        '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
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
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )
