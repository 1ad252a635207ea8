"""What a ZIP archive holds, read from its directory without unpacking it. No Django.

The directory's size and number of entries are looked at before the standard library reads it, so
that an archive of a million entries costs nothing.
"""

import stat
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import IO
from xml.parsers import expat

MOST_ENTRIES = 5_000
MOST_DIRECTORY = 2 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_RATIO = 100
RATIO_FROM = 10 * 1024 * 1024  # small files are let pack well
MOST_TAGS = 500_000  # of a workbook read while a page waits: well under two seconds
MOST_TYPES = 1024 * 1024
MOST_PROLOG = 64 * 1024
PIECE = 8 * 1024
INFLATED = 256 * 1024
TYPES = "[Content_Types].xml"
_LOCAL = b"PK\x03\x04"
_LOCAL_SIZE = 30
_END = b"PK\x05\x06"
_END_SIZE = 22
_END_64 = b"PK\x06\x07"
# What no reader of XML reads: pictures, OLE, fonts, PDF. All else counts as XML whatever its name is,
# because readers of documents follow the names that the document itself gives its parts.
_NO_XML = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"%PDF"),
    *(b"\x01\0\0\0", b"\xd7\xcd\xc6\x9a", b"\xd0\xcf\x11\xe0", b"\0\x01\0\0", b"OTTO"),
)
# How XML begins in an encoding that our parser may not know and another one may.
_OTHER_XML = (
    *(b"<?xml", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0\0<"),
    b"Lo\xa7\x94",  # `<?xm` in EBCDIC
)
_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".jar")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What the standard library raises for bytes that are no archive after all; RuntimeError stands for
# the kind of it that says that a packing is unknown, too.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)
_MAIN_TYPES = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
}


class Fault(StrEnum):
    """Why an archive is refused."""

    DAMAGED = "damaged"
    ENTRIES = "entries"
    UNPACKED = "unpacked"
    OVERLAP = "overlap"
    PATHS = "paths"
    LINKS = "links"
    ENCRYPTED = "encrypted"
    METHOD = "method"
    NESTED = "nested"
    MACROS = "macros"
    ENTITIES = "entities"


