"""PDF files of whatever make put together to one volume: checked first, then numbered. No Django.

A file that is encrypted, damaged or too large is named by its fault and not merged: one bad upload
never spoils the volume.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
)

MOST_PAGES = 2_000  # of one paper
MOST_BYTES = 30 * 1024 * 1024  # of one paper
SIZE = 10  # points of the page number
WIDTH = 0.556 * SIZE  # of a figure in Helvetica
RIGHT, TOP = 42, 30  # points from the edges of the page
FONT = "/JointplanPage"


class Fault(StrEnum):
    """Why a file is not in the volume."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NO_PAGES = "no_pages"  # a Word file, a table: nothing to be printed from here
    GONE = "gone"  # the bytes cannot be read
    HELD_BACK = "held_back"  # by the virus check


class Faulty(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, kw_only=True)
class Part:
    """A sound PDF of `pages` pages; `bookmark` names its first page."""

    path: Path | None = None
    content: bytes = b""
    pages: int
    bookmark: str = ""

    def open(self) -> PdfReader:
        return PdfReader(BytesIO(self.content) if self.path is None else self.path)


def sound_pdf(path: Path) -> tuple[bytes, int]:
    """The pages of an uploaded PDF as a file of their own, and how many. Faulty.

    Only pages are taken: no scripts, forms, outlines or attached files.
    """
    size = path.stat().st_size
    if not size:
        raise Faulty(Fault.EMPTY)
    if size > MOST_BYTES:
        raise Faulty(Fault.TOO_LARGE)
    with _quiet():
        try:
            return _copied(path)
        except Faulty:
            raise
        except MemoryError:
            raise
        except Exception as error:  # a damaged file breaks the reader in any way
            raise Faulty(Fault.DAMAGED) from error


def _copied(path: Path) -> tuple[bytes, int]:
    reader = PdfReader(path)
    if reader.is_encrypted:
        raise Faulty(Fault.ENCRYPTED)
    count = len(reader.pages)
    if not count:
        raise Faulty(Fault.EMPTY)
    if count > MOST_PAGES:
        raise Faulty(Fault.TOO_LARGE)
    writer = PdfWriter()
    for page in reader.pages:
        copy = writer.add_page(page, excluded_keys=("/Annots", "/AA", "/B"))
        _require_content(copy)
    target = BytesIO()
    writer.write(target)
    return target.getvalue(), count


def _require_content(page: PageObject) -> None:
    """A page whose content cannot be unpacked would be an empty sheet: the file is damaged."""
    contents = page.get_contents()
    if contents is not None:
        contents.get_data()


def pages_of(content: bytes) -> int:
    return len(PdfReader(BytesIO(content)).pages)


def write_volume(parts: Sequence[Part], target: BinaryIO, *, title: str) -> int:
    """All parts behind each other, every page but the first numbered in its upper outer corner;
    says how many pages. The same parts give the same bytes."""
    writer = PdfWriter()
    writer.add_metadata({"/Title": title, "/Producer": "Jointplan", "/Creator": "Jointplan"})
    number = 0
    with _quiet():
        for part in parts:
            first = number
            for page in part.open().pages:
                writer.add_page(page)
                number += 1
            if part.bookmark:
                writer.add_outline_item(part.bookmark, first)
        _number(writer)
        writer.write(target)
    return number


def _number(writer: PdfWriter) -> None:
    font = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
    )
    before = writer._add_object(_stream(b"q\n"))
    for number, page in enumerate(writer.pages, start=1):
        if number > 1:
            _stamp(writer, page, str(number), font=font, before=before)


def _stamp(
    writer: PdfWriter,
    page: PageObject,
    text: str,
    *,
    font: IndirectObject,
    before: IndirectObject,
) -> None:
    """Write a number onto a page without touching what is on it."""
    after = writer._add_object(_stream(f"\nQ\n{_words(page, text)}\n".encode()))
    held = page.get("/Contents")
    held = held.get_object() if held is not None else None
    raw = page.raw_get("/Contents") if held is not None else None
    middle = list(held) if isinstance(held, ArrayObject) else ([raw] if raw is not None else [])
    page[NameObject("/Contents")] = ArrayObject([before, *middle, after])
    # Pages of one file may share their resources: this page gets its own list of them.
    resources = DictionaryObject(page["/Resources"].get_object() if "/Resources" in page else {})
    fonts = DictionaryObject(resources["/Font"].get_object() if "/Font" in resources else {})
    fonts[NameObject(FONT)] = font
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources


def _words(page: PageObject, text: str) -> str:
    """The number in the corner that is the upper right one for the reader, whatever the turn."""
    box = page.cropbox
    x0, y0, x1, y1 = (float(one) for one in (box.left, box.bottom, box.right, box.top))
    in_, down = RIGHT + WIDTH * len(text), TOP
    places = {
        0: ("1 0 0 1", x1 - in_, y1 - down),
        90: ("0 1 -1 0", x0 + down, y1 - in_),
        180: ("-1 0 0 -1", x0 + in_, y0 + down),
        270: ("0 -1 1 0", x1 - down, y0 + in_),
    }
    matrix, x, y = places.get(int(page.rotation) % 360, places[0])
    return f"q BT {FONT} {SIZE} Tf 0 g {matrix} {x:.2f} {y:.2f} Tm ({text}) Tj ET Q"


def _stream(content: bytes) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(content)
    return stream


@contextmanager
def _quiet() -> Iterator[None]:
    """What the reader grumbles about a bad upload is no fault of the site: it is named instead."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
