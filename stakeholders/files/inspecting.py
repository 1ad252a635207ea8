"""What a file is by its bytes, and whether it may be kept: magic bytes, structure, limits."""

import codecs
import json
import math
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.files import archives
from stakeholders.files.archives import Fault, Faulty
from stakeholders.files.enums import TEXT_KINDS, Kind
from stakeholders.files.names import suffix_of
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Invalid

FIELD: Final = "file"
PIECE: Final = 64 * 1024
MOST_PIXELS: Final = 100_000_000
MOST_SIDE: Final = 30_000
MOST_OBJECTS: Final = 200_000  # of GeoJSON: each costs memory thirty times its length
MOST_PARTS: Final = 1_500_000  # of GeoJSON: half a million points
HEAD: Final = 1024

FAULTS: Final[dict[Fault, Text]] = {
    Fault.DAMAGED: _("The file is damaged: it cannot be opened. Save it again and upload that."),
    Fault.ENTRIES: _("The file holds too many parts to be opened safely."),
    Fault.UNPACKED: _("Unpacked, the file would be too large to be opened safely."),
    Fault.OVERLAP: _("Parts of the file overlap: it cannot be opened safely."),
    Fault.PATHS: _("The file holds parts whose names lead outside it."),
    Fault.LINKS: _("The file holds links to other places instead of files."),
    Fault.ENCRYPTED: _("The file is protected by a password. Upload it without one."),
    Fault.METHOD: _("The file is packed in a way that is not read here. Save it again."),
    Fault.NESTED: _("The archive holds further archives. Unpack these first."),
    Fault.MACROS: _(
        "The document holds macros (programs). Save it without macros, as .docx or .xlsx."
    ),
    Fault.ENTITIES: _("The document declares entities, which may be used to overload programs."),
}
# What people bring by mistake, by first bytes.
FOREIGN: Final[tuple[tuple[bytes, Text], ...]] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        _("an old Office document (.doc, .xls) or an encrypted one"),
    ),
    (b"MZ", _("a Windows program")),
    (b"\x7fELF", _("a program")),
    (b"#!", _("a program")),
    (b"Rar!", _("a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", _("a 7z archive")),
    (b"\x1f\x8b", _("a gzip archive")),
    (b"GIF8", _("a GIF picture")),
    (b"BM", _("a BMP picture")),
    (b"II*\0", _("a TIFF picture")),
    (b"MM\0*", _("a TIFF picture")),
    (b"RIFF", _("a WebP picture, a sound or a film")),
    (b"\xff\xfe", _("text in UTF-16 (save it as UTF-8)")),
    (b"\xfe\xff", _("text in UTF-16 (save it as UTF-8)")),
)
WRAPPED: Final[dict[str, Text]] = {
    "ofd": _("an OFD document (export it as PDF)"),
    "odf": _("an OpenDocument file (save it as .docx or .xlsx)"),
    "pptx": _("a PowerPoint presentation (export it as PDF)"),
}
_MARKUP = re.compile(rb"^\s*<(?:!doctype\s+html|html|svg|\?xml|script)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_NO_FRAME = {0xD8, 0x01, *range(0xD0, 0xD8)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def kind_of(path: Path, *, name: str, kinds: Collection[Kind]) -> Kind:
    """The kind of the file at `path`, one of `kinds`.

    Raises Invalid naming what it is and what was expected: another kind, a name that says
    another kind than the bytes, a damaged or dangerous file.
    """
    found = _by_bytes(path, name=name)
    if not isinstance(found, Kind):
        raise _wrong(found, kinds)
    if found not in kinds:
        raise _wrong(found.label, kinds)
    suffix = suffix_of(name)
    if suffix and suffix not in found.suffixes:
        raise Invalid(
            {
                FIELD: format_lazy(
                    _("The name ends in {suffix}, but the content is: {found}. Expected: {kinds}."),
                    suffix=suffix,
                    found=found.label,
                    kinds=expected(kinds),
                )
            }
        )
    return found


def expected(kinds: Collection[Kind]) -> Text:
    """The kinds as words, in a steady order."""
    labels = [kind.label for kind in Kind if kind in kinds]
    comma = pgettext_lazy("between names", ", ")
    return format_lazy("{}" + "{comma}{}" * (len(labels) - 1), *labels, comma=comma)


def _wrong(found: Text, kinds: Collection[Kind]) -> Invalid:
    text = _("This file is not of a kind taken here. It is: {found}. Expected: {kinds}.")
    return Invalid({FIELD: format_lazy(text, found=found, kinds=expected(kinds))})


def _by_bytes(path: Path, *, name: str) -> Kind | Text:
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(path)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(head)
    if head.startswith(b"\xff\xd8\xff"):
        return _jpeg(path)
    if head.startswith(b"%PDF-"):
        return _pdf(path)
    for magic, label in FOREIGN:
        if head.startswith(magic):
            return label
    if head[4:8] == b"ftyp":
        return _("a HEIC picture or a film")
    return _text(path, head=head, name=name)


def _packed(path: Path) -> Kind | Text:
    try:
        found = archives.kind_of(path)
    except Faulty as error:
        raise Invalid({FIELD: FAULTS[error.fault]}) from error
    return WRAPPED[found] if found in WRAPPED else Kind(found)


def _pdf(path: Path) -> Kind:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2 * HEAD))
        if b"%%EOF" not in file.read():
            raise Invalid({FIELD: _("The PDF document is cut off. Upload the whole file.")})
    return Kind.PDF


