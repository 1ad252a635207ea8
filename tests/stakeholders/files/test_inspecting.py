"""Hostile and mistaken files are refused with words, in little time and memory."""

import io
import resource
import stat
import struct
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.utils import translation

from stakeholders.files import archives
from stakeholders.files.enums import DOCUMENTS, LETTERS, Kind
from stakeholders.files.inspecting import kind_of
from stakeholders.terms.errors import Invalid
from tests.stakeholders.files import samples

EVERY = frozenset(Kind)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&lol;" * 10) for n in range(1, 10))
    + b"]><a>&l9;</a>"
)


@contextmanager
def quick_and_small() -> Iterator[None]:
    """The judging alone, in processor time: other work on the machine is not its fault."""
    started, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        yield
    finally:
        assert time.process_time() - started < 2
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def judged(tmp_path: Path, content: bytes, name: str, kinds: frozenset[Kind] = EVERY) -> Kind:
    path = tmp_path / "arrived"
    path.write_bytes(content)
    with quick_and_small():
        return kind_of(path, name=name, kinds=kinds)


def refusal(tmp_path: Path, content: bytes, name: str, kinds: frozenset[Kind] = DOCUMENTS) -> str:
    with pytest.raises(Invalid) as caught:
        judged(tmp_path, content, name, kinds)
    return str(caught.value.errors["file"])


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (samples.PDF, "letter.pdf", Kind.PDF),
        (samples.PDF, "复函", Kind.PDF),
        (samples.office(), "letter.DOCX", Kind.DOCX),
        (samples.office(samples.EXCEL), "sheet.xlsx", Kind.XLSX),
        (samples.png(), "seal.png", Kind.PNG),
        (samples.JPEG, "seal.jpeg", Kind.JPEG),
        ("编号,名称\r\n1,青浦\r\n".encode("gb18030"), "units.csv", Kind.CSV),
        ("﻿编号,名称\n".encode(), "units.csv", Kind.CSV),
        ("说明".encode(), "notes.txt", Kind.TXT),
        (b'{"type": "FeatureCollection", "features": []}', "area.geojson", Kind.GEOJSON),
        (samples.packed({"area.shp": b"1", "area.dbf": b"2"}), "area.zip", Kind.ZIP),
    ],
)
def test_kind_of_true_files(tmp_path: Path, content: bytes, name: str, kind: Kind) -> None:
    assert judged(tmp_path, content, name) is kind


def test_a_right_name_with_other_content_names_both(tmp_path: Path) -> None:
    assert refusal(tmp_path, samples.png(), "letter.pdf") == (
        "The name ends in .pdf, but the content is: PNG picture. Expected: PDF document, "
        "Word document (.docx), Excel workbook (.xlsx), PNG picture, JPEG picture, CSV table, "
        "plain text."
    )


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (b"MZ\x90\0" + bytes(100), "letter.pdf", "a Windows program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "letter.docx", "an old Office document"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "seal.png", "a web page, a drawing (SVG)"),
        (b"<html><script>1</script></html>", "notes.txt", "a web page, a drawing (SVG)"),
        (bytes(range(256)), "table.csv", "neither a known kind nor text"),
        (samples.packed({"OFD.xml": b"<a/>"}), "letter.pdf", "an OFD document"),
        (samples.packed({"a.txt": b"a"}), "letter.docx", "ZIP archive"),
        (samples.office(samples.EXCEL), "letter.docx", "Excel workbook"),
    ],
)
def test_other_kinds_are_named(tmp_path: Path, content: bytes, name: str, found: str) -> None:
    text = refusal(tmp_path, content, name, LETTERS)
    assert f"It is: {found}" in text
    assert text.endswith(
        "Expected: PDF document, Word document (.docx), PNG picture, JPEG picture."
    )


def test_a_cut_off_pdf(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"%PDF-1.7\n" + bytes(5000), "a.pdf") == (
        "The PDF document is cut off. Upload the whole file."
    )


