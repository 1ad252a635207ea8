"""A Word document as blocks. What is left out or changed is found and said."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from plans.text.characters import forbidden_in
from plans.text.documents.blocks import ENGLISH_STYLE, Block, BlockKind, Reading
from plans.text.documents.docx_styles import FURNITURE
from plans.text.documents.findings import Placed, note
from plans.text.documents.opening import WordParts, refuse
from plans.text.documents.word_runs import Line, Runs, Texts
from plans.text.documents.word_styles import Numbering, Style, Styles, first, value
from stakeholders.terms.asked import asked_number

_CHINESE_HEAD = {"中文", "chinese", "中文文本", "汉语"}
_ENGLISH_HEAD = {"英文", "english", "英文文本", "英语"}
_TITLES = {"title", "标题"}
_CONTENTS = ("toc ", "目录")
_OUTSIDE = {"hyperlink"}  # kept as links, or shown as text


def read_parts(parts: WordParts, *, is_accepted: bool = True) -> Reading:
    """The blocks of a .docx with its tracked changes accepted or rejected. Invalid."""
    return _Reader(parts, is_accepted=is_accepted).read()


class _Reader:
    def __init__(self, parts: WordParts, *, is_accepted: bool) -> None:
        self.parts = parts
        self.is_accepted = is_accepted
        self.styles = Styles(parts.one("styles"))
        self.numbering = Numbering(parts.one("numbering"))
        self.findings: list[Placed] = []
        self.blocks: list[Block] = []
        self.place = 1
        self.contents = 0
        self.bookmarks: list[str] = []
        self.pending: Line | None = None  # a paragraph whose end a tracked change took away
        texts = Texts(
            relations=parts.relations,
            notes=_notes(parts),
            comments=_by_id(parts.one("comments")),
            styles=self.styles,
            is_accepted=is_accepted,
        )
        self.runs = Runs(texts, self._note)

    def read(self) -> Reading:
        body = first(self.parts.document, "w:body")
        self._container(body if body is not None else Element("w:body"))
        self._flush()
        self.place = 0
        if self.contents:
            self._note("contents", str(self.contents))
        if self.runs.formats:
            self._note("formatting", str(self.runs.formats))
        self._outside()
        return Reading(
            blocks=self.blocks,
            findings=self.findings,
            parts=self.parts.custom,
            has_changes=self.runs.changed,
        )

    def _note(self, kind: str, quote: str = "") -> None:
        self.findings.append(note(kind, place=self.place, quote=quote))

    def _outside(self) -> None:
        for kind in ("header", "footer"):
            for tree in self.parts.by_kind.get(kind, ()):
                text = "".join(one.text or "" for one in tree.iter("w:t")).strip()
                if text:
                    self._note("header", text)
        for relation in self.parts.relations.values():
            if relation.is_external and relation.kind not in _OUTSIDE:
                self._note("external", f"{relation.kind} {relation.target[:200]}")
            elif relation.kind in {"aFChunk", "subDocument"}:
                self._note("embedded", relation.target)

    # -- what stands in the body, a cell or a text box ------------------------------------------

    def _container(self, node: Element) -> None:
        for child in node:
            tag = child.tag
            if tag == "w:p":
                self._paragraph(child)
            elif tag == "w:tbl":
                self._flush()
                self._table(child)
            elif tag == "w:sdt":
                self._control(child)
            elif tag in {"w:ins", "w:moveTo", "w:customXml", "w:smartTag"}:
                self._container(child)
            elif tag == "mc:AlternateContent":
                self._container(next(iter(child), child))
            elif tag == "w:bookmarkStart":
                self.bookmarks += [child.get("w:name", "")]

    def _control(self, node: Element) -> None:
        gallery = first(node, "w:sdtPr/w:docPartObj/w:docPartGallery")
        content = first(node, "w:sdtContent")
        if gallery is not None and gallery.get("w:val") == "Table of Contents":
            self.contents += sum(1 for _one in node.iter("w:p"))
        elif content is not None:
            self._container(content)

    def _paragraph(self, node: Element) -> None:
        props = first(node, "w:pPr")
        style_id = value(props, "w:pStyle")
        style = self.styles.of(style_id)
        if style.name.lower().startswith(_CONTENTS):
            self.contents += 1
            return
        if style.name in FURNITURE:
            return  # an export wrote it about the file
        line = self.runs.line(node)
        if self.pending is not None:
            before, self.pending = self.pending, None
            line.runs[:0], line.bookmarks[:0] = before.runs, before.bookmarks
            line.boxes[:0] = before.boxes
        if self._loses_its_end(props):
            self.pending = line
            return
        self._add(line, node, style, style_id or "")

    def _loses_its_end(self, props: Element | None) -> bool:
        """Whether a tracked change of the paragraph's end joins it to the next one."""
        gone = "w:rPr/w:del" if self.is_accepted else "w:rPr/w:ins"
        return props is not None and first(props, gone) is not None

    def _flush(self) -> None:
        if self.pending is not None:
            line, self.pending = self.pending, None
            self._add(line, Element("w:p"), Style(), "")

    def _add(self, line: Line, node: Element, style: Style, style_id: str) -> None:
        props = first(node, "w:pPr")
        number, depth = self._number(props, style, style_id)
        level = self._level(props, style)
        self.bookmarks += line.bookmarks
        plain = line.plain
        if plain:
            is_heading = bool(level) or style.name.lower() in _TITLES
            kind = BlockKind.TITLE if style.name.lower() in _TITLES else BlockKind.PARAGRAPH
            found = Block(
                kind=BlockKind.HEADING if level else kind,
                text=_unmarked(line) if is_heading else line.markdown(),
                plain=" ".join(plain.split()),
                place=self.place,
                level=level,
                number=number,
                depth=depth,
                bold="" if is_heading else line.bold,
                is_english=_is_english(style),
            )
            self._append(found)
        for box in line.boxes:
            self._box(box)

    def _append(self, block: Block) -> None:
        fault = forbidden_in(block.text)
        if fault is not None:
            self._refuse_characters(fault)
        names = tuple(dict.fromkeys(name for name in self.bookmarks if name))
        self.bookmarks = []
        is_tight = bool(self.blocks) and self.blocks[-1].depth >= 0 and block.depth >= 0
        self.blocks.append(replace(block, bookmarks=names, is_tight=is_tight))
        self.place += 1

    def _refuse_characters(self, fault: object) -> None:
        raise refuse(f"{fault} ({note('refused', place=self.place).where})")

    def _box(self, box: Element) -> None:
        text = "".join(one.text or "" for one in box.iter("w:t"))
        if text.strip():
            self._note("text_box", text)
        self._container(box)
        self._flush()

    def _number(self, props: Element | None, style: Style, style_id: str) -> tuple[str, int]:
        """The printed number of a paragraph and its depth in a list (-1: none)."""
        own = first(props, "w:numPr") if props is not None else None
        number = value(own, "w:numId") or style.number
        if not number or number == "0":
            return "", -1
        said = value(own, "w:ilvl")
        linked = self.numbering.depth_of_style(number, style_id) if said is None else None
        depth = asked_number(said or "", default=linked or style.depth)
        return self.numbering.next(number, depth), depth

    @staticmethod
    def _level(props: Element | None, style: Style) -> int:
        own = value(props, "w:outlineLvl")
        if own is not None and own.isdecimal():
            outline = asked_number(own, default=9)
            return outline + 1 if outline < 9 else 0
        return style.level

    # -- tables ---------------------------------------------------------------------------------

    def _table(self, table: Element) -> None:
        cells = [one for row in _rows(table) for one in _cells(row)]
        if len(cells) == 1:
            self._note("unwrapped")
            self._container(cells[0])
            self._flush()
            return
        rows = [self._row(row) for row in _rows(table) if self._is_kept(row)]
        rows = [row for row in rows if row]
        if not any(any(row) for row in rows):
            return
        width = max(len(row) for row in rows)
        rows = [row + [""] * (width - len(row)) for row in rows]
        if width == 2 and _is_pair(rows[0]):
            self._pairs(rows[1:])
            return
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines.insert(1, f"|{' --- |' * width}")
        plain = "\n".join(" ".join(row) for row in rows)
        text = "\n".join(lines)
        style = self.styles.of(value(next(table.iter("w:pPr"), None), "w:pStyle"))
        self._append(
            Block(
                kind=BlockKind.TABLE,
                text=text,
                plain=plain,
                place=self.place,
                is_english=_is_english(style),
            )
        )

    def _pairs(self, rows: list[list[str]]) -> None:
        """A table of Chinese and English columns: its rows are paragraphs in two languages."""
        for chinese, english in rows:
            for text, is_english in ((chinese, False), (english, True)):
                if text:
                    self._append(
                        Block(
                            kind=BlockKind.PARAGRAPH,
                            text=text,
                            plain=text,
                            place=self.place,
                            is_english=is_english,
                        )
                    )

    def _is_kept(self, row: Element) -> bool:
        for kind, gone in (("inserted", not self.is_accepted), ("deleted", self.is_accepted)):
            if first(row, f"w:trPr/w:{'ins' if kind == 'inserted' else 'del'}") is not None:
                self.runs.changed = True
                self._note(kind, "".join(one.text or "" for one in row.iter() if one.text))
                if gone:
                    return False
        return True

    def _row(self, row: Element) -> list[str]:
        found: list[str] = []
        for cell in _cells(row):
            props = first(cell, "w:tcPr")
            span = value(props, "w:gridSpan") or "1"
            merge = first(props, "w:vMerge") if props is not None else None
            width = min(asked_number(span, default=1), 30)
            if width > 1 or (merge is not None and merge.get("w:val") == "restart"):
                self._note("merged")
            found.append(self._cell(cell))
            found += [""] * (width - 1)
        return found

    def _cell(self, cell: Element) -> str:
        """The text of a cell on one line, with the numbers of its lists."""
        texts: list[str] = []
        for one in _paragraphs(cell):
            props = first(one, "w:pPr")
            style_id = value(props, "w:pStyle")
            number, _depth = self._number(props, self.styles.of(style_id), style_id or "")
            line = self.runs.line(one)
            self.bookmarks += line.bookmarks
            text = line.markdown().replace("\\\n", " ").replace("\n", " ")
            fault = forbidden_in(text)
            if fault is not None:
                self._refuse_characters(fault)
            texts.append(f"{number} {text}".strip() if number != "-" else text)
            for box in line.boxes:
                shown = "".join(found.text or "" for found in box.iter("w:t"))
                self._note("text_box", shown)
                texts.append(shown)
        if next(cell.iter("w:tbl"), None) is not None:
            self._note("nested", " ".join(texts))
        return " ".join(text for text in texts if text).replace("|", "\\|")


