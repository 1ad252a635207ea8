"""Workbooks packed in a way that the standard library does not know are refused in words."""

import io
import struct

import pytest
from openpyxl import Workbook

from stakeholders.jurisdictions.reading.rows import RowError
from stakeholders.jurisdictions.reading.sheets import read_sheet

DIRECTORY = b"PK\x01\x02"


def workbook() -> bytes:
    book, stream = Workbook(), io.BytesIO()
    book.active.append(["code"])
    book.active.append(["1"])
    book.save(stream)
    return stream.getvalue()


def with_field(raw: bytes, *, at: int, value: int) -> bytes:
    """`value` in two bytes of the first entry of the archive's directory."""
    place = raw.index(DIRECTORY) + at
    return raw[:place] + struct.pack("<H", value) + raw[place + 2 :]


@pytest.mark.parametrize(
    ("at", "value"), [pytest.param(6, 148, id="version"), pytest.param(10, 99, id="method")]
)
def test_a_workbook_packed_in_an_unknown_way_is_none(at: int, value: int) -> None:
    columns = {"required": {"code"}, "known": {"code"}}
    assert read_sheet(name="rows.xlsx", raw=workbook(), **columns).lines
    spoilt = with_field(workbook(), at=at, value=value)
    with pytest.raises(RowError):
        read_sheet(name="rows.xlsx", raw=spoilt, **columns)
