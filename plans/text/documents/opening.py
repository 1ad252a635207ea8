"""Opening a file from outside: refused before it costs anything, with the reason.

The archive is looked at by its directory, parts are read up to a limit, and their XML is counted
while it is parsed. Nothing a document points to is fetched, no entity is resolved.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from stakeholders.files.archives import Fault, Faulty, kind_of
from stakeholders.files.inspecting import FAULTS, FIELD
from stakeholders.terms.errors import Invalid, Text

MIB = 1024 * 1024
MOST_FILE = 20 * MIB
MOST_MARKDOWN = 5 * MIB
MOST_DOCUMENT = 24 * MIB  # of XML, unpacked
MOST_PART = 4 * MIB
MOST_ELEMENTS = 400_000
MOST_PARAGRAPHS = 20_000
MOST_COLUMNS = 30
MOST_CELLS = 2_000  # of one table
MOST_DEPTH = 80
MOST_NESTED = 3  # tables in tables
MOST_CUSTOM = 40

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECRET = "EncryptedPackage".encode("utf-16-le")
_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "urn:schemas-microsoft-com:vml": "v",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


@dataclass(frozen=True, kw_only=True)
class Relation:
    """What a part points to: `kind` is the last word of its type."""

    kind: str
    target: str
    is_external: bool = False


@dataclass(frozen=True, kw_only=True)
class WordParts:
    """The parts of a .docx that hold text, as trees with short names (`w:p`)."""

    document: Element
    by_kind: Mapping[str, tuple[Element, ...]]  # styles, numbering, comments, header, ...
    relations: Mapping[str, Relation]
    custom: Mapping[str, bytes] = field(default_factory=dict)

    def one(self, kind: str) -> Element | None:
        found = self.by_kind.get(kind, ())
        return found[0] if found else None


def refuse(text: Text) -> Invalid:
    return Invalid({FIELD: text})


def open_word(path: Path) -> WordParts:
    """The parts of a .docx. Invalid ({"file": why}) for what is no plain Word document."""
    _require_size(path, MOST_FILE)
    head = _head(path)
    if head.startswith(_OLE):
        raise refuse(_ole_reason(path))
    try:
        kind = kind_of(path)
    except Faulty as error:
        raise refuse(FAULTS[error.fault]) from error
    if kind != "docx":
        raise refuse(_("This is no Word document (.docx)."))
    try:
        with zipfile.ZipFile(path) as archive:
            return _Parts(archive).read()
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError) as error:
        raise refuse(FAULTS[Fault.DAMAGED]) from error


def open_markdown(path: Path) -> tuple[str, str]:
    """The text of a Markdown file and its encoding (`utf-8`, `gb18030`). Invalid."""
    _require_size(path, MOST_MARKDOWN)
    content = path.read_bytes()
    if b"\0" in content[:MIB]:
        raise refuse(_("The text holds control characters. Remove them."))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n"), encoding.removesuffix("-sig")
    raise refuse(_("The text can be read neither as UTF-8 nor as GB18030. Save it as UTF-8."))


def is_word(path: Path) -> bool:
    """Whether the bytes are those of an Office document, not of a text."""
    return _head(path).startswith((b"PK", _OLE))


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def _require_size(path: Path, limit: int) -> None:
    size = path.stat().st_size
    if not size:
        raise refuse(_("The file is empty."))
    if size > limit:
        text = _("The file is too large: at most {size} MB are taken.")
        raise refuse(format_lazy(text, size=limit // MIB))


def _ole_reason(path: Path) -> Text:
    """An encrypted .docx is an OLE container, as an old .doc is: told apart by a stream's name."""
    with path.open("rb") as file:
        if _SECRET in file.read(4 * MIB):
            return FAULTS[Fault.ENCRYPTED]
    return _("This is an old Word document (.doc). Save it as .docx.")


