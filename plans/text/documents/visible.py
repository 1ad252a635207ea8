"""What people see of each marked chapter and provision in a Word file, as digests.

The writer leaves the same digests (`written`). Where that of a part is still the same when the file
comes back, nobody has changed it in Word, however the program stored it anew.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from plans.text.documents.blocks import ENGLISH_STYLE, MARK_PREFIX
from plans.text.documents.docx_styles import FURNITURE
from plans.text.documents.word_styles import Styles, every, first, is_on, value

# Style -> the part of a chapter or provision it holds.
_HEADS = {
    "Jointplan Chinese Chapter": "title_zh",
    "Jointplan Chinese Heading": "title_zh",
    "Jointplan English Chapter": "title_en",
    "Jointplan English Heading": "title_en",
}
_LOOKS = (("b", "w:b"), ("i", "w:i"), ("s", "w:strike"))

HEADING_LEVELS = (1, 2)  # of chapters and provisions; deeper ones belong to a text

Digests = dict[str, dict[str, str]]


@dataclass
class Part:
    """The lines of one marked place, by part."""

    lines: dict[str, list[object]] = field(default_factory=dict)

    def add(self, part: str, *lines: object | None) -> None:
        """Keep lines of a part; None stands for an empty one."""
        told = [line for line in lines if line is not None]
        if told:
            self.lines.setdefault(part, []).extend(told)

    def digests(self) -> dict[str, str]:
        return {
            name: hashlib.sha256(json.dumps(lines).encode()).hexdigest()
            for name, lines in self.lines.items()
        }


def visible(
    *, document: Element, styles: Element | None, numbering: Element | None, heading: str
) -> Digests:
    """Bookmark -> part (title_zh, text_en, ...) -> digest, from the trees of a Word file.

    Trees have short names (`w:p`); `heading` is the language of headings.
    """
    named = Styles(styles)
    forms = _list_forms(numbering) if numbering is not None else {}
    body = first(document, "w:body")
    found: dict[str, Part] = {}
    present: Part | None = None
    for block in _flat(body) if body is not None else ():
        style = named.of(_style_id(block))
        is_head = style.level in HEADING_LEVELS or style.name.lower() == "title"
        is_heading = block.tag == "w:p" and is_head
        marks = [name for name in _bookmarks(block) if name not in found]
        if marks:
            present = found[marks[0]] = Part()
        elif is_heading:
            present = None
        if present is None or style.name in FURNITURE:
            continue
        part = f"title_{heading}" if is_heading else _part_of(style.name)
        present.add(part, _line(block, forms))
    return {name: part.digests() for name, part in found.items()}


def _flat(body: Element) -> Iterator[Element]:
    """Paragraphs and tables; a content control counts unless it is the contents."""
    for element in body:
        if element.tag in ("w:p", "w:tbl"):
            yield element
        elif element.tag == "w:sdt":
            content = first(element, "w:sdtContent")
            if content is not None and first(element, "w:sdtPr/w:docPartObj") is None:
                yield from _flat(content)


def _style_id(block: Element) -> str:
    """The style of a paragraph; of a table, that of its first paragraph."""
    found = next(block.iter("w:pStyle"), None)
    return "" if found is None else found.get("w:val", "")


def _bookmarks(block: Element) -> list[str]:
    names = (one.get("w:name", "") for one in block.iter("w:bookmarkStart"))
    return [name for name in names if name.startswith(MARK_PREFIX)]


def _part_of(style: str) -> str:
    if style in _HEADS:
        return _HEADS[style]
    return "text_en" if style.startswith(ENGLISH_STYLE) else "text_zh"


def _list_forms(numbering: Element) -> dict[tuple[str, str], str]:
    """(list, level) -> decimal, bullet, ..."""
    kinds: dict[str, dict[str, str]] = {}
    for one in every(numbering, "w:abstractNum"):
        kinds[one.get("w:abstractNumId", "")] = {
            level.get("w:ilvl", ""): value(level, "w:numFmt") or "" for level in every(one, "w:lvl")
        }
    return {
        (number.get("w:numId", ""), level): form
        for number in every(numbering, "w:num")
        for level, form in kinds.get(value(number, "w:abstractNumId") or "", {}).items()
    }


def _line(block: Element, forms: Mapping[tuple[str, str], str]) -> object | None:
    """A paragraph as its list sign and pieces, a table as rows of cells; None for an empty one."""
    if block.tag == "w:tbl":
        head, *others = [
            [
                [pieces for p in cell.iter("w:p") if (pieces := _pieces(p))]
                for cell in row.iter("w:tc")
            ]
            for row in block.iter("w:tr")
        ] or [[]]
        # Programs write the bold of the table's style into its first row.
        plain = [[[["", text] for _look, text in p] for p in cell] for cell in head]
        return [plain, *others]
    pieces = _pieces(block)
    if not pieces:
        return None
    listed = first(block, "w:pPr/w:numPr")
    if listed is None:
        return pieces
    level = value(listed, "w:ilvl") or "0"
    return [level, forms.get((value(listed, "w:numId") or "", level), ""), pieces]


def _pieces(paragraph: Element) -> list[list[str]]:
    """The text of a paragraph, cut where bold, italic or struck out begin and end."""
    found: list[list[str]] = []
    for run in paragraph.iter("w:r"):
        text = "".join(_text(child) for child in run)
        if not text:
            continue
        look = _look(run)
        if found and found[-1][0] == look:
            found[-1][1] += text
        else:
            found.append([look, text])
    return found if "".join(text for _look, text in found).strip() else []


def _look(run: Element) -> str:
    properties = first(run, "w:rPr")
    if properties is None:
        return ""
    return "".join(sign for sign, tag in _LOOKS if is_on(first(properties, tag)))


def _text(child: Element) -> str:
    if child.tag == "w:t":
        return child.text or ""
    if child.tag == "w:tab":
        return "\t"
    return "\n" if child.tag in ("w:br", "w:cr") else ""
