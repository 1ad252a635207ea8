"""What is written is what is read, for every kind of file; and nothing written runs."""

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.phase2_preparation.comment_sheets.csv_files import guarded, unguarded, write_csv
from consult.phase2_preparation.comment_sheets.files import read_form, write_form
from consult.phase2_preparation.comment_sheets.packing import packed, unpacked
from consult.phase2_preparation.comment_sheets.places import parted, placed
from consult.phase2_preparation.comment_sheets.shape import (
    CommentForm,
    FormKind,
    FormRow,
    Reference,
    reference_in,
)
from consult.phase2_preparation.comment_sheets.words import HEADINGS, cell_text
from stakeholders.files.tables import FORMULA

KINDS = ["xlsx", "csv", "docx"]
REFERENCE = Reference(
    plan="YRD-QWJ-2026",
    round=2,
    revision=3,
    body="310118",
    kind=FormKind.DRAFTS,
    at="20261122T0830Z",
)
# Any text but what no file format holds, and the escapes of control characters in workbooks.
TEXT = (
    st.text(max_size=60).map(cell_text).filter(lambda one: "_x00" not in one and "x005F" not in one)
)
PAYLOADS = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1",
    "''=1",
    "＝1",
    "<b>&amp;</b>",
    "a\nb",
]
WORDS = (
    TEXT
    | st.sampled_from(PAYLOADS)
    | st.text(alphabet="=+-@'\t \u3000＝1", max_size=5).map(cell_text)
)
SHORT = st.text(alphabet="甲乙12.-", max_size=8)


def rows() -> st.SearchStrategy[list[FormRow]]:
    row = st.builds(
        FormRow,
        body=st.sampled_from(["310118", "青浦区"]),
        line=SHORT,
        clause=st.sampled_from(["第1条", "Article 2", "", "water"]),
        place=WORDS,
        type=st.sampled_from(["技术", "Te", ""]),
        comment=WORDS,
        change=WORDS,
        observation=WORDS,
        id=st.uuids().map(str),
        mark=st.text(alphabet="0123456789abcdef", min_size=16, max_size=16),
    )
    return st.lists(row, min_size=1, max_size=8)


def form(rows: list[FormRow], language: str = "zh") -> CommentForm:
    return CommentForm(
        language=language,
        title="《先行启动区规划》征求意见表",
        notes=["每条意见一行。"],
        reference=REFERENCE,
        types=["一般", "技术", "编辑"],
        rows=rows,
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
@given(rows=rows())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_written_is_read(
    kind: str, language: str, rows: list[FormRow], tmp_path: Path
) -> None:
    path = tmp_path / f"form.{kind}"
    path.write_bytes(write_form(form(rows, language), kind=kind))
    read = read_form(path, kind=kind)
    assert [row.cells for row in read.rows] == rows
    assert (read.language, read.reference) == (language, REFERENCE)
    assert unpacked(packed(read)) == read


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@given(rows=rows())
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_csv_is_read_in_both_encodings(encoding: str, rows: list[FormRow], tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_bytes(write_csv(form(rows), encoding=encoding))
    read = read_form(path, kind="csv")
    assert [row.cells for row in read.rows] == rows


@given(text=WORDS)
def test_no_cell_of_a_csv_begins_a_formula_and_the_guard_comes_off_again(text: str) -> None:
    safe = guarded(text)
    bare = safe.lstrip(" \u00a0\u3000\t\r\n")
    assert not bare or bare[0] not in FORMULA
    assert unguarded(safe) == text


@given(line=SHORT, place=TEXT, text=TEXT.filter(lambda one: one and "〔" not in one))
def test_line_and_place_stand_before_the_words_and_go_back(
    line: str, place: str, text: str
) -> None:
    once = parted(placed(line=line, place=place, text=text, language="zh"))
    assert once[2] == text
    assert parted(placed(line=once[0], place=once[1], text=once[2], language="en")) == once


def test_reference_is_read_back_and_a_path_is_none() -> None:
    assert reference_in(f"表号：{REFERENCE}。") == REFERENCE
    assert reference_in("C:/YRD/RD2/R1/310118") is None


def test_workbook_has_choices_locks_and_a_frozen_head(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_form(form([FormRow(body="310118", id="x", mark="y")]), kind="xlsx"))
    page = openpyxl.load_workbook(path).active
    head = 4
    assert [cell.value for cell in page[head]] == list(HEADINGS["zh"].values())
    assert page.freeze_panes == "A5"
    assert page.data_validations.dataValidation[0].formula1 == '"一般,技术,编辑"'
    assert page.protection.sheet
    hidden = page.column_dimensions["I"]
    assert (hidden.min, hidden.max, hidden.hidden) == (9, 10, True)
    locked = {name: page[f"{name}5"].protection.locked for name in "AFHI"}
    assert locked == {"A": False, "F": False, "H": True, "I": True}


def test_text_is_text_in_every_file() -> None:
    payload = '=HYPERLINK("http://x")'
    made = form([FormRow(body="310118", comment=payload)])
    with zipfile.ZipFile(io.BytesIO(write_form(made, kind="xlsx"))) as packed_file:
        assert b"<f>" not in packed_file.read("xl/worksheets/sheet1.xml")
    lines = list(csv.reader(io.StringIO(write_form(made, kind="csv").decode("utf-8-sig"))))
    assert lines[-1][5] == f"'{payload}"


def test_long_form_stands_in_several_word_tables(tmp_path: Path) -> None:
    many = [FormRow(body="310118", clause=f"第{n}条", comment=f"意见{n}") for n in range(1, 1001)]
    path = tmp_path / "form.docx"
    path.write_bytes(write_form(form(many), kind="docx"))
    assert [row.cells for row in read_form(path, kind="docx").rows] == many