def _png(head: bytes) -> Kind:
    if head[12:16] != b"IHDR" or len(head) < 33:
        raise Invalid({FIELD: FAULTS[Fault.DAMAGED]})
    _require_small(int.from_bytes(head[16:20]), int.from_bytes(head[20:24]))
    return Kind.PNG


def _jpeg(path: Path) -> Kind:
    """Read markers up to the frame's header, which names the dimensions."""
    with path.open("rb") as file:
        file.seek(2)
        for _marker in range(2_000):
            lead = file.read(2)
            while lead[1:] == b"\xff":
                lead = lead[1:] + file.read(1)
            if len(lead) < 2 or lead[0] != 0xFF or lead[1] in {0xD9, 0xDA}:
                break
            if lead[1] in _NO_FRAME:
                continue
            size = int.from_bytes(file.read(2))
            if lead[1] in _FRAMES:
                frame = file.read(5)
                if len(frame) < 5:
                    break
                _require_small(int.from_bytes(frame[3:5]), int.from_bytes(frame[1:3]))
                return Kind.JPEG
            if size < 2:
                break
            file.seek(size - 2, 1)
    raise Invalid({FIELD: FAULTS[Fault.DAMAGED]})


def _require_small(width: int, height: int) -> None:
    if not width or not height:
        raise Invalid({FIELD: FAULTS[Fault.DAMAGED]})
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise Invalid(
            {
                FIELD: format_lazy(
                    _("The picture measures {width} × {height} points; at most {most} are taken."),
                    width=width,
                    height=height,
                    most=f"{MOST_PIXELS:,}",
                )
            }
        )


def _text(path: Path, *, head: bytes, name: str) -> Kind | Text:
    """Text is told apart by its name; without one of a text kind it must not look like markup."""
    kind = next((k for k in TEXT_KINDS if suffix_of(name) in k.suffixes), None)
    if _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        return _("a web page, a drawing (SVG) or XML")
    limit = (kind or Kind.TXT).max_size
    if path.stat().st_size > limit:
        text = _("The file is too large: at most {size} are taken.")
        raise Invalid({FIELD: format_lazy(text, size=filesizeformat(limit))})
    encodings = ("utf-8-sig",) if kind is Kind.GEOJSON else ("utf-8-sig", "gb18030")
    if not any(_reads(path, encoding) for encoding in encodings):
        return _("neither a known kind nor text in UTF-8 or GB18030")
    if kind is Kind.GEOJSON:
        _require_geojson(path)
    return kind or Kind.TXT


def _reads(path: Path, encoding: str) -> bool:
    try:
        return not any(_CONTROLS.search(piece) for piece in _decoded(path, encoding))
    except UnicodeDecodeError:
        return False


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _finite(text: str) -> float:
    """The number of that text; ValueError for one beyond all numbers, and for none."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _require_geojson(path: Path) -> None:
    """JSON of few enough parts to be held in memory, all of its numbers finite, with a type."""
    raw = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    objects = raw.count(b"{")
    if objects > MOST_OBJECTS or objects + raw.count(b"[") + raw.count(b",") > MOST_PARTS:
        raise Invalid({FIELD: FAULTS[Fault.ENTRIES]})
    try:
        content = json.loads(raw, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Invalid({FIELD: _("This is no GeoJSON: it cannot be read as JSON.")}) from error
    if not isinstance(content, dict) or "type" not in content:
        raise Invalid({FIELD: _("This is no GeoJSON: it has no type.")})
