"""Markdown of a provision as passages: what Word and PDF pages are made of. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

WIDEST_TABLE = 63  # columns that Word lets a table have
MOST_CELLS = 10_000
BULLET = "•"
_BLANKS = re.compile("[ \t\r\n]+")  # not the full-width blank after a sign

_WITH_TABLES = MarkdownIt("commonmark", {"html": False}).disable(["heading", "lheading", "image"])
_WITH_TABLES.enable(["table", "strikethrough"])
_PLAIN = MarkdownIt("commonmark", {"html": False}).disable(["heading", "lheading", "image"])
_LOOKS = {"strong": "bold", "em": "italic", "s": "struck"}
_SAFE = ("http://", "https://")
# Most texts are paragraphs and nothing else; the parser is asked where one of these signs stands:
# a mark, a control character, a blank at the edge of a line, or what may begin a list or a rule.
_MARKED = re.compile(
    r"[\\`*_\[\]<>&~|!#\x00-\x09\x0b-\x1f\x7f-\x9f]|^[-+=:0-9]|^(?!\n)\s|[^\S\n]$", re.MULTILINE
)
_APART = re.compile(r"\n\n+")


@dataclass(frozen=True, kw_only=True)
class Run:
    """Characters of one look. A line break is a run with the text "\\n"."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph; in a list `level` is 1 or more and `sign` is its number or bullet.

    A paragraph that continues a list item has its level and no sign. `list_number` tells the
    lists of one text apart.
    """

    runs: tuple[Run, ...]
    level: int = 0
    sign: str = ""
    list_number: int = 0
    is_quote: bool = False
    is_code: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells, the first row being the header; `aligns` is left, center, right or ""."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    aligns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A line across the page."""


Passage = Paragraph | Table | Rule


def passages(markdown: str) -> tuple[Passage, ...]:
    """The passages of a text. A table wider than Word can hold stands as it was typed."""
    if not _MARKED.search(markdown):
        found = (_plain_runs(one) for one in _APART.split(markdown))
        return tuple(Paragraph(runs=runs) for runs in found if runs)
    parser = _WITH_TABLES if _is_bearable(markdown) else _PLAIN
    return tuple(_Reader(parser.parse(markdown)).read())


def plain(text: str) -> tuple[Run, ...]:
    """A text that is no Markdown, such as a title, on one line."""
    told = _BLANKS.sub(" ", text).strip(" ")
    return (Run(text=told),) if told else ()


def _is_bearable(markdown: str) -> bool:
    """Whether no table of the text can grow beyond its bounds: a short row is filled up."""
    lines = [line for line in markdown.splitlines() if "|" in line]
    widest = max((line.count("|") for line in lines), default=0)
    return widest <= WIDEST_TABLE and widest * len(markdown.splitlines()) <= MOST_CELLS


@dataclass
class _List:
    """An open list: its number in the text, and that of its next item (None: bullets)."""

    number: int
    following: int | None

    def next_sign(self) -> str:
        if self.following is None:
            return BULLET
        self.following += 1
        return f"{self.following - 1}."


