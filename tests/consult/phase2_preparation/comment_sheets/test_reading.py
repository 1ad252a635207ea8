"""Forms as offices send them: merged cells, other encodings, other words, and what is refused."""

import datetime
import io
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from docx import Document

from consult.phase2_preparation.comment_sheets.files import read_form
from consult.phase2_preparation.comment_sheets.shape import ReadForm
from consult.phase2_preparation.comment_sheets.words import Clause, clause_of, type_of
from stakeholders.terms.errors import Invalid


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


HEAD = [
    "MB/NC",
    "Line number",
    "Clause/ Subclause",
    "Paragraph/ Figure/Table",
    "Type of comment",
    "Comments",
    "Proposed change",
    "Observations of the secretariat",
]
ZH_HEAD = ["单位", "行号", "条款", "段落", "类型", "意见", "修改建议", "处理意见"]
ROW = ["310118", "", "Article 1", "", "te", "words", "", ""]


def workbook(path: Path, lines: list[list[Any]], merge: tuple[str, ...] = ()) -> ReadForm:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    for cells in merge:
        book.active.merge_cells(cells)
    book.save(path / "form.xlsx")
    return read_form(path / "form.xlsx", kind="xlsx")


def text(path: Path, raw: bytes) -> ReadForm:
    (path / "form.csv").write_bytes(raw)
    return read_form(path / "form.csv", kind="csv")


def why(error: pytest.ExceptionInfo[Invalid]) -> str:
    return str(error.value.errors["file"])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *(
            (word, "technical")
            for word in ("Te", "te", "T", "技术", "technical", "技术意见", "ＴＥ")
        ),
        *((word, "general") for word in ("Ge", "general", "一般", "一般意见", "General comment")),
        *((word, "editorial") for word in ("Ed", "ed.", "编辑", "文字", "文字修改", "Editorial")),
        *((word, None) for word in ("", "x", "te/ed", "技术、编辑")),
    ],
)
def test_types_as_people_write_them(said: str, meant: str | None) -> None:
    assert type_of(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *((word, Clause()) for word in ("", "General", "全文", " whole document ", "—", "通篇")),
        *(
            (word, Clause(number="12"))
            for word in ("12", "第12条", "第十二条", "１２", "Article 12")
        ),
        ("4.2", Clause(number="4.2")),
        ("第 12 条第二款", Clause(number="12", rest="第二款")),
        ("Art. 3 Water", Clause(number="3", rest="Water")),
        ("water-surface", Clause(key="water-surface")),
    ],
)
def test_clauses_as_people_write_them(said: str, meant: Clause) -> None:
    assert clause_of(said) == meant


def test_iso_template_with_a_title_and_repeated_headings(tmp_path: Path) -> None:
    lines = [["Comments on the draft"], [], HEAD, ROW, [], HEAD, [*ROW[:5], "more", "so", "noted"]]
    found = workbook(tmp_path, lines)
    assert [(r.number, r.cells.comment) for r in found.rows] == [(4, "words"), (7, "more")]
    assert found.rows[0].places["comment"] == "F4"
    assert found.language == "en"


def test_merged_cells_count_for_every_row(tmp_path: Path) -> None:
    lines = [ZH_HEAD, ["310118", "", "第1条", "", "技术", "甲"], [None, "", None, "", "技术", "乙"]]
    found = workbook(tmp_path, lines, merge=("A2:A3", "C2:C3"))
    said = [(r.cells.body, r.cells.clause, r.cells.comment) for r in found.rows]
    assert said == [("310118", "第1条", "甲"), ("310118", "第1条", "乙")]


