"""Every reader of files from outside: a true file for it, how it is called, how it says no."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
from django.core.management import CommandError, call_command

from consult.archive import standalone as archive
from consult.consensus import CaseError, evaluate, read_json
from consult.matters.actions import DATA as MATTERS
from consult.matters.reading import read_matters
from consult.phase1_organization.content import default_content, from_dict
from consult.phase2_preparation.comment_sheets.files import read_form, write_form
from consult.phase2_preparation.comment_sheets.packing import packed, unpacked
from consult.phase2_preparation.comment_sheets.shape import (
    CommentForm,
    FormKind,
    FormRow,
    Reference,
)
from consult.phase3_identification import standalone as bundle
from consult.phase3_identification import standalone_follows
from consult.phase3_identification.receipts import fault_in_receipt
from consult.phase4_implementation.reading_sheets import HEADINGS, Column
from consult.phase4_implementation.reading_sheets import read_table as read_readings
from plans.indicators import reading as indicators
from plans.projects import reading as projects
from plans.register import standalone as revision
from plans.text.documents.reading import read_document
from plans.text.standard_sheets import read_workbook
from stakeholders.files.enums import Kind
from stakeholders.files.inspecting import kind_of
from stakeholders.jurisdictions.actions import DATA as UNITS
from stakeholders.jurisdictions.reading import RowError, read_layer, read_regions
from stakeholders.jurisdictions.reading.sheets import read_sheet
from stakeholders.jurisdictions.reading.timeline import TIMELINE, read_platforms
from stakeholders.jurisdictions.reading.workdays import read_workdays
from stakeholders.notices.returning import read_report
from stakeholders.people.kinds import MandatesTable
from stakeholders.record import standalone as record
from stakeholders.terms.errors import Invalid
from tests.plans.text.documents.word_files import as_bytes, office_document
from tests.stakeholders.files import samples
from tests.stakeholders.notices.test_returns import report
from tests.world import QINGPU, WUJIANG

Read = Callable[[Path], object]
NO = (Invalid, RowError, CaseError, CommandError)  # how a reader says that it cannot take a file
CASES = Path(__file__).parents[1] / "consult" / "consensus" / "cases"
CASE = CASES / "eu_nature_restoration_march_2024.json"
KNOWN = {
    line.split(",")[0] for line in (UNITS / "jurisdictions.csv").read_text("utf-8-sig").splitlines()
}
HEAD_ROWS = 30  # of the long tables, so that a mutation finds something else than the 300th row


@dataclass(frozen=True, kw_only=True)
class Reader:
    """`name` of the file as it is given, with its ending; `true` a file it reads."""

    name: str
    true: bytes
    read: Read


def _head(path: Path) -> bytes:
    return b"".join(path.read_bytes().splitlines(keepends=True)[:HEAD_ROWS])


def _workbook(rows: list[list[object]]) -> bytes:
    book, target = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def _csv(rows: list[list[object]]) -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode()


READINGS: list[list[object]] = [
    [HEADINGS["zh"][column] for column in Column],
    ["I6", "锑", "微克/升", WUJIANG, "吴江区", "2025-03", 4.5, "联合监测〔2025〕3号", ""],
    ["I6", "锑", "微克/升", WUJIANG, "吴江区", "2025-04", 4, "联合监测〔2025〕4号", "更正"],
]
MANDATES: list[list[object]] = [
    [*MandatesTable.required, *MandatesTable.optional],
    ["a@x.example", "planner", "文"],
]
STANDARDS: list[list[object]] = [
    ["键 [key]", "标记 [check]", "名称 [title_zh]", "单位 [unit]", f"青浦 [value_{QINGPU}]"],
    ["setback", "", "后退距离", "m", 10.5],
    ["", "", "高度", "m", 12],
]
MARKDOWN = """---
title_zh: 协同规划
---

# 第一章 总则 {#first}

第1条【目的】为了一体化发展，**应当**协同。

| 断面 | 目标 |
|---|---|
| 金泽 | Ⅱ |

1. 一
   1. 二

> 引文[^1] <b>网页</b> ![图](x.png)

