"""The runs of one Word paragraph as Markdown, and what they hold besides text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from plans.text.documents.characters import INVISIBLE, escaped
from plans.text.documents.opening import Relation
from plans.text.documents.word_styles import Styles, every, first, is_on, value

Note = Callable[[str, str], None]  # kind, quote
_EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_INSERTED = {"w:ins", "w:moveTo"}
_DELETED = {"w:del", "w:moveFrom"}
_FRAMES = {"w:smartTag", "w:customXml", "w:sdt", "w:sdtContent", "w:dir", "w:bdo"}
_SIGNS = {"w:tab": " ", "w:ptab": " ", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": ""}
_PICTURES = {"w:drawing", "w:pict"}
_OWN_BOOKMARKS = ("_Toc", "_GoBack", "_Hlk", "_Ref")


@dataclass(frozen=True, kw_only=True)
class Run:
    text: str
    is_bold: bool = False
    is_italic: bool = False
    link: str = ""


@dataclass
class Line:
    """What a paragraph holds: runs, bookmarks, and text boxes that follow it."""

    runs: list[Run] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def plain(self) -> str:
        return "".join(run.text for run in self.runs).strip(" \t\n\u3000")

    @property
    def bold(self) -> str:
        """The bold text at the beginning."""
        found = ""
        for run in self.runs:
            if not run.is_bold and run.text.strip():
                break
            found += run.text
        return found.strip(" \t\n\u3000")

    def markdown(self) -> str:
        out, index = "", 0
        runs = [run for run in self.runs if run.text]
        while index < len(runs):
            key, text = _key(runs[index]), ""
            while index < len(runs) and _key(runs[index]) == key:
                text += runs[index].text
                index += 1
            out += _marked(text, *key)
        lines = [line.strip(" \t\u3000") for line in out.split("\n")]
        return "\\\n".join(line for line in lines if line)


def _key(run: Run) -> tuple[bool, bool, str]:
    return run.is_bold, run.is_italic, run.link


def _marked(text: str, bold: bool, italic: bool, link: str) -> str:
    """Marks of emphasis close to letters: before or after a sign Markdown would not see them."""
    found = _EDGES.match(text)
    lead, core, trail = found.groups() if found else ("", text, "")
    if not core:
        return escaped(text)
    mark = "**" * bold + "*" * italic
    inner = "\n".join(f"{mark}{escaped(one)}{mark}" if one else "" for one in core.split("\n"))
    if link:
        inner = f"[{inner}]({link})"
    return escaped(lead) + inner + escaped(trail)


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What runs refer to by id."""

    relations: Mapping[str, Relation]
    notes: Mapping[tuple[str, str], str]  # (footnote, id) -> text
    comments: Mapping[str, str]
    styles: Styles
    is_accepted: bool  # tracked changes


