"""Making a package: papers are written one by one into a spool, then put together as one ZIP.

What is in the spool depends on path and stamp alone, so that whoever goes on after a death, or
after the plan moved, writes only what is not there. Same state, same bytes: names sorted by the
catalogue, one date for all entries of the ZIP, one language, one time zone.
"""

import hashlib
import io
import os
import tempfile
import time
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone, translation
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from consult.archive import standalone
from consult.archive.catalogue import (
    PDF_LINES,
    Line,
    filled,
    lines_of,
    paper_of,
    write_csv,
    write_papers,
)
from consult.archive.enums import Standing
from consult.archive.pieces import ZONE, Piece, State
from consult.archive.readme import readme_text
from consult.phase3_identification import standalone as statement_standalone
from consult.phase3_identification import standalone_follows, standalone_receipt
from plans.register import standalone as revision_standalone
from stakeholders.files.enums import Scan
from stakeholders.files.storage import FOLDER_MODE, INCOMING, place_of
from stakeholders.record import standalone as record_standalone

MANIFEST = standalone.MANIFEST
BLOCK = 1024 * 1024
DATE = (1980, 1, 1, 0, 0, 0)
# Texts are packed; what is packed already (Word, PDF, pictures) is not packed again.
PACKED = frozenset({".csv", ".json", ".jsonl", ".txt", ".md", ".py", ".geojson", ".sha256"})
VERIFIERS = {
    "standalone_archive.py": standalone,
    "standalone_record.py": record_standalone,
    "standalone_revision.py": revision_standalone,
    "standalone_statement.py": statement_standalone,
    "standalone_follows.py": standalone_follows,
    "standalone_receipt.py": standalone_receipt,
}
PDF_FAULTS = (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


@contextmanager
def one_language() -> Iterator[None]:
    """Chinese and the clock of Beijing, whatever the reader has."""
    with translation.override("zh-hans"), timezone.override(ZONE):
        yield


class Spool:
    """Papers written so far; they lie where uploads arrive, and housekeeping removes old ones."""

    def __init__(self, name: str = "") -> None:
        self.name = name or uuid.uuid4().hex
        self.folder = Path(settings.MEDIA_ROOT) / INCOMING

    def place(self, piece: Piece) -> Path:
        """Where the bytes of a made paper lie or will lie."""
        key = hashlib.sha256(f"{piece.path}\0{piece.stamp}".encode()).hexdigest()
        return self.folder / f"archive-{self.name}-{key}"

    def lacks(self, piece: Piece) -> bool:
        return piece.write is not None and not self.place(piece).is_file()

    def put(self, piece: Piece) -> None:
        """Write a made paper, whole or not at all."""
        if piece.write is None:
            return
        self.folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=f"archive-{self.name}-")
        try:
            with open(handle, "wb") as file, one_language():
                piece.write(file)
            Path(name).replace(self.place(piece))
        finally:
            Path(name).unlink(missing_ok=True)

    def drop(self, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            self.place(piece).unlink(missing_ok=True)

    def remove(self) -> None:
        for path in self.folder.glob(f"archive-{self.name}-*"):
            path.unlink(missing_ok=True)


def write_some(pieces: Sequence[Piece], spool: Spool, *, seconds: float) -> list[Piece]:
    """Write papers that are not in the spool yet, at least one, for so long; says which."""
    written = []
    end = time.monotonic() + seconds
    for piece in pieces:
        if spool.lacks(piece):
            spool.put(piece)
            written.append(piece)
            if time.monotonic() >= end:
                break
    return written


def standing_of(piece: Piece) -> Standing:
    """Whether a paper can go into the package, by what its row says and whether its file is there."""
    if piece.sealed_until:
        return Standing.SEALED
    if piece.stored is None:
        return Standing.HELD if piece.write is not None else Standing.NO_COPY
    if piece.stored.scan == Scan.INFECTED:
        return Standing.INFECTED
    return Standing.HELD if place_of(piece.stored.sha256).is_file() else Standing.MISSING


def preview(pieces: Sequence[Piece]) -> list[Line]:
    """The catalogue as it would be, without sizes and hashes."""
    standings = [standing_of(piece) for piece in pieces]
    return lines_of(pieces, standings=standings, kept=settings.ARCHIVE_RETENTION)


@dataclass(frozen=True, kw_only=True)
class Made:
    """What came of putting a package together."""

    files: int
    lines: Sequence[Line]


def assemble(
    pieces: Sequence[Piece],
    spool: Spool,
    *,
    state: State,
    missing: Sequence[str],
    target: BinaryIO,
) -> Made:
    """Put all papers, catalogue, verifiers, README and manifest into one ZIP file."""
    hashes: dict[str, str] = {}
    lines = []
    with zipfile.ZipFile(target, "w") as package, one_language():
        for line in preview(pieces):
            lines.append(_add_paper(package, line, spool, hashes))
        _add_catalogue(package, lines, state, missing, hashes)
        for name, module in VERIFIERS.items():
            source = Path(str(module.__file__)).read_bytes()
            _add(package, f"verify/{name}", source, hashes)
        _add(package, "README.txt", readme_text(state.plan).encode(), hashes)
        manifest = "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))
        _add(package, MANIFEST, manifest.encode(), {})
    return Made(files=len(hashes) + 1, lines=lines)


def _add_paper(package: zipfile.ZipFile, line: Line, spool: Spool, hashes: dict[str, str]) -> Line:
    if line.standing is not Standing.HELD:
        return line
    piece = line.piece
    place = place_of(piece.stored.sha256) if piece.stored else spool.place(piece)
    try:
        with place.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
            if piece.stored and sha256 != piece.stored.sha256:
                return filled(line, standing=Standing.DAMAGED, size=size, pages=None, sha256="")
            file.seek(0)
            _copy(package, piece.path, file, size=size)
            hashes[piece.path] = sha256
            pages = _pages(piece.path, file)
    except FileNotFoundError:
        if piece.stored is None:
            raise
        return filled(line, standing=Standing.MISSING, size=0, pages=None, sha256="")
    return filled(line, standing=line.standing, size=size, pages=pages, sha256=sha256)


def _pages(path: str, file: BinaryIO) -> int | None:
    """Pages of a PDF or a picture; None where a file does not say."""
    if path.endswith((".png", ".jpg")):
        return 1
    if not path.endswith(".pdf"):
        return None
    file.seek(0)
    try:
        return PdfReader(file).get_num_pages()
    except PDF_FAULTS:
        return None


def _copy(package: zipfile.ZipFile, name: str, file: BinaryIO, *, size: int) -> None:
    entry = zipfile.ZipInfo(name, date_time=DATE)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    is_packed = os.path.splitext(name)[1] in PACKED
    entry.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
    entry.file_size = size
    with package.open(entry, "w") as out:
        while block := file.read(BLOCK):
            out.write(block)


def _add(package: zipfile.ZipFile, name: str, content: bytes, hashes: dict[str, str]) -> None:
    _copy(package, name, io.BytesIO(content), size=len(content))
    hashes[name] = hashlib.sha256(content).hexdigest()


def _add_catalogue(
    package: zipfile.ZipFile,
    lines: Sequence[Line],
    state: State,
    missing: Sequence[str],
    hashes: dict[str, str],
) -> None:
    is_short = len(lines) <= PDF_LINES
    with ExitStack() as stack:
        csv, docx, pdf = (stack.enter_context(tempfile.TemporaryFile()) for _one in range(3))
        write_csv(lines, csv)
        paper = paper_of(lines, state=state, missing=missing)
        write_papers(paper, docx=docx, pdf=pdf if is_short else None)
        for name, file in (("csv", csv), ("docx", docx), ("pdf", pdf)):
            if name == "pdf" and not is_short:
                continue
            size = file.tell()
            file.seek(0)
            path = f"catalogue/catalogue.{name}"
            hashes[path] = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            _copy(package, path, file, size=size)
