"""The comment form as a Word file: a table on landscape pages, read back from whatever Word,
WPS or LibreOffice made of it.

What a row is known by stands in hidden text of its first cell. A long form stands in several
tables of the same columns, as readers take a table of so many cells only.
"""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.phase2_preparation.comment_sheets.grids import Cell, Line, letters, read_tables
from consult.phase2_preparation.comment_sheets.shape import (
    EIGHT,
    CommentForm,
    FormRow,
    ReadForm,
)
from consult.phase2_preparation.comment_sheets.words import (
    EN,
    HEADINGS,
    NEEDED,
    cell_text,
    column_of,
)
from plans.text.documents.opening import open_word

FIXED = (1980, 1, 1, 0, 0, 0)  # of the entries in the archive
ROWS_OF_TABLE = 200
WIDTHS = (1700, 900, 1650, 1150, 1000, 3750, 3000, 2250)  # twentieths of a point
MOST_SPAN = 63
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_IDS = re.compile(r"⟦([^⟦⟧]*)\|([^⟦⟧]*)⟧")


def write_docx(form: CommentForm) -> bytes:
    """The form as a Word file. Deterministic."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "word/document.xml": _document(form),
        "word/_rels/document.xml.rels": _DOCUMENT_RELS,
        "word/styles.xml": _styles(),
        "word/footer1.xml": _FOOTER,
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, FIXED)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content.encode())
    return out.getvalue()


def _document(form: CommentForm) -> str:
    lead = [_paragraph(form.title, style="Title"), _paragraph(str(form.reference), style="Note")]
    lead += [_paragraph(text, style="Note") for text in form.notes]
    starts = range(0, max(len(form.rows), 1), ROWS_OF_TABLE)
    tables = [_table(form, form.rows[n : n + ROWS_OF_TABLE]) for n in starts]
    # Tables without a paragraph between them would be one.
    body = "".join(lead) + _paragraph("", style="Note").join(tables)
    return (
        f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}'
        f"{_paragraph('', style='Note')}{_SECTION}</w:body></w:document>"
    )


def _table(form: CommentForm, rows: Sequence[FormRow]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    names = [HEADINGS[form.language][column] for column in EIGHT]
    head = "".join(
        _cell(_paragraph(name, style="TableHead"), width=width, shade="1B3A57")
        for name, width in zip(names, WIDTHS, strict=True)
    )
    lines = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    lines += [_row(row, has_ids=form.has_ids) for row in rows]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9AA7B4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(WIDTHS)}" w:type="dxa"/>'
        f"<w:tblBorders>{edges}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _row(row: FormRow, *, has_ids: bool) -> str:
    hidden = f"⟦{row.id}|{row.mark}⟧" if has_ids and (row.id or row.mark) else ""
    cells = []
    for place, text in enumerate(row.cells[: len(EIGHT)]):
        shade = "EEF3F8" if place == len(EIGHT) - 1 else ""
        paragraph = _paragraph(text, style="TableText", hidden="" if place else hidden)
        cells.append(_cell(paragraph, width=WIDTHS[place], shade=shade))
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _cell(content: str, *, width: int, shade: str = "") -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{content}</w:tc>'


def _paragraph(text: str, *, style: str, hidden: str = "") -> str:
    runs = ""
    if text:
        lines = "<w:br/>".join(_text(line) for line in cell_text(text).split("\n"))
        runs = f"<w:r>{lines}</w:r>"
    if hidden:
        runs += f"<w:r><w:rPr><w:vanish/></w:rPr>{_text(hidden)}</w:r>"
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'.replace(
        "\t", '</w:t><w:tab/><w:t xml:space="preserve">'
    )


def read_docx(path: Path) -> ReadForm:
    """The form in a Word file: all its tables that have the headings. Invalid ({"file": why})."""
    document = open_word(path).document
    inner = {id(one) for cell in document.iter("w:tc") for one in cell.iter("w:tbl")}
    tables = [one for one in document.iter("w:tbl") if id(one) not in inner]
    many = len(tables) > 1
    return read_tables(
        [
            _above(document),
            *(
                _lines(table, label=f"{number}:" if many else "")
                for number, table in enumerate(tables, start=1)
            ),
        ]
    )


def _above(document: Element) -> Iterator[Line]:
    """The paragraphs beside the tables: one of them bears the form's reference."""
    for body in document.iter("w:body"):
        for number, paragraph in enumerate(_children(body, "w:p"), start=1):
            yield Line(number=number, cells=[Cell(name="", text="".join(_runs(paragraph)))])


