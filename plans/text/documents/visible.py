"""What people see of each marked chapter and provision in a Word file, as digests.

The same walk is made over the file as it is written and as it comes back. Where the digest of a
part is the same, nobody has changed it in Word, however the program stored it anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from plans.text.documents.docx_styles import FURNITURE, W

MARK_PREFIX = "jp_"
ENGLISH = "jointplanenglish"
HEADINGS = ("heading1", "heading2", "title")
# Style (without blanks, in small letters) -> the part of a chapter or provision it holds.
_HEADS = {
    "jointplanchinesechapter": "title_zh",
    "jointplanchineseheading": "title_zh",
    "jointplanenglishchapter": "title_en",
    "jointplanenglishheading": "title_en",
}
_FURNITURE = {"".join(name.lower().split()) for name in FURNITURE}
_BOLD, _ITALIC, _STRUCK = (f"{{{W}}}{name}" for name in ("b", "i", "strike"))
_OFF = {"0", "false", "off"}

Digests = dict[str, dict[str, str]]


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


@dataclass
class _Part:
    """The lines of one marked place, by part."""

    lines: dict[str, list[object]] = field(default_factory=dict)

    def digests(self) -> dict[str, str]:
        return {
            name: hashlib.sha256(json.dumps(lines, ensure_ascii=True).encode()).hexdigest()
            for name, lines in self.lines.items()
        }


def visible(
    *, document: bytes, styles: bytes, numbering: bytes = b"", heading: str = "zh"
) -> Digests:
    """Bookmark -> part (title_zh, text_en, ...) -> digest, from the parts of a Word file.

    `heading` is the language of headings. The bytes come from an opened file whose size is
    bounded; entities are not read.
    """
    names = _style_names(_root(styles))
    forms = _list_forms(_root(numbering)) if numbering else {}
    body = _root(document).find(_w("body"))
    found: dict[str, _Part] = {}
    present: _Part | None = None
    for block in [] if body is None else _flat(body):
        style = _style_of(block, names)
        marks = [name for name in _bookmarks(block) if name not in found]
        if marks:
            present = found[marks[0]] = _Part()
        elif style in HEADINGS:
            present = None
        if present is None or style in _FURNITURE:
            continue
        line = _line(block, forms)
        if line is not None:
            present.lines.setdefault(_part_of(style, heading), []).append(line)
    return {name: part.digests() for name, part in found.items()}


def _root(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(content, parser)


def _flat(body: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables of the text; content controls (the contents) are no part of it."""
    for element in body:
        if element.tag in (_w("p"), _w("tbl")):
            yield element


def _bookmarks(block: etree._Element) -> list[str]:
    names = (one.get(_w("name"), "") for one in block.iter(_w("bookmarkStart")))
    return [name for name in names if name.startswith(MARK_PREFIX)]


def _part_of(style: str, heading: str) -> str:
    if style in HEADINGS:
        return f"title_{heading}"
    if style in _HEADS:
        return _HEADS[style]
    return "text_en" if style.startswith(ENGLISH) else "text_zh"


def _style_names(styles: etree._Element) -> dict[str, str]:
    """Style id -> its name in small letters without blanks; programs rename the ids."""
    found = {}
    for style in styles.iter(_w("style")):
        name = style.find(_w("name"))
        told = "" if name is None else name.get(_w("val"), "")
        found[style.get(_w("styleId"), "")] = "".join(told.lower().split())
    return found


def _style_of(block: etree._Element, names: Mapping[str, str]) -> str:
    """The style of a paragraph; of a table, that of its first paragraph."""
    style = next(block.iter(_w("pStyle")), None)
    given = "" if style is None else style.get(_w("val"), "")
    return names.get(given, given.lower())


def _list_forms(numbering: etree._Element) -> dict[tuple[str, str], str]:
    """(list, level) -> decimal, bullet, ..."""
    kinds = {
        (one.get(_w("abstractNumId"), ""), level.get(_w("ilvl"), "")): _value(level, "numFmt")
        for one in numbering.iter(_w("abstractNum"))
        for level in one.iter(_w("lvl"))
    }
    found = {}
    for number in numbering.iter(_w("num")):
        kind = _value(number, "abstractNumId")
        for (abstract, level), form in kinds.items():
            if abstract == kind:
                found[number.get(_w("numId"), ""), level] = form
    return found


def _value(element: etree._Element, name: str) -> str:
    child = element.find(_w(name))
    return "" if child is None else child.get(_w("val"), "")


def _line(block: etree._Element, forms: Mapping[tuple[str, str], str]) -> object | None:
    """A paragraph as its list sign and pieces, a table as rows of cells; None for an empty one."""
    if block.tag == _w("tbl"):
        return [
            [
                [pieces for p in cell.iter(_w("p")) if (pieces := _pieces(p))]
                for cell in row.iter(_w("tc"))
            ]
            for row in block.iter(_w("tr"))
        ]
    pieces = _pieces(block)
    if not pieces:
        return None
    listed = block.find(f"{_w('pPr')}/{_w('numPr')}")
    if listed is None:
        return pieces
    level = _value(listed, "ilvl") or "0"
    return [level, forms.get((_value(listed, "numId"), level), ""), pieces]


def _pieces(paragraph: etree._Element) -> list[list[str]]:
    """The text of a paragraph, cut where bold, italic or struck out begin and end."""
    found: list[list[str]] = []
    for run in paragraph.iter(_w("r")):
        look = _look(run)
        text = "".join(_text(child) for child in run)
        if not text:
            continue
        if found and found[-1][0] == look:
            found[-1][1] += text
        else:
            found.append([look, text])
    told = [[look, " ".join(text.split(" "))] for look, text in found]
    return told if "".join(text for _look, text in told).strip() else []


def _look(run: etree._Element) -> str:
    properties = run.find(_w("rPr"))
    if properties is None:
        return ""
    return "".join(
        sign
        for sign, tag in (("b", _BOLD), ("i", _ITALIC), ("s", _STRUCK))
        if (one := properties.find(tag)) is not None and one.get(_w("val"), "1") not in _OFF
    )


def _text(child: etree._Element) -> str:
    if child.tag == _w("t"):
        return child.text or ""
    if child.tag == _w("tab"):
        return "\t"
    return "\n" if child.tag in (_w("br"), _w("cr")) else ""