def test_numbers_formulas_and_dates_of_a_workbook(tmp_path: Path) -> None:
    lines = [
        ZH_HEAD,
        ["310118", 12.0, 4.2, "", "技术", "=1+1", "", ""],
        ["310118", "", datetime.date(2026, 4, 2), "", "技术", "甲", "", ""],
    ]
    first, second = workbook(tmp_path, lines).rows
    assert (first.cells.line, first.cells.clause) == ("12", "4.2")
    assert (first.flaws, first.places["comment"]) == ({"comment": "formula"}, "F2")
    assert second.flaws == {"clause": "date"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_of_every_encoding_and_sign(encoding: str, sign: str, tmp_path: Path) -> None:
    lines = [ZH_HEAD, ["310118", "", "第1条", "", "技术", '"引号，""逗号"""', "", ""]]
    found = text(tmp_path, "\r\n".join(sign.join(line) for line in lines).encode(encoding))
    assert [row.cells.comment for row in found.rows] == ['引号，"逗号"']


def test_word_table_with_merged_cells_several_tables_and_one_inside(tmp_path: Path) -> None:
    document = Document()
    document.add_table(rows=2, cols=3)  # of something else
    table = document.add_table(rows=3, cols=8)
    for place, name in enumerate(ZH_HEAD):
        table.cell(0, place).text = name
    table.cell(1, 0).merge(table.cell(2, 0)).text = "310118"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "第1条"
    for line, word in ((1, "甲"), (2, "乙")):
        table.cell(line, 4).text = "技术"
        table.cell(line, 5).text = word
    table.cell(1, 5).add_paragraph("第二段")
    table.cell(2, 5).add_table(rows=1, cols=1).cell(0, 0).text = "表中"
    document.save(tmp_path / "form.docx")
    found = read_form(tmp_path / "form.docx", kind="docx")
    said = [(r.cells.body, r.cells.clause, r.cells.comment) for r in found.rows]
    assert said == [("310118", "第1条", "甲\n第二段"), ("310118", "第1条", "乙\n表中")]
    assert found.rows[0].places["comment"] == "2:F2"


def test_cell_too_long_and_control_characters_are_told_at_their_cell(tmp_path: Path) -> None:
    long = [*ROW[:5], "长" * 100_000, "", ""]
    rung = [*ROW[:5], "bell\x07", "", ""]
    raw = "\n".join(",".join(line) for line in (HEAD, long, rung)).encode()
    first, second = text(tmp_path, raw).rows
    assert (first.flaws, first.places["comment"]) == ({"comment": "long"}, "F2")
    assert second.flaws == {"comment": "control"}


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("\ufeff".encode("utf-16-le") + "a,b".encode("utf-16-le"), "UTF-16"),
        (b"PK\x03\x04" + b"x" * 50, "no text table"),
        (b"\xff\xfa\x80", "neither UTF-8"),
        (b"a,b,c\n1,2,3", "No comment form"),
        (",".join(HEAD).encode(), "no rows"),
        ("\n".join([",".join(HEAD), *[",".join(ROW)] * 1_001]).encode(), "more than 1000 rows"),
    ],
)
def test_text_that_is_no_form_is_refused_with_the_reason(
    raw: bytes, words: str, tmp_path: Path
) -> None:
    with pytest.raises(Invalid) as error:
        text(tmp_path, raw)
    assert words in why(error)


def test_old_or_protected_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(Invalid) as error:
        read_form(tmp_path / "form.xlsx", kind="xlsx")
    assert "without a password" in why(error)


def grown(path: Path, *, lines: bytes) -> Path:
    """A workbook whose sheet has these lines below its form."""
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(ROW)
    held = io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", lines + b"</sheetData>")
            new.writestr(entry.filename, content)
    return path


@pytest.mark.parametrize(
    ("count", "told"),
    [(100_000, "words"), (600_000, "Delete the empty rows"), (10_000_000, "Unpacked")],
)
def test_millions_of_empty_rows_are_passed_over_or_refused_at_once(
    count: int, told: str, tmp_path: Path
) -> None:
    path = grown(tmp_path / "form.xlsx", lines=b'<row r="9"/>' * count)
    tracemalloc.start()
    start = time.process_time()
    try:
        said = [row.cells.comment for row in read_form(path, kind="xlsx").rows]
    except Invalid as error:
        said = [str(error.errors["file"])]
    finally:
        taken, (_now, peak) = time.process_time() - start, tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert len(said) == 1
    assert told in said[0]
    assert taken < 2
    assert peak < 100 * 1024 * 1024


def test_sheet_under_another_name_is_measured_too(tmp_path: Path) -> None:
    lines = b"".join(b'<row r="9"><!--%d--></row>' % (n * n) for n in range(500_000))
    grown(tmp_path / "old.xlsx", lines=lines)
    with (
        zipfile.ZipFile(tmp_path / "old.xlsx") as old,
        zipfile.ZipFile(tmp_path / "form.xlsx", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            name = entry.filename.replace("sheet1.xml", "sheet1.dat")
            new.writestr(name, old.read(entry).replace(b"sheet1.xml", b"sheet1.dat"))
    with pytest.raises(Invalid) as error:
        read_form(tmp_path / "form.xlsx", kind="xlsx")
    assert why(error).startswith("Unpacked")


def test_value_far_below_is_told_and_not_left_out(tmp_path: Path) -> None:
    line = b'<row r="900000"><c r="A900000"><v>1</v></c></row>'
    with pytest.raises(Invalid) as error:
        read_form(grown(tmp_path / "form.xlsx", lines=line), kind="xlsx")
    assert "line 900,000" in why(error)


def test_row_that_counts_wrongly_costs_nothing(tmp_path: Path) -> None:
    line = b'<row r="4000000000"><c r="A1"/></row>' * 3
    found = read_form(grown(tmp_path / "form.xlsx", lines=line), kind="xlsx")
    assert len(found.rows) == 1
