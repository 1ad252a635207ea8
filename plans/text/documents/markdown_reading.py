"""A Markdown file as blocks: headings with pandoc attributes, paragraphs, list lines, tables.

`::: {lang=en}` … `:::` holds the English of what stands before it.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.text.characters import forbidden_in
from plans.text.documents.blocks import Block, BlockKind, Reading
from plans.text.documents.characters import INVISIBLE
from plans.text.documents.findings import Placed, note
from plans.text.documents.numbers import Rank, numbered
from plans.text.documents.opening import MOST_PARAGRAPHS, open_markdown, refuse
from plans.text.documents.tables import table_fault

# A line may be as long as the file: no pattern tries again from within what it has read.
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t\u3000]++(.*)$")
_ATTRIBUTE = re.compile(
    r'#([\w-]+)|\.([\w-]+)|(?<![\w-])([\w-]++)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))'
)
_RULE = re.compile(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_SETEXT = re.compile(r"^ {0,3}(=+|-{3,})[ \t]*$")
_BREAK = re.compile(r"^ {0,3}(?:-[ \t]*){3,}$|^ {0,3}(?:\*[ \t]*){3,}$|^ {0,3}(?:_[ \t]*){3,}$")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_DIV = re.compile(r"^:::++(.*)$")
_ITEM = re.compile(r"^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_BOLD = re.compile(r"^\*\*([^*]+)\*\*")
_HTML = re.compile(r"</?[A-Za-z][^<>]*+>|<!--")
_PICTURE = re.compile(r"!\[((?:[^\[\]]|(?<!!)\[)*+)\]\(")
_MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|\*+|(?<!\w)_+|_+(?!\w)")
MOST_BARS = 20_000  # of a table; what is within is counted cell by cell
MOST_MARKS = 200_000  # of emphasis: each costs a step, a file of nothing else four seconds
TOO_MANY_CELLS = _("A table has at most 2,000 cells.")
TOO_MANY_MARKS = _("The text has too many marks of emphasis: at most {most} are read.")
_SPLITTING = {Rank.CHAPTER, Rank.SECTION, Rank.ARTICLE}


def read_markdown(path: Path) -> Reading:
    """The blocks of a Markdown file. Invalid for what is no text, or holds what none may."""
    text, encoding = open_markdown(path)
    reading = read_text(text)
    if encoding == "utf-8":
        return reading
    said = note("encoding", quote=encoding.upper())
    return Reading(blocks=reading.blocks, findings=[said, *reading.findings])


def read_text(text: str) -> Reading:
    """The blocks of Markdown text. Invalid."""
    fault = forbidden_in(text)
    if fault is not None:
        line = next(n for n, one in enumerate(text.split("\n"), 1) if forbidden_in(one))
        raise refuse(f"{fault} ({note('refused', place=line).where})")
    if text.count("*") + text.count("_") > MOST_MARKS:
        raise refuse(format_lazy(TOO_MANY_MARKS, most=f"{MOST_MARKS:,}"))
    reader = _Reader()
    if INVISIBLE.search(text):
        reader.findings.append(note("invisible", quote=str(len(INVISIBLE.findall(text)))))
        text = INVISIBLE.sub("", text)
    reader.read(text.split("\n"))
    return Reading(blocks=reader.blocks, findings=reader.findings)


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.findings: list[Placed] = []
        self.paragraph: list[str] = []
        self.is_english = False
        self.is_tight = False  # no empty line since the block before

    def read(self, lines: list[str]) -> None:
        index = self._front(lines)
        while index < len(lines):
            index = self._line(lines, index)
        self._flush()

    def _front(self, lines: list[str]) -> int:
        """The header between `---` lines: its title is the document's, the rest is said."""
        end = next((n for n, one in enumerate(lines[1:60], 1) if one.strip() == "---"), 0)
        if not lines or lines[0].strip() != "---" or not end:
            return 0
        for line in lines[1:end]:
            name, _colon, said = line.partition(":")
            said = said.strip().strip('"')
            if name.strip() == "title" and said:
                self._append(BlockKind.TITLE, said)
            elif line.strip():
                self.findings.append(note("attribute", quote=line))
        return end + 1

    def _line(self, lines: list[str], index: int) -> int:
        line = lines[index]
        heading, fence, div = _HEADING.match(line), _FENCE.match(line), _DIV.match(line)
        if heading:
            self._flush()
            said = heading.group(2).rstrip(" \t").rstrip("#").rstrip(" \t")
            self._heading(len(heading.group(1)), said)
        elif fence:
            return self._code(lines, index, fence.group(1))
        elif div:
            self._flush()
            self.is_english = bool(re.search(r"lang=\"?en", div.group(1)))
        elif len(self.paragraph) == 1 and _SETEXT.match(line) and not _item(self.paragraph[0]):
            self._heading(1 if "=" in line else 2, self.paragraph.pop())
        elif not line.strip() or _BREAK.match(line):
            self._flush()
            self.is_tight = False
        elif "|" in line and index + 1 < len(lines) and _is_rule(lines[index + 1]):
            return self._table(lines, index)
        else:
            self._text(line)
        return index + 1

    def _heading(self, level: int, text: str) -> None:
        attributes, text = _attributes(text)
        if text:
            self._append(BlockKind.HEADING, text, level=level, attributes=attributes)

    def _code(self, lines: list[str], index: int, fence: str) -> int:
        self._flush()
        end = index + 1
        while end < len(lines) and not lines[end].lstrip().startswith(fence):
            end += 1
        self._append(BlockKind.PARAGRAPH, "\n".join(lines[index : end + 1]))
        return end + 1

    def _table(self, lines: list[str], index: int) -> int:
        self._flush()
        end = index
        while end < len(lines) and lines[end].strip():
            end += 1
        text = "\n".join(lines[index:end])
        if text.count("|") > MOST_BARS:
            raise refuse(TOO_MANY_CELLS)
        fault = table_fault(text)
        if fault is not None:
            raise refuse(f"{fault} ({note('refused', place=len(self.blocks) + 1).where})")
        self._append(BlockKind.TABLE, text)
        return end

    def _text(self, line: str) -> None:
        found = numbered(_plain(line))
        is_own = found is not None and (found.rank in _SPLITTING and found.is_apart)
        if _item(line) or is_own or (found and found.rank > Rank.ARTICLE):
            self._flush()
        self.paragraph.append(line)

    def _flush(self) -> None:
        if self.paragraph:
            first, self.paragraph = self.paragraph, []
            item = _ITEM.match(first[0])
            lead = 0 if item else len(first[0]) - len(first[0].lstrip())
            text = "\n".join([first[0][lead:], *first[1:]]).rstrip()
            depth = len(item.group(1).expandtabs(4)) // 2 if item else -1
            self._append(BlockKind.PARAGRAPH, text, depth=depth)

    def _append(
        self,
        kind: BlockKind,
        text: str,
        *,
        level: int = 0,
        depth: int = -1,
        attributes: Mapping[str, str] | None = None,
    ) -> None:
        place = len(self.blocks) + 1
        if place > MOST_PARAGRAPHS:
            raise refuse(note("long", quote=str(MOST_PARAGRAPHS)).text)
        bold = _BOLD.match(text)
        self._report(text, place)
        tight, self.is_tight = self.is_tight, True
        self.blocks.append(
            Block(
                kind=kind,
                text=_plain(text) if kind is BlockKind.HEADING else text,
                plain=_plain(text),
                place=place,
                level=level,
                depth=depth,
                bold=bold.group(1).strip() if bold else "",
                is_english=self.is_english,
                is_tight=tight,
                attributes=attributes or {},
            )
        )

    def _report(self, text: str, place: int) -> None:
        for picture in _PICTURE.finditer(text):
            self.findings.append(note("picture", place=place, quote=picture.group(1)))
        html = _HTML.search(text)
        if html:
            self.findings.append(note("html", place=place, quote=html.group(0)))


def _is_rule(line: str) -> bool:
    """Whether the line parts the head of a table from its rows. Invalid for one of no table."""
    if line.count("|") > MOST_BARS:  # the pattern would remember each
        raise refuse(TOO_MANY_CELLS)
    return "-" in line and "|" in line and bool(_RULE.match(line))


def _item(line: str) -> bool:
    return bool(_ITEM.match(line))


def _plain(text: str) -> str:
    """Without marks of emphasis and escapes, on one line."""
    return " ".join(_MARKS.sub(r"\1", text).split())


def _attributes(text: str) -> tuple[dict[str, str], str]:
    """The attributes at the end of a heading: `{#key .class strength=binding}`, and the rest."""
    whole = text.rstrip()
    rest, brace, inside = whole.removesuffix("}").rpartition("{")
    if not whole.endswith("}") or not brace or "}" in inside:
        return {}, text
    said: dict[str, str] = {}
    for one in _ATTRIBUTE.finditer(inside):
        key, kind, name, quoted, bare = one.groups()
        if key or kind:
            said["key" if key else "class"] = key or kind
        else:
            said[name] = bare if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
    return (said, rest.rstrip()) if said else ({}, text)
