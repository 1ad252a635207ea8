"""Passages of a text as WordprocessingML: paragraphs, real lists, real tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from plans.text.documents.docx_styles import INDENT, LEVELS, style_id
from plans.text.documents.edition import ZH
from plans.text.documents.passages import BULLET, Paragraph, Passage, Rule, Run, Table
from plans.text.documents.written import UNTOLD

PAGE_WIDTH = 8844  # between the margins, in twentieths of a point
_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'


@dataclass
class Gathered:
    """What the parts of a document share: lists, addresses and the numbers of bookmarks."""

    lists: list[tuple[bool, int, int]] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    bookmarks: int = 0

    def link(self, address: str) -> str:
        return self.addresses.setdefault(address, f"rIdLink{len(self.addresses) + 1}")


def told(text: str) -> str:
    """`text` as XML holds it."""
    return escape(text if text.isprintable() else UNTOLD.sub("", text))


def paragraph(style: str, inner: str, *, extra: str = "") -> str:
    """A paragraph; `extra` are its own properties, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{extra}</w:pPr>{inner}</w:p>'


def line(style: str, text: str, *, extra: str = "") -> str:
    """A paragraph of plain text."""
    return paragraph(style, runs_xml([Run(text=text)]), extra=extra)


def marked(inner: str, names: Iterable[str], gathered: Gathered) -> str:
    """`inner` between bookmarks of these names."""
    before, after = "", ""
    for name in names:
        gathered.bookmarks += 1
        number = gathered.bookmarks
        before += f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        after += f'<w:bookmarkEnd w:id="{number}"/>'
    return f"{before}{inner}{after}"


def blocks_xml(found: Sequence[Passage], *, language: str, gathered: Gathered) -> str:
    """The passages of a text in one language."""
    family = "Jointplan" if language == ZH else "Jointplan English"
    numbers: dict[int, int] = {}
    return "".join(_block(one, family, numbers, gathered) for one in found)


def _block(one: Passage, family: str, numbers: dict[int, int], gathered: Gathered) -> str:
    if isinstance(one, Table):
        return _table(one, f"{family} Table", gathered)
    body = "Jointplan Text" if family == "Jointplan" else family
    if isinstance(one, Rule):
        return paragraph(body, "", extra=_RULE)
    inner = runs_xml(one.runs, gathered)
    if one.is_code:
        return paragraph(f"{family} Code", inner, extra=_indent(one, family))
    if one.level:
        return paragraph(f"{family} List", inner, extra=_listed(one, numbers, gathered))
    return paragraph(f"{family} Quote" if one.is_quote else body, inner)


def _indent(one: Paragraph, family: str) -> str:
    return f'<w:ind w:left="{_left(one)}"/>' if one.level else ""


def _left(one: Paragraph) -> int:
    return INDENT + 480 * min(one.level, LEVELS)


def _listed(one: Paragraph, numbers: dict[int, int], gathered: Gathered) -> str:
    """The place of a list paragraph: its list where it has a sign, else the indent alone."""
    if not one.sign:
        return f'<w:ind w:left="{_left(one)}"/>'
    level = min(one.level, LEVELS) - 1
    if one.list_number not in numbers:
        counts = one.sign != BULLET
        start = int(one.sign.rstrip(".")) if counts else 1
        gathered.lists.append((counts, level, start))
        numbers[one.list_number] = len(gathered.lists)
    number = numbers[one.list_number]
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def runs_xml(runs: Iterable[Run], gathered: Gathered | None = None) -> str:
    return "".join(_run(one, gathered) for one in runs)


def _run(one: Run, gathered: Gathered | None) -> str:
    if one.text == "\n":
        return "<w:r><w:br/></w:r>"
    looks = (
        f"{'<w:b/><w:bCs/>' if one.bold else ''}{'<w:i/><w:iCs/>' if one.italic else ''}"
        f"{'<w:strike/>' if one.struck else ''}"
    )
    if one.code:
        looks = f'<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>{looks}'
    is_link = bool(one.href and gathered is not None)
    if is_link:
        looks = f'<w:rStyle w:val="Hyperlink"/>{looks}'
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    run = f'<w:r>{properties}<w:t xml:space="preserve">{told(one.text)}</w:t></w:r>'
    if is_link and gathered is not None:
        return f'<w:hyperlink r:id="{gathered.link(one.href)}">{run}</w:hyperlink>'
    return run


def _table(table: Table, style: str, gathered: Gathered) -> str:
    """A table over the whole width; columns as wide as what they hold, the first row repeated."""
    widths = column_widths(table)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(
        _row(row, widths, table.aligns, style, gathered, is_head=number == 0)
        for number, row in enumerate(table.rows)
    )
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="JointplanGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0"'
        ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(
    row: Sequence[Sequence[Run]],
    widths: Sequence[int],
    aligns: Sequence[str],
    style: str,
    gathered: Gathered,
    *,
    is_head: bool,
) -> str:
    head = "<w:tblHeader/>" if is_head else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        + paragraph(style, runs_xml(cell, gathered), extra=_aligned(align, is_head=is_head))
        + "</w:tc>"
        for cell, width, align in zip(row, widths, aligns, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def _aligned(align: str, *, is_head: bool) -> str:
    chosen = align or ("center" if is_head else "")
    return f"<w:jc w:val={quoteattr(chosen)}/>" if chosen and chosen != "left" else ""


def column_widths(table: Table) -> list[int]:
    """The width of each column by its longest cell, within bounds; together the page's width."""
    longest = [0] * len(table.aligns)
    for row in table.rows:
        for column, cell in enumerate(row):
            length = sum(2 if sign > "\u2e80" else 1 for run in cell for sign in run.text)
            longest[column] = max(longest[column], length)
    weights = [min(max(length, 6) + 2, 40) for length in longest]
    widths = [PAGE_WIDTH * weight // sum(weights) for weight in weights]
    widths[-1] += PAGE_WIDTH - sum(widths)
    return widths
