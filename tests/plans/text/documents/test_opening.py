"""Files nobody should send: refused with the reason, quickly and without memory."""

import json
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation

from plans.text.documents.opening import MOST_PARAGRAPHS
from plans.text.documents.reading import read_document
from stakeholders.terms.errors import Invalid
from tests.plans.text.documents.word_files import body, packed, paragraph, table

MIB = 1024 * 1024
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
Make = Callable[[Path], object]


def document(inner: str, *, prolog: str = "") -> Make:
    return lambda path: packed(path, {"word/document.xml": body(inner, prolog=prolog).encode()})


def written(content: bytes) -> Make:
    return lambda path: path.write_bytes(content)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as file:
            for _piece in range(400):
                file.write(b"\0" * MIB)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200 * MIB)


def macros(path: Path) -> None:
    packed(path, {"word/vbaProject.bin": b"macro"})


def macro_type(path: Path) -> None:
    types = (
        b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled"/></Types>'
    )
    packed(path, {"[Content_Types].xml": types})


def other_types(path: Path) -> None:
    packed(path, {"docProps/core.xml": f"{LAUGHS}<core>&c;</core>".encode()})


DAMAGED = "The file is damaged: it cannot be opened. Save it again and upload that."
ENTITIES = "The document declares entities, which may be used to overload programs."
MACROS = "The document holds macros (programs). Save it without macros, as .docx or .xlsx."
SECRET = "The file is protected by a password. Upload it without one."
CONTROLS = "The text holds control characters. Remove them."
COLUMNS = "A table has at most 30 columns."