class _Parts:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {entry.filename: entry for entry in archive.infolist()}

    def read(self) -> WordParts:
        main = next(
            (r.target for r in self._relations("").values() if r.kind == "officeDocument"),
            "word/document.xml",
        )
        document = self._tree(main, most=MOST_DOCUMENT)
        if document is None or document.tag != "w:document":
            raise refuse(FAULTS[Fault.DAMAGED])
        relations = self._relations(main)
        found: dict[str, list[Element]] = {}
        for relation in relations.values():
            if relation.kind in _READ and not relation.is_external:
                tree = self._tree(relation.target, most=MOST_PART)
                if tree is not None:
                    found.setdefault(relation.kind, []).append(tree)
        return WordParts(
            document=document,
            by_kind={kind: tuple(trees) for kind, trees in found.items()},
            relations=relations,
            custom=dict(self._custom()),
        )

    def _relations(self, part: str) -> dict[str, Relation]:
        folder, name = posixpath.split(part)
        tree = self._tree(posixpath.join(folder, "_rels", f"{name}.rels"), most=MOST_PART)
        found: dict[str, Relation] = {}
        for one in [] if tree is None else tree:
            external = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = one.get("Type", "").rpartition("/")[2]
            found[one.get("Id", "")] = Relation(kind=kind, target=target, is_external=external)
        return found

    def _custom(self) -> Iterator[tuple[str, bytes]]:
        names = [n for n in self.names if re.fullmatch(r"customXml/item\d+\.xml", n)]
        for name in sorted(names)[:MOST_CUSTOM]:
            # An export's marks hold the whole text again.
            if self.names[name].file_size <= MOST_DOCUMENT:
                yield name, self.archive.read(name)

    def _tree(self, name: str, *, most: int) -> Element | None:
        entry = self.names.get(name)
        if entry is None:
            return None
        if entry.file_size > most:
            text = _("The document holds too much text: part {name} has over {size} MB.")
            raise refuse(format_lazy(text, name=name, size=most // MIB))
        parser = XMLParser(target=_Counted())  # noqa: S314 - the target refuses document types
        try:
            with self.archive.open(entry) as file:
                while piece := file.read(64 * 1024):
                    parser.feed(piece)
            found: Element = parser.close()
        except ParseError as error:
            raise refuse(FAULTS[Fault.DAMAGED]) from error
        return found


_READ = {"styles", "numbering", "comments", "footnotes", "endnotes", "header", "footer"}


class _Counted:
    """Builds a tree and stops when it grows beyond what a plan's text needs."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.names: dict[str, str] = {}
        self.elements = self.paragraphs = self.depth = 0
        self.rows: list[int] = []  # cells of the row, by nesting of tables
        self.cells: list[int] = []  # cells of the table

    def doctype(self, *_given: object) -> None:
        raise refuse(FAULTS[Fault.ENTITIES])

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        name = self._short(tag)
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS or self.depth > MOST_DEPTH:
            raise refuse(_("The document is built in too complicated a way to be read."))
        if name == "w:p":
            self._paragraph()
        elif name in {"w:tbl", "w:tr", "w:tc", "w:gridCol"}:
            self._table(name)
        return self.builder.start(name, {self._short(k): v for k, v in attributes.items()})

    def _paragraph(self) -> None:
        self.paragraphs += 1
        if self.paragraphs > MOST_PARAGRAPHS:
            text = _("The document has more than {most} paragraphs. Import it in parts.")
            raise refuse(format_lazy(text, most=f"{MOST_PARAGRAPHS:,}"))

    def _table(self, name: str) -> None:
        if name == "w:tbl":
            self.rows.append(0)
            self.cells.append(0)
            if len(self.cells) > MOST_NESTED:
                raise refuse(_("Tables stand inside tables too deeply to be read."))
        elif self.cells and name == "w:tr":
            self.rows[-1] = 0
        elif self.cells:
            self.rows[-1] += 1
            self.cells[-1] += name == "w:tc"
            if self.rows[-1] > MOST_COLUMNS:
                raise refuse(_("A table has at most 30 columns."))
            if self.cells[-1] > MOST_CELLS:
                raise refuse(_("A table has at most 2,000 cells."))

    def end(self, tag: str) -> Element:
        name = self._short(tag)
        self.depth -= 1
        if name == "w:tbl":
            self.rows.pop()
            self.cells.pop()
        elif name == "w:tblGrid" and self.rows:
            self.rows[-1] = 0
        return self.builder.end(name)

    def data(self, data: str) -> None:
        self.builder.data(data)

    def close(self) -> Any:
        return self.builder.close()

    def _short(self, tag: str) -> str:
        found = self.names.get(tag)
        if found is None:
            namespace, _brace, local = tag.removeprefix("{").rpartition("}")
            prefix = _NAMESPACES.get(namespace, "x" if namespace else "")
            found = self.names[tag] = f"{prefix}:{local}" if prefix else local
        return found
