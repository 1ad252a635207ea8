"""Small files that would be large, endless or elsewhere if they were opened: made in memory."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.stakeholders.files import samples
from tests.stakeholders.files.test_inspecting import LAUGHS

MIB = 1024 * 1024
TYPES = "[Content_Types].xml"
SHEET_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{samples.EXCEL}"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def workbook(sheet: bytes, strings: bytes = b"", more: dict[str, bytes] | None = None) -> bytes:
    """A workbook with the inside of its one sheet, and of its shared strings."""
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets><sheet name="a" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>"
    )
    of_book = "".join(
        f'<Relationship Id="r{n}" Type="{RELS}/{kind}" Target="{target}"/>'
        for n, kind, target in (
            (1, "worksheet", "worksheets/sheet1.xml"),
            (2, "sharedStrings", "sharedStrings.xml"),
        )
    )
    root = f'<Relationship Id="r1" Type="{RELS}/officeDocument" Target="xl/workbook.xml"/>'
    parts = {
        TYPES: SHEET_TYPES.encode(),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{root}</Relationships>'.encode(),
        "xl/workbook.xml": book.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{of_book}</Relationships>'.encode(),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
        + sheet
        + b"</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">'.encode() + strings + b"</sst>",
    }
    return samples.packed({**parts, **(more or {})})


def document(inside: bytes) -> bytes:
    return samples.packed(
        {
            TYPES: (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                f'<Override PartName="/word/document.xml" ContentType="{samples.WORD}"/></Types>'
            ).encode(),
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>'.encode()
            + inside
            + b"</w:body></w:document>",
        }
    )


def noise(size: int) -> bytes:
    """Bytes that hardly pack, the same every time: they lower the ratio of an archive."""
    state, out = 1, bytearray()
    while len(out) < size:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out += struct.pack("<Q", state)
    return bytes(out[:size])


def zeros(name: str, *, gib: int, told: int | None = None) -> bytes:
    """An archive of one entry that unpacks to `gib` GiB of zeros; its directory says `told`."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(16 * MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    data = piece * (gib * 64) + b"\x03\x00"
    size = min(told if told is not None else gib * 1024 * MIB, 0xFFFFFFFE)
    head = struct.pack("<5H3I2H", 20, 0, 8, 0, 0, 0, len(data), size, len(name), 0)
    local = b"PK\x03\x04" + head + name.encode() + data
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<3H2I", 0, 0, 0, 0, 0)
    entry += name.encode()
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), len(local), 0)
    return local + entry + end


def nested(levels: int = 6, width: int = 16) -> bytes:
    """As 42.zip: archives of archives of archives, at the bottom a file of zeros."""
    inner, name = samples.packed({"0.dll": bytes(4 * MIB)}), "lib"
    for level in range(levels):
        inner = samples.packed({f"{name}{level}-{n}.zip": inner for n in range(width)})
    return inner


def quine() -> bytes:
    """An archive whose entry is the archive itself: unpacking it never ends."""
    name = b"r.zip"
    size = 30 + len(name) + 46 + len(name) + 22
    head = struct.pack("<5H3I2H", 20, 0, 0, 0, 0, 0, size, size, len(name), 0)
    local = b"PK\x03\x04" + head + name
    entry = (
        b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<3H2I", 0, 0, 0, 0, 0) + name
    )
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), len(local), 0)
    return local + entry + end


def entries(count: int, *, told: int) -> bytes:
    """A directory of that many entries, of which the end says fewer."""
    name = b"a"
    one = b"PK\x01\x02" + struct.pack("<6H3I5H2I", *[0] * 6, 0, 0, 0, 1, *[0] * 4, 0, 0) + name
    directory = one * count
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, told, told, len(directory), 30, 0)
    return b"PK\x03\x04" + bytes(26) + directory + end


