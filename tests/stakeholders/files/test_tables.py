"""Spreadsheets: what is written is what is read, and nothing of it is a formula."""

import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from stakeholders.files import tables
from stakeholders.files.tables import (
    FORMULA,
    UNSEEN,
    TableKind,
    TooLong,
    answer_table,
    guarded,
    stream_csv,
    write_xlsx,
)

# What a database column of text can hold and XML can carry.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
)
SPACES = st.sampled_from(["", " ", "\u3000"])


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def written(**given_table) -> list[list[object]]:
    target = io.BytesIO()
    write_xlsx(target, **given_table)
    sheet = load_workbook(target).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("first", sorted(FORMULA))
def test_guard_stops_every_beginning_of_a_formula(first: str) -> None:
    assert guarded(f"{first}1+1") == f"'{first}1+1"
    assert guarded(f" {first}1+1") == f"' {first}1+1"


@given(SPACES, st.sampled_from(sorted(FORMULA)), TEXT)
def test_no_cell_of_a_csv_begins_a_formula(space: str, first: str, text: str) -> None:
    content = b"".join(stream_csv(headings=["a"], rows=[[space + first + text]]))
    assert read_csv(content)[1] == ["'" + space + first + text]


@given(TEXT)
def test_guard_changes_nothing_else(text: str) -> None:
    unseen = re.match(UNSEEN, text)[0]
    begins = set(unseen + text[len(unseen) : len(unseen) + 1])
    assert guarded(text) == ("'" + text if begins & FORMULA else text)


@pytest.mark.parametrize(
    "unseen", ["\x0b", "\x1f", "\x85", "\xad", "\u2003", "\u200b", "\u202e", "\ufeff"]
)
def test_what_nobody_sees_hides_no_formula(unseen: str) -> None:
    assert guarded(f"{unseen}=1+1") == f"'{unseen}=1+1"
    assert guarded(f"{unseen}text") == f"{unseen}text"


@given(st.lists(st.tuples(TEXT, st.integers(-(10**9), 10**9)), max_size=20))
def test_csv_reads_back_as_written(rows: list[tuple[str, int]]) -> None:
    content = b"".join(stream_csv(headings=["text", "number"], rows=rows))
    assert content.startswith(b"\xef\xbb\xbf")
    expected = [[guarded(text), str(number)] for text, number in rows]
    assert read_csv(content) == [["text", "number"], *expected]


@given(TEXT)
def test_text_in_a_workbook_is_text(text: str) -> None:
    target = io.BytesIO()
    write_xlsx(target, sheet="s", headings=["a"], rows=[[f"={text}"]])
    cell = load_workbook(target).active["A2"]
    assert (cell.data_type, cell.value) == ("s", f"={text}")


def test_workbook_holds_preface_headings_and_rows() -> None:
    table = written(
        sheet="a/b",
        headings=["code", "area"],
        rows=[["310118", Decimal("668.5")]],
        preface=["Note"],
    )
    assert table == [["Note", None], ["code", "area"], ["310118", 668.5]]


def test_cells_of_every_kind_are_written_plainly() -> None:
    row = [
        None,
        True,
        -3,
        1.5,
        float("nan"),
        date(2026, 1, 2),
        datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    ]
    with translation.override("en"):
        content = b"".join(stream_csv(headings=["x"] * len(row), rows=[row]))
        sheet = written(sheet="s", headings=["x"] * len(row), rows=[row])
    told = ["", "Yes", "-3", "1.5", "nan", "2026-01-02", "2026-01-02 03:04+00:00"]
    assert read_csv(content)[1] == told
    assert sheet[1] == [None, "Yes", -3, 1.5, "nan", "2026-01-02", "2026-01-02 03:04+00:00"]


def test_stream_takes_rows_one_by_one() -> None:
    taken = []
    lines = stream_csv(headings=["n"], rows=(taken.append(n) or [n] for n in range(10**9)))
    assert [next(lines) for _n in range(3)][1:] == [b"n\r\n", b"0\r\n"]
    assert len(taken) == 1


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    with pytest.raises(TooLong):
        written(sheet="s", headings=["n"], rows=[[1], [2], [3]])


@pytest.mark.parametrize("name", ["[a]:*?/\\b", "x" * 40, "", "'a'"])
def test_any_name_of_a_sheet_is_made_lawful(name: str) -> None:
    assert written(sheet=name, headings=["a"], rows=[]) == [["a"]]


def test_answer_is_a_download_of_its_kind() -> None:
    table = {"name": "units", "sheet": "Units", "headings": ["code"], "rows": [["310118"]]}
    as_csv = answer_table(kind=TableKind.CSV, **table)
    assert as_csv["Content-Disposition"] == 'attachment; filename="units.csv"'
    assert read_csv(b"".join(as_csv.streaming_content)) == [["code"], ["310118"]]
    as_xlsx = answer_table(kind=TableKind.XLSX, **table)
    assert as_xlsx["Content-Disposition"] == 'attachment; filename="units.xlsx"'
    book = load_workbook(io.BytesIO(as_xlsx.getvalue()))
    assert book.active["A2"].value == "310118"
