"""Styles and automatic numbers of a Word document."""

from dataclasses import dataclass, field, replace
from typing import Self
from xml.etree.ElementTree import Element

from plans.text.documents.numbers import formatted
from stakeholders.terms.asked import asked_number

MOST_CHAIN = 12  # styles based on styles
_HEADINGS = ("heading ", "标题 ")
_OFF = {"0", "false", "off", "none"}


def is_on(node: Element | None) -> bool:
    return node is not None and node.get("w:val", "1") not in _OFF


def every(node: Element, tag: str) -> list[Element]:
    return [child for child in node if child.tag == tag]


def first(node: Element, path: str) -> Element | None:
    """The first element down a path of short names (ElementTree reads `w:` its own way)."""
    for tag in path.split("/"):
        found = next((child for child in node if child.tag == tag), None)
        if found is None:
            return None
        node = found
    return node


def value(node: Element | None, path: str) -> str | None:
    found = first(node, path) if node is not None else None
    return found.get("w:val") if found is not None else None


@dataclass(frozen=True, kw_only=True)
class Style:
    """What a style says about structure, with what it inherits."""

    name: str = ""
    level: int = 0  # heading level from 1, 0: body
    number: str = ""  # numId
    depth: int = 0
    is_bold: bool = False
    is_italic: bool = False
    is_hidden: bool = False


class Styles:
    """Style id -> Style."""

    def __init__(self, tree: Element | None) -> None:
        nodes = tree if tree is not None else ()
        self._nodes = {one.get("w:styleId", ""): one for one in nodes if one.tag == "w:style"}
        self._known: dict[str, Style] = {}

    def of(self, style_id: str | None) -> Style:
        if not style_id or style_id not in self._nodes:
            return Style()
        if style_id not in self._known:
            self._known[style_id] = self._read(style_id, MOST_CHAIN)
        return self._known[style_id]

    def _read(self, style_id: str, left: int) -> Style:
        node = self._nodes.get(style_id)
        if node is None or not left:
            return Style()
        above = value(node, "w:basedOn")
        found = self._read(above, left - 1) if above and above != style_id else Style()
        name = (value(node, "w:name") or style_id).strip()
        found = replace(found, name=name, level=self._level(node, name, found.level))
        number = first(node, "w:pPr/w:numPr")
        if number is not None:
            depth = value(number, "w:ilvl") or "0"
            found = replace(
                found,
                number=value(number, "w:numId") or found.number,
                depth=asked_number(depth, default=0),
            )
        runs = first(node, "w:rPr")
        if runs is None:
            return found

        def flag(tag: str, inherited: bool) -> bool:
            said = first(runs, tag)
            return inherited if said is None else is_on(said)

        return replace(
            found,
            is_bold=flag("w:b", found.is_bold),
            is_italic=flag("w:i", found.is_italic),
            is_hidden=flag("w:vanish", found.is_hidden),
        )

    @staticmethod
    def _level(node: Element, name: str, inherited: int) -> int:
        outline = value(node, "w:pPr/w:outlineLvl")
        if outline is not None and outline.isdecimal():
            return int(outline) + 1 if int(outline) < 9 else 0
        low = name.lower()
        for lead in _HEADINGS:
            if low.startswith(lead) and low.removeprefix(lead).isdecimal():
                return int(low.removeprefix(lead))
        return inherited


@dataclass(frozen=True, kw_only=True)
class Level:
    """A level of a numbering: its format, its pattern (`第%1条`), where it starts."""

    kind: str = "decimal"
    pattern: str = ""
    start: int = 1
    restarts_after: int | None = None  # a level from 1; 0: never
    is_legal: bool = False
    style: str = ""

    @classmethod
    def of(cls, node: Element) -> Self:
        start, restart = value(node, "w:start"), value(node, "w:lvlRestart")
        return cls(
            kind=value(node, "w:numFmt") or "decimal",
            pattern=value(node, "w:lvlText") or "",
            start=asked_number(start or "", default=1),
            restarts_after=asked_number(restart, default=0)
            if restart and restart.isdecimal()
            else None,
            is_legal=is_on(first(node, "w:isLgl")),
            style=value(node, "w:pStyle") or "",
        )


@dataclass
class _Number:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts as Word does: one counter per abstract numbering and level."""

    def __init__(self, tree: Element | None) -> None:
        nodes = {
            one.get("w:abstractNumId", ""): one
            for one in (tree if tree is not None else ())
            if one.tag == "w:abstractNum"
        }
        linked = {value(one, "w:styleLink"): key for key, one in nodes.items()}
        self._levels: dict[str, dict[int, Level]] = {}
        for key, one in nodes.items():
            link = value(one, "w:numStyleLink")
            source = nodes[linked[link]] if link and link in linked else one
            self._levels[key] = _levels(source)
        self._numbers: dict[str, _Number] = {}
        for one in tree if tree is not None else ():
            if one.tag == "w:num":
                self._add(one)
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def _add(self, node: Element) -> None:
        abstract = value(node, "w:abstractNumId") or ""
        number = _Number(abstract=abstract, levels=dict(self._levels.get(abstract, {})))
        for override in every(node, "w:lvlOverride"):
            depth = int(override.get("w:ilvl", "0"))
            level = first(override, "w:lvl")
            if level is not None:
                number.levels[depth] = Level.of(level)
            start = value(override, "w:startOverride")
            if start and start.isdecimal():
                number.starts[depth] = int(start)
        self._numbers[node.get("w:numId", "")] = number

    def depth_of_style(self, number_id: str, style_id: str) -> int | None:
        """The level that a style is linked to, where the numbering says so."""
        number = self._numbers.get(number_id)
        levels = number.levels if number else {}
        return next((d for d, level in levels.items() if level.style == style_id), None)

    def next(self, number_id: str, depth: int) -> str:
        """Count one more paragraph and print its number; "-" for a bullet."""
        number = self._numbers.get(number_id)
        if number is None or depth not in number.levels:
            return ""
        counters = self._counters.setdefault(number.abstract, {})
        level = number.levels[depth]
        if (number_id, depth) not in self._begun and depth in number.starts:
            counters[depth] = number.starts[depth]
        else:
            counters[depth] = counters.get(depth, level.start - 1) + 1
        self._begun.add((number_id, depth))
        for deeper in [d for d in counters if d > depth]:
            after = number.levels.get(deeper, Level()).restarts_after
            if after is None or (after and depth < after):
                del counters[deeper]
        if level.kind == "bullet":
            return "-"
        return "" if level.kind == "none" else _printed(level, number.levels, counters)


def _printed(level: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
    out = level.pattern
    for depth in range(9):
        sign = f"%{depth + 1}"
        if sign in out:
            of = levels.get(depth, Level())
            kind = "decimal" if level.is_legal else of.kind
            out = out.replace(sign, formatted(counters.get(depth, of.start), kind))
    return out.strip()


def _levels(node: Element) -> dict[int, Level]:
    return {
        int(one.get("w:ilvl", "0")): Level.of(one)
        for one in every(node, "w:lvl")
        if one.get("w:ilvl", "0").isdecimal()
    }