def linked() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(TYPES, SHEET_TYPES)
        link = zipfile.ZipInfo("xl/workbook.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return target.getvalue()


def laughing() -> bytes:
    return samples.packed(
        {
            TYPES: f'<Types><Override PartName="/word/document.xml" ContentType="{samples.WORD}"/></Types>'.encode(),
            "word/document.xml": LAUGHS,
        }
    )


def within_limits(*, megabytes: int, part: bytes) -> bytes:
    """Repeated XML of that size when unpacked, beside noise that makes the ratio look harmless."""
    return part * (megabytes * MIB // len(part))


def strings(megabytes: int) -> bytes:
    """A workbook of very many shared texts, whose ratio is that of an ordinary one."""
    texts = within_limits(megabytes=megabytes, part=b"<si><t>a</t></si>")
    return workbook(b"", texts, {"xl/media/a.png": noise(megabytes * MIB // 90)})


def cells(megabytes: int) -> bytes:
    rows = within_limits(megabytes=megabytes, part=b"<row><c><v>1</v></c></row>")
    return workbook(rows, b"", {"xl/media/a.png": noise(megabytes * MIB // 90)})


def geojson(points: int) -> bytes:
    ring = b"[0,0]," * points
    return b'{"type":"Polygon","coordinates":[[' + ring + b"[0,0]]]}"


# name -> (file name as sent, builder)
BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "archives in archives, zip": ("a.zip", nested),
    "archives in archives, docx": ("a.docx", nested),
    "10 GB of zeros, xlsx": ("a.xlsx", lambda: zeros("xl/worksheets/sheet1.xml", gib=10)),
    "10 GB of zeros, told small": ("a.xlsx", lambda: zeros(TYPES, gib=10, told=1000)),
    "10 GB of zeros, zip": ("a.zip", lambda: zeros("a.dbf", gib=10, told=100 * MIB)),
    "a million entries": ("a.zip", lambda: entries(1_000_000, told=0xFFFF)),
    "a million entries, told ten": ("a.docx", lambda: entries(1_000_000, told=10)),
    "an archive of itself": ("a.zip", quine),
    "an archive of itself, docx": ("a.docx", quine),
    "a link": ("a.xlsx", linked),
    "a way out": ("a.docx", lambda: samples.office(parts={"../../etc/cron.d/x": b"1"})),
    "a billion laughs": ("a.docx", laughing),
    "a billion laughs, workbook": (
        "a.xlsx",
        lambda: samples.office(samples.EXCEL, {"xl/workbook.xml": LAUGHS}),
    ),
    "a flood of pixels": ("a.png", lambda: samples.png(60_000, 60_000)),
    "ten million points": ("a.geojson", lambda: geojson(10_000_000)),
    "seven million points": ("a.geojson", lambda: geojson(7_000_000)),
    "many points": ("a.geojson", lambda: geojson(1_600_000)),
    "many objects": ("a.geojson", lambda: b'{"type":[' + b'{"":0},' * 1_400_000 + b"0]}"),
    "deep": ("a.geojson", lambda: b"[" * 100_000),
    "deep and closed": ("a.geojson", lambda: b'{"type":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "no number": ("a.geojson", lambda: b'{"type":"Point","coordinates":[NaN,-Infinity]}'),
    "beyond numbers": ("a.geojson", lambda: b'{"type":"Point","coordinates":[1e999,1]}'),
    "as many texts as are read": ("a.xlsx", lambda: workbook(b"", b"<si><t>a</t></si>" * 124_000)),
    "as many cells as are read": (
        "a.xlsx",
        lambda: workbook(b"<row><c><v>1</v></c></row>" * 82_000),
    ),
    "12 MB of texts": ("a.xlsx", lambda: strings(11)),
    "55 MB of texts": ("a.xlsx", lambda: strings(55)),
    "250 MB of texts": ("a.xlsx", lambda: strings(250)),
    "11 MB of cells": ("a.xlsx", lambda: cells(11)),
    "55 MB of cells": ("a.xlsx", lambda: cells(55)),
    "250 MB of cells": ("a.xlsx", lambda: cells(250)),
    "many paragraphs": ("a.docx", lambda: document(b"<w:p/>" * 3_000_000)),
    "deep elements": ("a.docx", lambda: document(b"<w:tbl>" * 500_000)),
    "a long attribute": ("a.docx", lambda: document(b'<w:p w:a="' + b"a" * 20 * MIB + b'"/>')),
    "a column of nothing": ("a.csv", lambda: b"," * (19 * MIB)),
    "lines of nothing": ("a.csv", lambda: b"\n" * (19 * MIB)),
    "an open quote": ("a.csv", lambda: b'a,b\n"' + b"x" * (19 * MIB)),
    "one long line": ("a.md", lambda: b"[" * (4 * MIB)),
    "quotes in quotes": ("a.md", lambda: b"> " * (2 * MIB)),
    "emphasis": ("a.md", lambda: b"*a_" * MIB),
    "a table without end": ("a.md", lambda: b"|a" * MIB + b"\n" + b"|-" * MIB + b"\n"),
}