def forbidden(place: str, character: str) -> str:
    return f"{place}: the character {character} cannot stand in a text; please delete it."


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED: list[tuple[str, Make, str]] = [
    ("empty", written(b""), "The file is empty."),
    ("encrypted", written(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")), SECRET),
    ("old", written(OLE + b"\0" * 600), "This is an old Word document (.doc). Save it as .docx."),
    ("broken zip", written(b"PK\x03\x04" + b"x" * 500), DAMAGED),
    ("broken xml", document("<w:p><w:r></w:p>"), DAMAGED),
    ("cut xml", lambda p: packed(p, {"word/document.xml": b"<w:document"}), DAMAGED),
    ("no document", lambda p: packed(p, {"word/document.xml": b"<a/>"}), DAMAGED),
    ("macros", macros, MACROS),
    ("macro type", macro_type, MACROS),
    ("200 MB", sparse, "The file is too large: at most 20 MB are taken."),
    ("bomb", bomb, "Unpacked, the file would be too large to be opened safely."),
    ("laughs", document(paragraph("&c;"), prolog=LAUGHS), ENTITIES),
    ("outside", document(paragraph("&x;"), prolog=OUTSIDE), ENTITIES),
    ("laughs in properties", other_types, ENTITIES),
    (
        "much text",
        document(paragraph("".join(map(str, range(4_000_000))))),
        "The document holds too much text: part word/document.xml has over 24 MB.",
    ),
    (
        "paragraphs",
        document(paragraph("x") * (MOST_PARAGRAPHS + 1)),
        "The document has more than 20,000 paragraphs. Import it in parts.",
    ),
    ("columns", document(table(3_000, 1)), COLUMNS),
    ("grid", document(f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * 3_000}</w:tblGrid></w:tbl>"), COLUMNS),
    ("cells", document(table(20, 101)), "A table has at most 2,000 cells."),
    (
        "nested tables",
        document("<w:tbl><w:tr><w:tc>" * 5 + "</w:tc></w:tr></w:tbl>" * 5),
        "Tables stand inside tables too deeply to be read.",
    ),
    (
        "deep",
        document("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000),
        "The document is built in too complicated a way to be read.",
    ),
    (
        "many elements",
        document("<w:p>" + "<w:r/>" * 400_001 + "</w:p>"),
        "The document is built in too complicated a way to be read.",
    ),
    (
        "turned",
        document(paragraph("a") + paragraph("\u202eb")),
        forbidden("Line 1, character 1", "U+202E (RIGHT-TO-LEFT OVERRIDE)") + " (paragraph 2)",
    ),
    (
        "control",
        document(paragraph("a\x85b")),
        forbidden("Line 1, character 2", "U+0085 (CONTROL CHARACTER)") + " (paragraph 1)",
    ),
    ("nul markdown", written(b"# a\0b"), CONTROLS),
    (
        "control markdown",
        written(b"# a\n\nb\x07"),
        forbidden("Line 3, character 2", "U+0007 (CONTROL CHARACTER)") + " (paragraph 3)",
    ),
    (
        "turned markdown",
        written("甲\n\u2066乙".encode()),
        forbidden("Line 2, character 1", "U+2066 (LEFT-TO-RIGHT ISOLATE)") + " (paragraph 2)",
    ),
    (
        "no encoding",
        written("# 第一章\n".encode() + b"\xff\xff\xff"),
        "The text can be read neither as UTF-8 nor as GB18030. Save it as UTF-8.",
    ),
    (
        "wide markdown",
        written(b"|" + b"a|" * 3_000 + b"\n|" + b"-|" * 3_000 + b"\n"),
        f"{COLUMNS} (paragraph 1)",
    ),
    (
        "large markdown",
        written(b"a" * (5 * MIB + 1)),
        "The file is too large: at most 5 MB are taken.",
    ),
]


# Traced, they take seconds; the child below opens them, too, and says the same of them.
LONG = {"bomb", "much text", "many elements"}


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(make, reason, id=name, marks=[pytest.mark.prove] if name in LONG else [])
        for name, make, reason in REFUSED
    ],
)
def test_open_refuses_with_the_reason(make: Make, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    make(path)
    tracemalloc.start()
    with pytest.raises(Invalid) as refusal, translation.override("en"):
        read_document(path)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    with translation.override("en"):
        assert {name: str(text) for name, text in refusal.value.errors.items()} == {"file": reason}
    assert peak < 200 * MIB


_CHILD = """
import json, resource, sys, time
import django
django.setup()
from django.utils import translation
translation.activate("en")
from pathlib import Path
from plans.text.documents.reading import read_document
from stakeholders.terms.errors import Invalid
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
resource.setrlimit(resource.RLIMIT_AS, (used + {room} + 1024**3, -1))
for path in sys.argv[1:]:
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        read_document(Path(path))
        reason = "taken"
    except Invalid as refusal:
        reason = str(refusal.errors["file"])
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(json.dumps([int(Path(path).name), time.process_time() - began, grown, reason]))
"""


def test_no_refusal_takes_two_seconds_or_much_memory(tmp_path: Path) -> None:
    paths = []
    for number, (_name, make, _reason) in enumerate(REFUSED):
        path = tmp_path / str(number)
        make(path)
        paths.append(str(path))
    done = subprocess.run(
        [sys.executable, "-c", _CHILD.format(room=300 * MIB), *paths],
        capture_output=True,
        text=True,
        check=True,
    )
    told = {number: said for number, *said in map(json.loads, done.stdout.splitlines())}
    assert {REFUSED[n][0]: v for n, v in told.items() if v[0] >= 2} == {}
    assert {REFUSED[n][0]: v for n, v in told.items() if v[1] >= 200} == {}
    assert [reason for _spent, _grown, reason in told.values()] == [row[2] for row in REFUSED]


def test_word_points_outside_is_said_and_nothing_fetched(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}/attachedTemplate" TargetMode="External" '
        'Target="http://127.0.0.1:9/evil.dotm"/></Relationships>'
    )
    path = packed(
        tmp_path / "a.docx",
        {
            "word/document.xml": body(paragraph("第一条 【甲】乙")).encode(),
            "word/_rels/document.xml.rels": rels.encode(),
        },
    )
    reading, _found = read_document(path)
    assert [(f.kind, f.quote) for f in reading.findings] == [
        ("external", "attachedTemplate http://127.0.0.1:9/evil.dotm")
    ]


@pytest.mark.parametrize(
    ("encoding", "kinds"), [("utf-8", []), ("utf-8-sig", []), ("gb18030", ["encoding"])]
)
def test_markdown_encoding_is_read_and_said(
    encoding: str, kinds: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("第一条 【范围】本规划适用于青浦区。\r\n".encode(encoding))
    reading, found = read_document(path)
    assert [row.title_zh for row in found.rows if row.kind == "provision"] == ["范围"]
    assert [one.kind for one in reading.findings] == kinds


def test_right_to_left_letters_without_marks_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("第一条 【名称】又称 شينجيانغ。", encoding="utf-8")
    _reading, found = read_document(path)
    assert found.rows[-1].text_zh == "又称 شينجيانغ。"