def _is_english(style: Style) -> bool:
    """The style of English text, or one of its kin that an export writes (lists, tables, ...)."""
    return style.name.lower().startswith(ENGLISH_STYLE.lower())


def _unmarked(line: Line) -> str:
    return " ".join(line.plain.split())


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "w:tr":
            yield child
        elif child.tag in {"w:sdt", "w:sdtContent", "w:customXml", "w:ins"}:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == "w:tc":
            yield child
        elif child.tag in {"w:sdt", "w:sdtContent", "w:customXml"}:
            yield from _cells(child)


def _paragraphs(cell: Element) -> Iterator[Element]:
    """Every paragraph below a cell, but not those of text boxes inside its paragraphs."""
    for child in cell:
        if child.tag == "w:p":
            yield child
        else:
            yield from _paragraphs(child)


def _is_pair(head: list[str]) -> bool:
    left, right = (cell.strip("* ").lower() for cell in head)
    return left in _CHINESE_HEAD and right in _ENGLISH_HEAD


def _by_id(tree: Element | None) -> dict[str, str]:
    """The texts of comments or notes by id, without who wrote them."""
    return {
        one.get("w:id", ""): "".join(text.text or "" for text in one.iter("w:t"))
        for one in (tree if tree is not None else ())
    }


def _notes(parts: WordParts) -> dict[tuple[str, str], str]:
    return {
        (kind, key): text
        for kind in ("footnote", "endnote")
        for key, text in _by_id(parts.one(f"{kind}s")).items()
    }