def _lines(table: Element, *, label: str) -> Iterator[Line]:
    """The lines of a table; a cell merged downwards is filled, one merged across counts once."""
    above: dict[int, Cell] = {}
    for number, row in enumerate(_children(table, "w:tr"), start=1):
        cells: list[Cell] = []
        ids = ""
        for cell in _children(row, "w:tc"):
            place = len(cells)
            name = f"{label}{letters(place + 1)}{number}"
            text = _words(cell)
            if found := _IDS.search(text):
                ids, text = found[0], _IDS.sub("", text)
            properties = cell.find("w:tcPr")
            if _goes_on(properties) and place in above:
                read = Cell(name=name, text=above[place].text)
            else:
                read = Cell(name=name, text=text)
            above[place] = read
            cells.append(read)
            cells += [Cell(name=name)] * (_span(properties) - 1)
        yield Line(number=number, cells=_with_ids(cells, ids, number=number))


def _with_ids(cells: Sequence[Cell], ids: str, *, number: int) -> list[Cell]:
    """The hidden text as two columns before the others; headings get theirs."""
    if found := _IDS.search(ids):
        values = [found[1], found[2]]
    else:
        is_head = {column_of(cell.text) for cell in cells} >= NEEDED
        values = list(_ID_HEADINGS) if is_head else ["", ""]
    return [*(Cell(name=str(number), text=value) for value in values), *cells]


# English ones: they do not make a form a Chinese one.
_ID_HEADINGS = tuple(HEADINGS[EN].values())[len(EIGHT) :]


def _children(element: Element, tag: str) -> Iterator[Element]:
    """Rows and cells, those in content controls too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in {"w:sdt", "w:sdtContent", "w:ins", "w:customXml", "w:smartTag"}:
            yield from _children(child, tag)


def _goes_on(properties: Element | None) -> bool:
    merged = None if properties is None else properties.find("w:vMerge")
    return merged is not None and merged.get("w:val", "continue") != "restart"


def _span(properties: Element | None) -> int:
    span = None if properties is None else properties.find("w:gridSpan")
    value = "" if span is None else span.get("w:val", "")
    return min(max(int(value), 1), MOST_SPAN) if value.isdecimal() else 1


def _words(element: Element) -> str:
    """The text of a cell, one paragraph a line, nested tables and controls included."""
    paragraphs = []
    for paragraph in element.iter("w:p"):
        paragraphs.append("".join(_runs(paragraph)))
    return "\n".join(paragraphs).strip()


def _runs(element: Element) -> Iterator[str]:
    for child in element:
        match child.tag:
            case "w:t":
                yield child.text or ""
            case "w:tab":
                yield "\t"
            case "w:br" | "w:cr":
                yield "\n"
            case "w:noBreakHyphen":
                yield "-"
            # Struck out by tracked changes, shown by fields, or drawn beside the text.
            case "w:del" | "w:delText" | "w:instrText" | "w:pPr" | "w:rPr" | "w:drawing" | "w:pict":
                continue
            case "w:p":
                continue  # a paragraph of a text box: it is met by itself
            case _:
                yield from _runs(child)


_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/></Types>'
)
_RELS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT_RELS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_R}/footer" Target="footer1.xml"/></Relationships>'
)
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/>'
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1000" w:right="700" w:bottom="1000" w:left="700" w:header="500" '
    'w:footer="500" w:gutter="0"/></w:sectPr>'
)
_FIELD = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
_FOOTER = (
    f'{_HEAD}<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:pStyle w:val="Note"/><w:jc w:val="center"/>'
    f"</w:pPr>{_FIELD}</w:p></w:ftr>"
)


def _styles() -> str:
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
    found = [
        _style("Normal", "Normal", f'{fonts}<w:sz w:val="21"/>', default=True),
        _style(
            "Title", "Title", '<w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="32"/>', after=120
        ),
        _style("Note", "Form Note", '<w:color w:val="52606D"/><w:sz w:val="17"/>', after=40),
        _style("TableHead", "Form Heading", '<w:b/><w:color w:val="FFFFFF"/><w:sz w:val="18"/>'),
        _style("TableText", "Form Text", '<w:sz w:val="18"/>'),
    ]
    return f'{_HEAD}<w:styles xmlns:w="{_W}">{"".join(found)}</w:styles>'


def _style(key: str, name: str, run: str, *, after: int = 0, default: bool = False) -> str:
    mark = ' w:default="1"' if default else ""
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{mark} w:styleId="{key}"><w:name w:val="{name}"/>{based}'
        f'<w:pPr><w:spacing w:after="{after}"/></w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )
