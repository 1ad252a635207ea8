"""Common standards as a workbook: out and in again, and every way that goes wrong."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import pytest_django
from django.test import Client
from django.utils import translation

from plans.register.models import Plan
from plans.text.actions import add_standard, edit_standard, import_standards
from plans.text.models import Standard
from plans.text.norms import norm_of
from plans.text.queries import get_standard, standard_rows
from plans.text.standard_previews import Preview, preview
from plans.text.standard_sheets import Sheet, read_workbook, write_standards
from stakeholders.record.models import RecordEntry
from stakeholders.terms.errors import Conflict, Invalid
from tests.plans.text.standards import DRAINS, HEIGHT, SETBACK
from tests.stakeholders.files.samples import office, packed, upload
from tests.world import QINGPU, WUJIANG, World

OTHER_UNIT = (
    "The value is given in “km”, this standard is in “”: convert it first. Words do not begin "
    "with a figure."
)
URL = "/plans/QWJ/text/standards/import/"
Change = Callable[[openpyxl.worksheet.worksheet.Worksheet], None]


@pytest.fixture(autouse=True)
def english(tmp_path: Path, settings: pytest_django.Settings) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    with translation.override("en"):
        yield


@pytest.fixture
def plan(world: World) -> Plan:
    made = world.plan()
    formula = replace(HEIGHT, title_en="=1+1", title_zh="=cmd", reason_zh="@与风貌条款一致")
    for key, norm in (("setback", SETBACK), ("height", formula), ("drains", DRAINS)):
        add_standard(actor=world.coordinator(made), plan=made, norm=norm, key=key)
    return made


def written(plan: Plan, change: Change | None = None) -> bytes:
    """The workbook of the plan, after `change` by somebody."""
    target = BytesIO()
    write_standards(target, plan=plan)
    book = openpyxl.load_workbook(target)
    if change:
        change(book.active)
    again = BytesIO()
    book.save(again)
    return again.getvalue()


def read(raw: bytes, tmp_path: Path) -> Sheet:
    path = tmp_path / "table.xlsx"
    path.write_bytes(raw)
    return read_workbook(path, sha256="0" * 64)


def looked_at(plan: Plan, tmp_path: Path, change: Change | None = None) -> Preview:
    return preview(plan=plan, sheet=read(written(plan, change), tmp_path))


def at(page: openpyxl.worksheet.worksheet.Worksheet, row: int, name: str) -> openpyxl.cell.Cell:
    """The cell of a column by its name."""
    heads = [str(cell.value) for cell in page[1]]
    column = next(n for n, head in enumerate(heads, 1) if head.endswith(f"[{name}]"))
    return page.cell(row=row, column=column)


def faults(found: Preview) -> list[tuple[int, str, str]]:
    return [(one.row, str(one.column), str(one.text)) for one in found.errors]


@pytest.mark.parametrize("languages", [("en", "en"), ("zh-hans", "en"), ("en", "zh-hans")])
def test_out_and_in_again_changes_nothing(
    plan: Plan, tmp_path: Path, languages: tuple[str, str]
) -> None:
    with translation.override(languages[0]):
        raw = written(plan)
    with translation.override(languages[1]):
        found = preview(plan=plan, sheet=read(raw, tmp_path))
    assert (found.errors, found.changed, found.unchanged) == ([], [], 3)


def test_text_of_a_cell_is_never_a_formula(plan: Plan) -> None:
    page = openpyxl.load_workbook(BytesIO(written(plan))).active
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s", "n"}
    assert at(page, 3, "title_en").value == "=1+1"


def test_changed_cells_and_a_new_row_are_shown_and_saved(
    world: World, plan: Plan, tmp_path: Path
) -> None:
    def change(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
        at(page, 2, f"value_{WUJIANG}").value = 9.5
        for name, value in (
            ("title_zh", "慢行道净宽"),
            ("unit", "m"),
            (f"value_{QINGPU}", "3.5"),
            ("value_national", 2.5),
            ("agreed", "3.5"),
            ("choice", "highest"),
        ):
            at(page, 5, name).value = value

    sheet = read(written(plan, change), tmp_path)
    found = preview(plan=plan, sheet=sheet)
    assert faults(found) == []
    assert [(str(c.column), c.before, c.after) for c in found.changed[0].changes] == [
        ("Wujiang District: value", "8", "9.5")
    ]
    assert (found.added, found.unchanged, [row.number for row in found.changed]) == (1, 2, [2, 5])
    import_standards(actor=world.coordinator(plan), plan=plan, sheet=sheet)
    rows = standard_rows(plan)
    assert [row.key for row in rows] == ["setback", "height", "drains", "standard-1"]
    assert rows[0].norm.source(WUJIANG).value == "9.5"
    assert rows[3].norm.source("national").value == "2.5"
    acts = list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts.count("standard.import") == 1
    assert acts[-1] == "standard.import"


def test_one_wrong_cell_and_nothing_is_saved(world: World, plan: Plan, tmp_path: Path) -> None:
    def change(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
        at(page, 2, f"value_{WUJIANG}").value = "9"
        at(page, 3, "agreed").value = "10 km"
        at(page, 3, "unit").value = ""
        at(page, 4, "strength").value = "strict"
        at(page, 4, "document_national").value = "=HYPERLINK(1)"
        at(page, 5, "key").value = "setback"
        at(page, 6, "key").value = "gone"
        at(page, 7, "title_zh").value = "只有题"
        at(page, 7, "concerned").value = "999999"

    sheet = read(written(plan, change), tmp_path)
    found = preview(plan=plan, sheet=sheet)
    assert faults(found) == [
        (3, "Unit", "This text must not be empty."),
        (3, "Agreed value", OTHER_UNIT),
        (4, "National standard: document", "A formula. Put the value it shows in its place."),
        (4, "Strength", "This is not one of the choices."),
        (
            5,
            "Key (leave empty for a new row)",
            "This standard stands in an earlier row already.",
        ),
        (
            6,
            "Key (leave empty for a new row)",
            "There is no standard with this key in the working draft.",
        ),
        (7, "Concerned (codes)", "There is no jurisdiction with the code 999999."),
    ]
    before = [row.norm for row in standard_rows(plan)]
    with pytest.raises(Conflict) as conflict:
        import_standards(actor=world.coordinator(plan), plan=plan, sheet=sheet)
    assert str(conflict.value.text) == "The workbook has 7 cells to mend; nothing was saved."
    assert [row.norm for row in standard_rows(plan)] == before


def test_row_of_a_standard_changed_meanwhile_is_told(
    world: World, plan: Plan, tmp_path: Path
) -> None:
    def change(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
        at(page, 2, f"value_{WUJIANG}").value = "9"

    raw = written(plan, change)
    edit_standard(
        actor=world.coordinator(plan),
        plan=plan,
        key="setback",
        edits=1,
        norm=replace(SETBACK, reason_zh="另一理由"),
    )
    found = preview(plan=plan, sheet=read(raw, tmp_path))
    assert faults(found) == [
        (
            2,
            "Mark (leave as it is)",
            "Changed since this workbook was downloaded: download it anew.",
        )
    ]


def heads(*names: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.append([f"[{name}]" for name in names])
    book.active.append(["x"] * len(names))
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "The file is no workbook, or it is damaged."),
        (b"no workbook at all", "The file is no workbook, or it is damaged."),
        (heads("key", "check", "unit"), "The column “title_zh” is missing; "),
        (
            heads("key", "check", "title_zh", "unit", "unit"),
            "The column “unit” stands there twice.",
        ),
        (heads("key", "check", "title_zh", "unit", "colour"), "The column “colour” is not known; "),
        (heads(*(f"c{n}" for n in range(3000))), "The table has more than 120 columns; "),
    ],
)
def test_workbook_that_cannot_be_taken_says_why(raw: bytes, reason: str, tmp_path: Path) -> None:
    begun = time.process_time()
    with pytest.raises(Invalid) as invalid:
        read(raw, tmp_path)
    assert str(invalid.value.errors["file"]).startswith(reason)
    assert time.process_time() - begun < 2


def bomb() -> bytes:
    sheet = b"<worksheet><sheetData>" + b"<row/>" * 3_000_000
    return office("spreadsheetml.sheet.main+xml", {"xl/worksheets/sheet1.xml": sheet})


@pytest.mark.parametrize(
    "raw",
    [b"", b"plain text", packed({"a.txt": b"x"}), bomb(), heads(*(f"c{n}" for n in range(3000)))],
)
def test_form_refuses_bad_files_at_once(
    world: World, plan: Plan, client: Client, raw: bytes
) -> None:
    client.force_login(world.mandates[QINGPU, "coordinator", plan.key].user)
    begun = time.process_time()
    answer = client.post(URL, {"file": upload(raw, "table.xlsx")})
    assert answer.status_code == 422
    assert time.process_time() - begun < 2


def test_form_shows_first_and_saves_when_confirmed(
    world: World, plan: Plan, client: Client
) -> None:
    def change(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
        at(page, 2, f"value_{WUJIANG}").value = "9"

    client.force_login(world.mandates[QINGPU, "coordinator", plan.key].user)
    looked = client.post(URL, {"file": upload(written(plan, change), "table.xlsx")})
    assert looked.status_code == 200
    assert [str(c.after) for r in looked.context["preview"].changed for c in r.changes] == ["9"]
    setback = get_standard(plan, key="setback")
    assert norm_of(setback.item.draft).source(WUJIANG).value == "8"
    kept = str(looked.context["stored"].pk)
    saved = client.post(URL, {"file-kept": kept, "confirm": "1"})
    assert saved.headers["Location"] == "/plans/QWJ/text/standards/"
    setback = get_standard(plan, key="setback")
    assert norm_of(setback.item.draft).source(WUJIANG).value == "9"
    again = client.post(URL, {"file-kept": kept, "confirm": "1"})
    assert again.status_code == 422


def test_api_looks_first_and_saves_when_confirmed(world: World, plan: Plan, client: Client) -> None:
    client.force_login(world.mandates[QINGPU, "coordinator", plan.key].user)

    def change(page: openpyxl.worksheet.worksheet.Worksheet) -> None:
        at(page, 2, f"value_{WUJIANG}").value = "9"

    file = upload(written(plan, change), "table.xlsx")
    kept = client.post("/api/v1/files/", {"file": file}).json()["id"]
    url, sent = "/api/v1/plans/QWJ/standards/import/", {"content_type": "application/json"}
    answer = client.post(url, {"file": kept}, **sent).json()
    assert answer == {"is_saved": False, "added": 0, "changed": 1, "unchanged": 2, "faults": []}
    assert client.post(url, {"file": kept, "confirm": True}, **sent).json()["is_saved"] is True
    assert Standard.objects.count() == 3
