"""A table of readings: its preview, the act, and what stops it."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from consult.phase4_implementation.actions import import_readings
from consult.phase4_implementation.models import Reading, ThresholdWarning
from consult.phase4_implementation.queries import rows_of_table
from consult.phase4_implementation.reading_sheets import HEADINGS, Column
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Invalid, NotVisible, Refused
from tests.consult.phase4_implementation.ground import Ground
from tests.plans.projects.test_views import browser, page
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG

ROOM = "/plans/QWJ/implementation/readings/"
ZH = [HEADINGS["zh"][column] for column in Column]


def line(
    value: object,
    *,
    number: str = "I6",
    code: str = WUJIANG,
    period: str = "2025-03",
    why: str = "",
) -> list[object]:
    return [number, "锑", "微克/升", code, "吴江区", period, value, "联合监测〔2025〕3号", why]


def csv_of(*rows: list[object], encoding: str = "utf-8-sig") -> bytes:
    text = "\r\n".join(",".join(str(cell) for cell in row) for row in [ZH, *rows])
    return text.encode(encoding)


def xlsx_of(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in [ZH, *rows]:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def stored(actor: Actor, raw: bytes, *, name: str = "readings.csv") -> StoredFile:
    upload = SimpleUploadedFile(name, raw)
    return upload_file(
        actor=actor, upload=upload, kinds={Kind.CSV, Kind.XLSX}, max_size=10**7, plan_key="QWJ"
    )


@pytest.fixture
def planner(ground: Ground) -> Actor:
    return ground.world.actor(WUJIANG, Role.PLANNER)


def states(ground: Ground, actor: Actor, raw: bytes, name: str = "readings.csv") -> list[str]:
    rows = rows_of_table(actor=actor, plan=ground.plan, file=stored(actor, raw, name=name))
    return [row.state.value for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_each_row_says_what_it_would_do(ground: Ground, planner: Actor, encoding: str) -> None:
    ground.reads(planner, "3.5", period="2025-01", evidence="联合监测〔2025〕3号")
    ground.reads(planner, "3.6", period="2025-02")
    raw = csv_of(
        line("3.50", period="2025-01"),
        line("3.7", period="2025-02", why="复测"),
        line("3.9"),
        ["I6", "", "", WUJIANG, "", "2025-04", "", "", ""],
        encoding=encoding,
    )
    assert states(ground, planner, raw) == ["unchanged", "correction", "new", "empty"]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (line("many"), "G2"),
        (line("NaN"), "G2"),
        (line("sNaN"), "G2"),
        (line("1e999999999"), "G2"),
        (line("1e308"), "G2"),
        (line("0.0000001"), "G2"),
        (line(""), "G2"),
        (line("3", number="I99"), "A2"),
        (line("3", code=QINGPU), "D2"),
        (line("3", code=KUNSHAN), "D2"),
        (line("3", code="whole"), "D2"),
        (line("3", period="2099-01"), "F2"),
        (line("3", why="none stands"), "I2"),
    ],
)
def test_a_fault_names_its_cell(
    ground: Ground, planner: Actor, row: list[object], cell: str
) -> None:
    file = stored(planner, csv_of(row))
    (found,) = rows_of_table(actor=planner, plan=ground.plan, file=file)
    assert [one.cell for one in found.faults] == [cell]


@pytest.mark.parametrize(
    "text", ["NaN", "sNaN", "-Infinity", "many", "1e999999999", "1e-999999999"]
)
def test_no_number_is_a_fault_also_where_a_reading_stands(
    ground: Ground, planner: Actor, text: str
) -> None:
    ground.reads(planner, "3.5", period="2025-01")
    raw = csv_of(line(text, period="2025-01", why="复测"))
    assert states(ground, planner, raw) == ["fault"]


def test_formulas_of_a_workbook_and_of_a_text_are_faults(ground: Ground, planner: Actor) -> None:
    raw = xlsx_of(line("=1+2"), [*line(3.5)[:7], "＝HYPERLINK(1)", ""], line(3.5))
    assert states(ground, planner, raw, "readings.xlsx") == ["fault", "fault", "new"]


def test_the_second_row_for_a_cell_and_a_standing_one_without_reason_are_faults(
    ground: Ground, planner: Actor
) -> None:
    ground.reads(planner, "3.5", period="2025-01")
    raw = csv_of(line("3.9"), line("3.8"), line("3.9", period="2025-01"))
    assert states(ground, planner, raw) == ["new", "fault", "fault"]


def test_import_enters_all_in_one_entry_with_the_file_as_evidence(
    ground: Ground, planner: Actor
) -> None:
    file = stored(
        planner,
        csv_of(*(line(v, period=f"2025-0{n}") for n, v in enumerate(("3", "4.3", "4.4"), 1))),
    )
    before = RecordEntry.objects.count()
    taken = import_readings(actor=planner, plan=ground.plan, file=file)
    assert [one.value for one in taken.readings] == [Decimal("3"), Decimal("4.3"), Decimal("4.4")]
    assert {one.file for one in taken.readings} == {file}
    (warning,) = ThresholdWarning.objects.all()
    assert warning.reading.period == "2025-02"
    assert list(taken.warnings) == [warning]
    (entry,) = RecordEntry.objects.order_by("-pk")[: RecordEntry.objects.count() - before]
    assert (entry.act, entry.subject) == ("reading.import", "plan:QWJ")


def test_a_fault_stops_all_unless_the_good_ones_are_asked_for(
    ground: Ground, planner: Actor
) -> None:
    file = stored(planner, csv_of(line("3.9"), line("many", period="2025-02")))
    with pytest.raises(Invalid) as error:
        import_readings(actor=planner, plan=ground.plan, file=file)
    assert list(error.value.errors) == ["file"]
    assert Reading.objects.count() == 0
    taken = import_readings(actor=planner, plan=ground.plan, file=file, is_partial=True)
    assert (len(taken.readings), taken.left) == (1, 1)
    with pytest.raises(Invalid):
        import_readings(actor=planner, plan=ground.plan, file=file, is_partial=True)
    assert Reading.objects.count() == 1


def test_what_was_entered_since_the_preview_is_a_fault(ground: Ground, planner: Actor) -> None:
    file = stored(planner, csv_of(line("3.9", why="复测")))
    ground.reads(planner, "3.5", period="2025-03")
    with pytest.raises(Invalid):
        import_readings(actor=planner, plan=ground.plan, file=file, seen=0)
    assert Reading.objects.count() == 1


@pytest.mark.parametrize("raw", [b"", b"a,b\r\n1,2", csv_of()])
def test_no_such_table_is_invalid(ground: Ground, planner: Actor, raw: bytes) -> None:
    if not raw:
        raw = b"\n"
    with pytest.raises(Invalid) as error:
        rows_of_table(actor=planner, plan=ground.plan, file=stored(planner, raw))
    assert list(error.value.errors) == ["file"]


def test_who_does_not_report_takes_over_no_table(ground: Ground, planner: Actor) -> None:
    file = stored(planner, csv_of(line("3.9")))
    with pytest.raises(Refused):
        import_readings(
            actor=ground.world.actor(WUJIANG, Role.SIGNATORY), plan=ground.plan, file=file
        )
    with pytest.raises(NotVisible):
        import_readings(
            actor=ground.world.actor(KUNSHAN, Role.PLANNER), plan=ground.plan, file=file
        )


def test_pages_lead_from_the_template_over_the_preview_to_the_readings(ground: Ground) -> None:
    client = browser(ground.world, WUJIANG, Role.PLANNER)
    template = b"".join(client.get(f"{ROOM}template.csv")).decode("utf-8-sig")
    rows = [row.split(",") for row in template.splitlines()[1:]]
    assert [(row[0], row[3], row[5:]) for row in rows] == [
        (number, WUJIANG, ["2025", "", "", ""]) for number in ("I6", "I7")
    ]
    raw = csv_of(line("3.9"), line("many", period="2025-02"))
    answer = client.post(f"{ROOM}import/", {"file": SimpleUploadedFile("读数.csv", raw)})
    assert answer.status_code == 302
    preview = answer["Location"]
    text = page(client, preview)
    assert "<strong>G3</strong> This is no number." in text
    assert "Enter the 1 good row" in text
    assert client.post(preview, {"which": "all", "seen": "0"}).status_code == 422
    assert client.post(preview, {"which": "good", "seen": "0"}).status_code == 302
    assert Reading.objects.get().value == Decimal("3.9")
    assert "Unchanged" in page(client, preview)
    assert browser(ground.world, JIASHAN, Role.PLANNER).get(preview).status_code == 404
    assert browser(ground.world, WUJIANG, Role.SIGNATORY).get(f"{ROOM}import/").status_code == 403
    wrong = client.post(f"{ROOM}import/", {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")})
    assert wrong.status_code == 422


def test_five_thousand_rows_are_taken_over(
    ground: Ground, planner: Actor, django_assert_max_num_queries
) -> None:
    rows = [line("3", period=f"{1600 + n // 12}-{n % 12 + 1:02}") for n in range(4_999)]
    file = stored(planner, csv_of(*rows))
    with django_assert_max_num_queries(60):
        taken = import_readings(actor=planner, plan=ground.plan, file=file)
    assert len(taken.readings) == 4_999