@pytest.mark.parametrize("size", [(60_000, 60_000), (40_000, 1), (20_000, 20_000)])
def test_a_flood_of_pixels(tmp_path: Path, size: tuple[int, int]) -> None:
    text = refusal(tmp_path, samples.png(*size), "plan.png")
    assert text.startswith(f"The picture measures {size[0]} × {size[1]} points")


def test_a_jpeg_of_too_many_pixels(tmp_path: Path) -> None:
    content = samples.JPEG.replace(b"\x00\x10\x00\x20", struct.pack(">HH", 60_000, 60_000))
    assert refusal(tmp_path, content, "a.jpg").startswith("The picture measures 60000 × 60000")


def test_a_jpeg_without_a_frame(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"\xff\xd8\xff\xe0\x00\x10" + bytes(4), "a.jpg").startswith(
        "The file is damaged"
    )


def test_macros(tmp_path: Path) -> None:
    content = samples.office(parts={"word/vbaProject.bin": b"1"})
    assert refusal(tmp_path, content, "a.docx").startswith("The document holds macros")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_billion_laughs(tmp_path: Path, encoding: str) -> None:
    text = LAUGHS.decode()
    if encoding == "utf-16":
        text = text.replace('version="1.0"', 'version="1.0" encoding="UTF-16"')
    content = samples.office(parts={"word/document.xml": text.encode(encoding)})
    assert refusal(tmp_path, content, "a.docx").startswith("The document declares entities")


def test_entities_behind_a_long_comment(tmp_path: Path) -> None:
    part = b"<!--" + b"x" * 200_000 + b"-->" + LAUGHS.split(b"?>", 1)[1]
    content = samples.office(parts={"word/document.xml": part})
    assert refusal(tmp_path, content, "a.docx").startswith("The document declares entities")


@pytest.mark.parametrize("name", ["xl/strings.bin", "xl/strings", "xl/a.png", "xl/a.XML "])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32", "cp037"])
def test_entities_in_a_part_of_any_name(tmp_path: Path, name: str, encoding: str) -> None:
    """Readers of documents follow the names that the document gives; none says what is XML."""
    told = LAUGHS.decode().replace('"1.0"', f'"1.0" encoding="{encoding}"')
    content = samples.office(samples.EXCEL, {name: told.encode(encoding)})
    said = refusal(tmp_path, content, "a.xlsx")
    assert said.startswith(("The document declares entities", "The file is damaged"))


@pytest.mark.parametrize(
    "part",
    [b"", samples.png(), samples.JPEG, "HP LaserJet".encode("utf-16-le"), b"\x9f<!DOCTYPE a"],
)
def test_a_part_that_is_no_xml_is_left_alone(tmp_path: Path, part: bytes) -> None:
    content = samples.office(samples.EXCEL, {"xl/printerSettings/printerSettings1.bin": part})
    assert judged(tmp_path, content, "a.xlsx") is Kind.XLSX


@pytest.mark.parametrize("name", ["xl/strings.xml", "xl/strings.bin", "xl/strings"])
def test_many_tags_in_a_part_of_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "arrived"
    path.write_bytes(samples.office(samples.EXCEL, {name: b"<a>" + b"<b/>" * 1_000 + b"</a>"}))
    with zipfile.ZipFile(path) as archive:
        archives.require_few_tags(archive, most=1_100)
        with pytest.raises(archives.Faulty) as caught:
            archives.require_few_tags(archive, most=1_000)
    assert caught.value.fault is archives.Fault.ENTRIES


def test_a_workbook_read_without_a_store_declares_no_entities(tmp_path: Path) -> None:
    path = tmp_path / "arrived"
    path.write_bytes(samples.office(samples.EXCEL, {"xl/strings.bin": LAUGHS}))
    with zipfile.ZipFile(path) as archive, pytest.raises(archives.Faulty) as caught:
        archives.require_few_tags(archive, most=1_000)
    assert caught.value.fault is archives.Fault.ENTITIES


def test_a_bomb_of_zeros(tmp_path: Path) -> None:
    content = samples.office(samples.EXCEL, {"xl/worksheets/sheet1.xml": bytes(60_000_000)})
    assert len(content) < 100_000
    assert refusal(tmp_path, content, "a.xlsx").startswith("Unpacked, the file would be too large")