class _Reader:
    """Walks the tokens once, keeping the lists and quotes it is in."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.lists: list[_List] = []
        self.listed = 0
        self.quotes = 0
        self.sign = ""

    def read(self) -> Iterator[Passage]:
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.type == "table_open":
                end = next(
                    n
                    for n in range(index, len(self.tokens))
                    if self.tokens[n].type == "table_close"
                )
                yield _table(self.tokens[index:end])
                index = end
            elif token.type == "inline":
                yield self._paragraph(_runs(token.children or []))
            elif token.type in ("code_block", "fence"):
                yield self._paragraph(_code(token.content), is_code=True)
            elif token.type == "hr":
                yield Rule()
            else:
                self._enter_or_leave(token)
            index += 1

    def _enter_or_leave(self, token: Token) -> None:
        if token.type == "blockquote_open":
            self.quotes += 1
        elif token.type == "blockquote_close":
            self.quotes -= 1
        elif token.type == "ordered_list_open":
            start = token.attrGet("start")
            self._enter_list(1 if start is None else int(start))
        elif token.type == "bullet_list_open":
            self._enter_list(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            self.lists.pop()
        elif token.type == "list_item_open":
            self.sign = self.lists[-1].next_sign()

    def _enter_list(self, start: int | None) -> None:
        self.listed += 1
        self.lists.append(_List(number=self.listed, following=start))

    def _paragraph(self, runs: tuple[Run, ...], *, is_code: bool = False) -> Paragraph:
        sign, self.sign = self.sign, ""
        return Paragraph(
            runs=runs,
            level=len(self.lists),
            sign=sign,
            list_number=self.lists[-1].number if self.lists else 0,
            is_quote=self.quotes > 0,
            is_code=is_code,
        )


def _table(tokens: Sequence[Token]) -> Table:
    rows: list[list[tuple[Run, ...]]] = []
    aligns: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "th_open":
            aligns.append(str(token.attrGet("style") or "").removeprefix("text-align:"))
        elif token.type == "inline":
            rows[-1].append(_runs(token.children or []))
    return Table(rows=tuple(tuple(row) for row in rows), aligns=tuple(aligns))


def _plain_runs(paragraph: str) -> tuple[Run, ...]:
    """A paragraph without marks. A line end is nothing between Chinese, else a blank."""
    lines = [line for line in paragraph.split("\n") if line]
    text = "".join(lines[:1])
    for line in lines[1:]:
        text += line if _is_chinese(text[-1]) and _is_chinese(line[0]) else f" {line}"
    return (Run(text=text),) if text else ()


def _code(text: str) -> tuple[Run, ...]:
    found: list[Run] = []
    for number, line in enumerate(text.removesuffix("\n").split("\n")):
        if number:
            found.append(Run(text="\n"))
        if line:
            found.append(Run(text=line, code=True))
    return tuple(found)


def _runs(tokens: Sequence[Token]) -> tuple[Run, ...]:
    found: list[Run] = []
    depth = dict.fromkeys(_LOOKS.values(), 0)
    href = ""
    for number, token in enumerate(tokens):
        name = token.type.rpartition("_")[0]
        if name in _LOOKS and token.nesting:
            depth[_LOOKS[name]] += token.nesting
        elif name == "link":
            address = str(token.attrGet("href") or "") if token.nesting == 1 else ""
            href = address if address.lower().startswith(_SAFE) else ""
        elif text := _text(tokens, number):
            looks = {look: True for look, at in depth.items() if at > 0}
            found.append(Run(text=text, code=token.type == "code_inline", href=href, **looks))
    return tuple(_merged(found))


def _text(tokens: Sequence[Token], number: int) -> str:
    """The characters of a token. A line end of the source is nothing between Chinese, else a blank."""
    if tokens[number].type == "hardbreak":
        return "\n"
    if tokens[number].type != "softbreak":
        return tokens[number].content
    left = next((tokens[n].content[-1] for n in range(number - 1, -1, -1) if tokens[n].content), "")
    ahead = range(number + 1, len(tokens))
    right = next((tokens[n].content[0] for n in ahead if tokens[n].content), "")
    return "" if _is_chinese(left) and _is_chinese(right) else " "


def _merged(runs: Sequence[Run]) -> Iterator[Run]:
    """Neighbours of the same look as one; line breaks stay for themselves."""
    held: Run | None = None
    for run in runs:
        if held is not None and "\n" not in (held.text, run.text) and _look(held) == _look(run):
            held = replace(held, text=held.text + run.text)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held


def _look(run: Run) -> tuple[object, ...]:
    return run.bold, run.italic, run.struck, run.code, run.href


def _is_chinese(sign: str) -> bool:
    return bool(sign) and ("\u2e80" <= sign <= "\u9fff" or "\uf900" <= sign <= "\uffef")