[^1]: 注
"""


def _form(kind: str) -> bytes:
    reference = Reference(
        plan="QWJ", round=2, revision=3, body=QINGPU, kind=FormKind.DRAFTS, at="20261122T0830Z"
    )
    row = FormRow(
        body=QINGPU, line="1", clause="第1条", place="第2款", type="技术", comment="意见", change="改",
        observation="", id="7b0c9d3e-8a53-4c3e-9f0a-3d2d5b1c8e11", mark="0123456789abcdef",
    )  # fmt: skip
    form = CommentForm(
        language="zh", title="征求意见表", notes=["每条意见一行。"], reference=reference,
        types=["一般", "技术"], rows=[row, row],
    )  # fmt: skip
    return write_form(form, kind=kind)


def _of_form(kind: str) -> Read:
    return lambda path: unpacked(packed(read_form(path, kind=kind)))


def any_kind(path: Path) -> object:
    return kind_of(path, name=path.name, kinds=frozenset(Kind))


def _sheet_of_mandates(path: Path) -> object:
    table = MandatesTable()
    known = [*table.required, *table.optional]
    return read_sheet(name=path.name, raw=path.read_bytes(), required=table.required, known=known)


def _layer(path: Path) -> object:
    """The file is the boundaries of a folder whose table is the true one."""
    table = path.parent / "jurisdictions.csv"
    if not table.exists():
        table.write_bytes((UNITS / "jurisdictions.csv").read_bytes())
    return read_layer(path.parent, known={}, parents={})


def _folder_of(*others: str) -> Callable[[Path], Path]:
    """The folder of a file, with the other true tables of a delivery in it."""

    def folder(path: Path) -> Path:
        for name in others:
            other = path.parent / name
            if not other.exists():
                other.write_bytes((UNITS / name).read_bytes())
        return path.parent

    return folder


def _regions(*others: str) -> Read:
    folder = _folder_of(*others)
    return lambda path: read_regions(folder(path), known=KNOWN)


def _units(*others: str) -> Read:
    folder = _folder_of(*others)
    return lambda path: read_layer(folder(path), known={}, parents={})


def _command(*words: str) -> Read:
    """A command that reads a file: it answers, or says in one line why it does not."""

    def run(path: Path) -> object:
        try:
            call_command(*(one.format(path) for one in words), stdout=StringIO())
        except SystemExit as left:
            return left.code
        return 0

    return run


def _case(path: Path) -> object:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return evaluate(read_json(text))


def _text(path: Path) -> str:
    """As a page hands a posted text over: half characters are gone."""
    return path.read_bytes().decode("utf-8", "replace")


def _charter(path: Path) -> object:
    """As the API hands it over: JSON that was read already."""
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None
    return from_dict(data) if isinstance(data, dict) else None


def _feature(code: str) -> dict[str, object]:
    ring = [[120.9, 31.0], [121.2, 31.0], [121.2, 31.3], [120.9, 31.0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": shape}


LAYER = json.dumps(
    {"type": "FeatureCollection", "features": [_feature(QINGPU), _feature(WUJIANG)]}
).encode()


def uploads() -> list[Reader]:
    """What arrives through the site's doors: letters, texts, tables, pictures, shapes."""
    word, book = as_bytes(office_document()), _workbook(READINGS)
    found = [
        ("letter.docx", word, any_kind),
        ("table.xlsx", book, any_kind),
        ("letter.pdf", samples.PDF, any_kind),
        ("seal.png", samples.png(), any_kind),
        ("seal.jpg", samples.JPEG, any_kind),
        ("units.csv", _csv(READINGS), any_kind),
        ("area.geojson", LAYER, any_kind),
        ("area.zip", samples.packed({"a.shp": b"1" * 400, "a.dbf": b"2" * 400}), any_kind),
        ("plan.docx", word, read_document),
        ("plan.md", MARKDOWN.encode(), read_document),
        ("form.xlsx", _form("xlsx"), _of_form("xlsx")),
        ("form.docx", _form("docx"), _of_form("docx")),
        ("form.csv", _form("csv"), _of_form("csv")),
        ("standards.xlsx", _workbook(STANDARDS), read_workbook),
        ("readings.xlsx", book, lambda p: read_readings(name=p.name, raw=p.read_bytes())),
        ("readings.csv", _csv(READINGS), lambda p: read_readings(name=p.name, raw=p.read_bytes())),
        ("mandates.csv", _csv(MANDATES), _sheet_of_mandates),
        ("mandates.xlsx", _workbook(MANDATES), _sheet_of_mandates),
        ("charter.json", json.dumps(default_content().as_dict()).encode(), _charter),
        ("case.json", json.dumps(json.loads(CASE.read_bytes())["case"]).encode(), _case),
        ("returned.eml", report(), lambda p: read_report(p.read_bytes())),
    ]
    return [Reader(name=name, true=true, read=read) for name, true, read in found]


def deliveries() -> list[Reader]:
    """What keepers of the site load by a command."""
    found: list[tuple[str, bytes, Read]] = [
        ("jurisdictions.csv", (UNITS / "jurisdictions.csv").read_bytes(), _units()),
        ("adjacency.csv", _head(UNITS / "adjacency.csv"), _units("jurisdictions.csv")),
        ("boundaries_x.geojson", LAYER, _layer),
        ("regions.csv", (UNITS / "regions.csv").read_bytes(), _regions("region_members.csv")),
        (
            "region_members.csv",
            (UNITS / "region_members.csv").read_bytes(),
            _regions("regions.csv"),
        ),
        ("workdays.csv", _head(UNITS / "workdays.csv"), lambda p: list(read_workdays(p))),
        ("timeline.csv", TIMELINE.read_bytes(), read_platforms),
        ("matters.csv", _head(MATTERS), lambda p: read_matters(p, known=KNOWN)),
        (
            "known_projects.csv",
            _head(projects.DATA),
            lambda p: projects.read_known_projects(p, known=KNOWN),
        ),
        ("indicators.csv", _head(indicators.DATA), indicators.read_reference_values),
    ]
    return [Reader(name=name, true=true, read=read) for name, true, read in found]


def verified(true: Mapping[str, bytes]) -> list[Reader]:
    """What people verify by command or script: bundles, receipts, records, packages."""
    found: list[tuple[str, str, Read]] = [
        ("statement", "bundle.json", lambda p: bundle.fault_in(p.read_bytes())),
        ("statement", "follows.json", lambda p: standalone_follows.fault_in(p.read_bytes())),
        ("statement", "command.json", _command("statement", "verify", "{}")),
        ("receipt", "receipt.json", lambda p: fault_in_receipt(_text(p))),
        ("receipt", "command-receipt.json", _command("receipt", "{}")),
        ("record", "record.jsonl", lambda p: record.verdict(str(p))),
        ("record", "command-record.jsonl", _command("record", "verify", "--file={}")),
        ("revision", "revision.json", lambda p: revision.fault_in(p.read_bytes())),
        ("archive", "package.zip", lambda p: archive.faults_in(p)),
        ("archive", "command-package.zip", _command("archive", "verify", "{}")),
    ]
    return [Reader(name=name, true=true[of], read=read) for of, name, read in found]


__all__ = ["NO", "Reader", "deliveries", "uploads", "verified"]