class Runs:
    """Walks the runs of paragraphs; the state of a field spans paragraphs."""

    def __init__(self, texts: Texts, note: Note) -> None:
        self.texts, self.note = texts, note
        self.fields: list[str] = []  # instructions of the fields that are open
        self.shown: list[bool] = []  # whether each shows its result already
        self.changed = False
        self.formats = 0

    def line(self, paragraph: Element) -> Line:
        found = Line()
        self._walk(paragraph, found, "")
        return found

    def _walk(self, node: Element, line: Line, link: str) -> None:
        for child in node:
            tag = child.tag
            if tag == "w:r":
                self._run(child, line, link)
            elif tag in _INSERTED or tag in _DELETED:
                self._change(child, line, link)
            elif tag == "w:hyperlink":
                self._walk(child, line, self._link(child) or link)
            elif tag in _FRAMES:
                self._walk(child, line, link)
            elif tag == "w:fldSimple":
                self._field(child.get("w:instr", ""))
                self._walk(child, line, link)
            elif tag == "mc:AlternateContent":
                self._walk(_choice(child), line, link)
            else:
                self._between(child, line)

    def _between(self, node: Element, line: Line) -> None:
        """What stands between runs and is no text of theirs."""
        tag = node.tag
        if tag == "w:bookmarkStart":
            self._bookmark(node, line)
        elif tag in {"m:oMath", "m:oMathPara"}:
            self._equation(node, line)
        elif tag in _PICTURES or tag == "w:object":
            self._picture(node, line)
        elif tag == "w:pPr":
            self.formats += sum(1 for _one in node.iter("w:pPrChange"))

    def _change(self, node: Element, line: Line, link: str) -> None:
        self.changed = True
        is_kept = (node.tag in _INSERTED) == self.texts.is_accepted
        kind = "inserted" if node.tag in _INSERTED else "deleted"
        text = "".join(one.text or "" for one in node.iter() if one.tag in {"w:t", "w:delText"})
        if text.strip():
            self.note(kind, text)
        if is_kept:
            self._walk(node, line, link)

    def _link(self, node: Element) -> str:
        relation = self.texts.relations.get(node.get("r:id", ""))
        if relation is None or not relation.target.startswith(("http://", "https://")):
            return ""
        return re.sub(r"[\s()<>\\]", lambda found: f"%{ord(found.group()):02X}", relation.target)

    def _bookmark(self, node: Element, line: Line) -> None:
        name = node.get("w:name", "")
        if name and not name.startswith(_OWN_BOOKMARKS):
            line.bookmarks.append(name)

    def _equation(self, node: Element, line: Line) -> None:
        text = "".join(one.text or "" for one in node.iter("m:t"))
        self.note("equation", text)
        line.runs.append(Run(text=text))

    def _run(self, node: Element, line: Line, link: str) -> None:
        props = first(node, "w:rPr")
        style = self.texts.styles.of(value(props, "w:rStyle"))
        self.formats += props is not None and first(props, "w:rPrChange") is not None
        text = "".join(self._sign(child, line) for child in node)
        if INVISIBLE.search(text):
            self.note("invisible", text)
            text = INVISIBLE.sub("", text)
        if self._flag(props, "w:vanish", style.is_hidden):
            if text.strip():
                self.note("hidden", text)
            return
        if text and not (self.fields and not self.shown[-1]):
            line.runs.append(
                Run(
                    text=text,
                    is_bold=self._flag(props, "w:b", style.is_bold),
                    is_italic=self._flag(props, "w:i", style.is_italic),
                    link=link,
                )
            )

    @staticmethod
    def _flag(props: Element | None, tag: str, inherited: bool) -> bool:
        node = first(props, tag) if props is not None else None
        return inherited if node is None else is_on(node)

    def _sign(self, node: Element, line: Line) -> str:
        """The text of one child of a run; what is no text is noted."""
        tag = node.tag
        if tag in {"w:t", "w:delText"}:
            return node.text or ""
        if tag == "w:br":
            return "\n" if node.get("w:type", "textWrapping") == "textWrapping" else ""
        if tag in _SIGNS:
            return _SIGNS[tag]
        if tag == "w:sym":
            return self._symbol(node)
        if tag == "w:ruby":
            return "".join(
                one.text or "" for base in every(node, "w:rubyBase") for one in base.iter("w:t")
            )
        self._apart(node, line)
        return ""

    def _apart(self, node: Element, line: Line) -> None:
        tag = node.tag
        if tag in _PICTURES or tag == "w:object":
            self._picture(node, line)
        elif tag == "mc:AlternateContent":
            for one in _choice(node):
                self._apart(one, line)
        elif tag == "w:commentReference":
            self.note("comment", self.texts.comments.get(node.get("w:id", ""), ""))
        elif tag in {"w:footnoteReference", "w:endnoteReference"}:
            kind = tag.removeprefix("w:").removesuffix("Reference")
            self.note("footnote", self.texts.notes.get((kind, node.get("w:id", "")), ""))
        elif tag == "w:fldChar":
            self._field_sign(node.get("w:fldCharType", ""))
        elif tag == "w:instrText" and self.fields:
            self.fields[-1] += node.text or ""

    def _field_sign(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append("")
            self.shown.append(False)
        elif kind == "separate" and self.fields:
            self.shown[-1] = True
        elif kind == "end" and self.fields:
            self._field(self.fields.pop())
            self.shown.pop()

    def _field(self, instruction: str) -> None:
        word = next(iter(instruction.split()), "")
        if word.upper() not in {"", "TOC", "PAGEREF", "HYPERLINK"}:
            self.note("field", word)

    def _symbol(self, node: Element) -> str:
        try:
            code = int(node.get("w:char", ""), 16)
            sign = chr(code - 0xF000 if code >= 0xF000 else code)
        except (ValueError, OverflowError):
            sign = ""
        sign = sign if sign.isprintable() else ""
        self.note("symbol", f"{sign} ({node.get('w:font', '')})")
        return sign

    def _picture(self, node: Element, line: Line) -> None:
        boxes = _boxes(node)
        line.boxes.extend(boxes)
        if boxes:
            return
        if node.tag == "w:object":
            ole: Any = next((one for one in node.iter() if one.tag.endswith("OLEObject")), None)
            self.note("embedded", "" if ole is None else ole.get("ProgID", ""))
            return
        about = next(node.iter("wp:docPr"), None)
        shown = (about.get("descr") or about.get("name") or "") if about is not None else ""
        self.note("picture", shown)


def _choice(node: Element) -> Element:
    """One of the renderings of the same thing."""
    return next(iter(node), node)


def _boxes(node: Element) -> list[Element]:
    """Text boxes, each once: a drawing may hold its older rendering beside it."""
    if node.tag == "w:txbxContent":
        return [node]
    if node.tag == "mc:AlternateContent":
        return _boxes(_choice(node))
    return [box for child in node for box in _boxes(child)]