class Faulty(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def kind_of(path: Path) -> str:
    """`docx`, `xlsx`, `zip`, or the name of another document made of a ZIP archive.

    Raises Faulty for an archive that is damaged or dangerous to open.
    """
    require_small_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            require_harmless(entries, size=path.stat().st_size)
            _require_told_sizes(path, entries)
            kind = _kind(archive, {entry.filename for entry in entries})
            if kind == "zip":
                _require_flat(entries)
            if kind in _MAIN_TYPES:
                _require_plain_xml(archive, entries)
    except _BROKEN as error:
        raise Faulty(Fault.DAMAGED) from error
    return kind


def require_small_directory(path: Path) -> None:
    """Refuse (Faulty) by the archive's last bytes alone what has too many entries."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 65_535 - _END_SIZE))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise Faulty(Fault.DAMAGED)
    end = tail[at : at + _END_SIZE]
    entries = int.from_bytes(end[10:12], "little")
    directory = int.from_bytes(end[12:16], "little")
    if tail[max(0, at - 20) : at].startswith(_END_64):
        raise Faulty(Fault.ENTRIES)
    if entries > MOST_ENTRIES or directory > MOST_DIRECTORY:
        raise Faulty(Fault.ENTRIES)


def require_harmless(entries: list[zipfile.ZipInfo], *, size: int) -> None:
    """Refuse (Faulty) bombs, links, paths that lead outside, secret or unknown packing."""
    if len(entries) > MOST_ENTRIES:
        raise Faulty(Fault.ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if packed > size:
        raise Faulty(Fault.OVERLAP)
    if unpacked > MOST_UNPACKED or unpacked > max(RATIO_FROM, MOST_RATIO * packed):
        raise Faulty(Fault.UNPACKED)
    if len({entry.filename for entry in entries}) < len(entries):
        raise Faulty(Fault.OVERLAP)
    for entry in entries:
        _require_plain(entry)


def require_few_tags(archive: zipfile.ZipFile, *, most: int) -> None:
    """Refuse (Faulty) a workbook whose XML has more tags: readers take time by the tag, not the byte.

    Also one whose XML declares entities, and one that cannot be unpacked.
    """
    try:
        entries = archive.infolist()
        _require_plain_xml(archive, entries)
        _require_tags(archive, entries, most=most)
    except _BROKEN as error:
        raise Faulty(Fault.DAMAGED) from error


def _require_tags(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], *, most: int) -> None:
    tags = 0
    for entry in entries:
        with archive.open(entry) as file:
            piece = file.read(INFLATED)
            if piece.startswith(_NO_XML):
                continue
            while piece:
                tags += piece.count(b"<")
                if tags > most:
                    raise Faulty(Fault.ENTRIES)
                piece = file.read(INFLATED)


def _require_plain(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename)
    # `orig_filename` is the name before the standard library cut it at the byte zero.
    odd = "\\" in entry.filename or ":" in entry.filename or "\0" in entry.orig_filename
    if odd or path.is_absolute() or ".." in path.parts:
        raise Faulty(Fault.PATHS)
    mode = entry.external_attr >> 16
    if mode and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or not stat.S_IFMT(mode)):
        raise Faulty(Fault.LINKS)
    if entry.flag_bits & 0x1:
        raise Faulty(Fault.ENCRYPTED)
    if entry.compress_type not in _METHODS:
        raise Faulty(Fault.METHOD)


def _require_told_sizes(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse (Faulty) an entry that unpacks to more than the directory says.

    The standard library unpacks up to two gigabytes at once before it looks at what was said.
    """
    with path.open("rb") as file:
        for entry in entries:
            file.seek(entry.header_offset)
            head = file.read(_LOCAL_SIZE)
            if len(head) < _LOCAL_SIZE or not head.startswith(_LOCAL):
                raise Faulty(Fault.DAMAGED)
            file.seek(int.from_bytes(head[26:28], "little"), 1)
            file.seek(int.from_bytes(head[28:30], "little"), 1)
            if entry.compress_type == zipfile.ZIP_DEFLATED:
                _require_inflated(file, entry)
            elif entry.compress_size != entry.file_size:
                raise Faulty(Fault.UNPACKED)


def _require_inflated(file: IO[bytes], entry: zipfile.ZipInfo) -> None:
    inflater, left, size = zlib.decompressobj(-zlib.MAX_WBITS), entry.compress_size, 0
    piece = b""
    while not inflater.eof and (piece or left > 0):
        if not piece:
            piece = file.read(min(INFLATED, left))
            left -= INFLATED
        size += len(inflater.decompress(piece, INFLATED))
        if size > entry.file_size:
            raise Faulty(Fault.UNPACKED)
        piece = inflater.unconsumed_tail


def _require_flat(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.filename.lower().endswith(_ARCHIVES) for entry in entries):
        raise Faulty(Fault.NESTED)


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if TYPES not in names:
        if "OFD.xml" in names:
            return "ofd"
        return "odf" if "mimetype" in names and "content.xml" in names else "zip"
    with archive.open(TYPES) as file:
        types = file.read(MOST_TYPES)
    macros = b"macroEnabled" in types or b"vbaProject" in types
    if macros or any("vbaproject" in name.lower() for name in names):
        raise Faulty(Fault.MACROS)
    found = [kind for kind, main in _MAIN_TYPES.items() if main in types]
    if len(found) == 1:
        return found[0]
    return "pptx" if b"presentationml" in types else "zip"


def _require_plain_xml(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse (Faulty) a part that declares entities; of those named so also what is no XML."""
    for entry in entries:
        with archive.open(entry) as file:
            head = file.read(PIECE)
        if not head or head.startswith(_NO_XML):
            continue
        try:
            with archive.open(entry) as file:
                _require_no_declarations(file)
        except Faulty as fault:
            is_named = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
            is_read = is_named or head.lstrip().startswith(_OTHER_XML)
            if is_read or fault.fault is not Fault.DAMAGED:
                raise


class _Root(Exception):
    """The first element began: what could declare entities lies behind."""


def _require_no_declarations(file: IO[bytes]) -> None:
    """Refuse (Faulty) an XML part with a document type: entities that multiply or fetch.

    Read up to the first element only, by a parser, so that no encoding hides it.
    """
    parser = expat.ParserCreate()

    def refuse(*_given: object) -> None:
        raise Faulty(Fault.ENTITIES)

    def stop(*_given: object) -> None:
        raise _Root

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = stop
    read = 0
    try:
        while piece := file.read(PIECE):
            read += len(piece)
            if read > MOST_PROLOG:
                raise Faulty(Fault.ENTITIES)
            parser.Parse(piece, False)
    except _Root:
        return
    except expat.ExpatError as error:
        raise Faulty(Fault.DAMAGED) from error