def test_ten_gigabytes_by_the_directory(tmp_path: Path) -> None:
    """The directory says what unpacking would give; nothing is unpacked to find out."""
    content = bytearray(samples.office(parts={"big.xml": b"<a/>" * 10}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 0xFFFFFFF0)
    assert refusal(tmp_path, bytes(content), "a.docx").startswith("Unpacked, the file would be")


def test_a_million_entries(tmp_path: Path) -> None:
    """Small in bytes: the end record promises a directory that is refused unread."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *[0] * 6, 0, 0, 0, 1, *[0] * 4, 0, 0) + b"a"
    directory = entry * 400_000
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), 30, 0)
    content = b"PK\x03\x04" + bytes(26) + directory + end
    assert refusal(tmp_path, content, "a.docx").startswith("The file holds too many parts")


def test_an_archive_in_the_long_format(tmp_path: Path) -> None:
    locator = b"PK\x06\x07" + bytes(16)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, 46, 0, 0)
    content = b"PK\x03\x04" + bytes(50) + locator + end
    assert refusal(tmp_path, content, "a.docx").startswith("The file holds too many parts")


def test_many_true_entries(tmp_path: Path) -> None:
    parts = {f"part{n}.xml": b"" for n in range(archives.MOST_ENTRIES + 1)}
    assert refusal(tmp_path, samples.office(parts=parts), "a.docx").startswith(
        "The file holds too many parts"
    )


def test_overlapping_entries(tmp_path: Path) -> None:
    """Entries that share their bytes pack endlessly much into little."""
    content = samples.packed({f"{n}.txt": b"x" for n in range(3)})
    changed = bytearray(content)
    at = -1
    while (at := changed.find(b"PK\x01\x02", at + 1)) >= 0:
        changed[at + 20 : at + 24] = struct.pack("<I", len(content))
    assert refusal(tmp_path, bytes(changed), "a.zip", EVERY).startswith("Parts of the file overlap")


@pytest.mark.parametrize("name", ["../a.txt", "/etc/passwd", "a/../../b", "C:\\a.txt", "a\\b.txt"])
def test_paths_that_lead_outside(tmp_path: Path, name: str) -> None:
    text = refusal(tmp_path, samples.packed({name: b"1"}), "a.zip", EVERY)
    assert text == "The file holds parts whose names lead outside it."


def test_links(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    text = refusal(tmp_path, buffer.getvalue(), "a.zip", EVERY)
    assert text == "The file holds links to other places instead of files."


def test_archives_in_archives(tmp_path: Path) -> None:
    """A quine or 42.zip goes on for ever: an archive within an archive is not taken."""
    inner = samples.packed({"a.txt": bytes(1000)})
    for depth in range(5):
        inner = samples.packed({f"{depth}.zip": inner})
    text = refusal(tmp_path, inner, "a.zip", EVERY)
    assert text == "The archive holds further archives. Unpack these first."


def test_a_password(tmp_path: Path) -> None:
    content = bytearray(samples.packed({"a.txt": b"1"}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    assert refusal(tmp_path, bytes(content), "a.zip", EVERY).startswith(
        "The file is protected by a password"
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + bytes(500), b"PK\x05\x06"])
def test_a_damaged_archive(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, content, "a.docx").startswith("The file is damaged")


def test_a_part_with_a_wrong_checksum(tmp_path: Path) -> None:
    content = bytearray(samples.office(parts={"word/document.xml": b"<a>text</a>"}))
    at = content.find(b"word/document.xml") + len("word/document.xml")
    content[at] ^= 0xFF
    assert refusal(tmp_path, bytes(content), "a.docx").startswith("The file is damaged")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"[" * 100_000, "This is no GeoJSON: it cannot be read as JSON."),
        (b'{"type": ', "This is no GeoJSON: it cannot be read as JSON."),
        (b"[1]", "This is no GeoJSON: it has no type."),
    ],
)
def test_no_geojson(tmp_path: Path, content: bytes, text: str) -> None:
    assert refusal(tmp_path, content, "a.geojson", EVERY) == text
