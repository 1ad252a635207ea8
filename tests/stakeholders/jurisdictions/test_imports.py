"""Jurisdictions and mandates from uploaded tables: checked, confirmed, entered."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
import pytest_django
from django.test import Client

from stakeholders.files.models import StoredFile
from stakeholders.files.queries import unattached
from stakeholders.jobs.actions import run_jobs
from stakeholders.jobs.models import Job
from stakeholders.jurisdictions import deliveries
from stakeholders.jurisdictions.models import DeliveredRow, Delivery, Jurisdiction
from stakeholders.notices.models import OutboxMessage
from stakeholders.people.models import Mandate, User
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import SYSTEM, Role
from tests.world import QINGPU, WUJIANG, World, person

UNITS = "/admin/stakeholders/jurisdiction/import/"
MANDATES = "/admin/stakeholders/mandate/import/"
EN = {"accept-language": "en"}
UNIT_COLUMNS = (
    "code,parent_code,level,name_zh,name_en,name_en_unique,short_zh,short_en,type_zh,type_en"
)
NAMES = "区,District,{0},区,D,市辖区,district"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: pytest_django.Settings) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office(world: World) -> Client:
    User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
    client = Client(headers=EN)
    client.force_login(world.administrator)
    return client


def unit(code: str, parent: str, level: str = "county", name: str = "") -> str:
    return f"{code},{parent},{level},{NAMES.format(name or f'District {code}')}"


def table(*rows: str, heading: str = UNIT_COLUMNS) -> bytes:
    return "\n".join([heading, *rows]).encode()


def upload(client: Client, url: str, raw: bytes, name: str = "table.csv") -> Delivery:
    file = io.BytesIO(raw)
    file.name = name
    answer = client.post(url, {"file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    run_jobs(actor=SYSTEM, seconds=30)
    delivery = Delivery.objects.get(pk=answer["Location"].rstrip("/").rsplit("/", 1)[1])
    assert delivery.check_job.state == "done", delivery.check_job.error_en
    return delivery


def confirm(client: Client, url: str, delivery: Delivery) -> None:
    client.post(f"{url}{delivery.pk}/confirm/")
    run_jobs(actor=SYSTEM, seconds=30)
    delivery.refresh_from_db()


def found(delivery: Delivery) -> list[tuple[object, ...]]:
    rows = delivery.rows.order_by("number")
    return list(rows.values_list("number", "outcome", "column", "value", "reason_en"))


def test_units_are_checked_without_being_entered_and_entered_once(office: Client) -> None:
    held = Jurisdiction.objects.count()
    rows = (unit("310199", "310100"), unit("310100", "310000", "prefecture"), "", unit("31", "1"))
    delivery = upload(office, UNITS, table(*rows))
    assert Jurisdiction.objects.count() == held
    assert found(delivery) == [
        (2, "new", "", "", ""),
        (3, "new", "", "", ""),
        (5, "fault", "code", "31", "“31” is not a six-digit code of GB/T 2260."),
    ]
    assert delivery.rows.get(number=5).reason_zh == "“31”不是六位行政区划代码（GB/T 2260）。"
    before = RecordEntry.objects.count()
    confirm(office, UNITS, delivery)
    assert Jurisdiction.objects.get(code="310199").path == "100000/310000/310100/310199/"
    assert Jurisdiction.objects.count() == held + 2
    assert RecordEntry.objects.count() == before + 1
    entry = RecordEntry.objects.latest("pk")
    assert (entry.act, entry.subject) == ("jurisdictions.import", f"delivery:{delivery.pk}")
    assert f"sha256:{delivery.file.sha256}" in entry.payload
    again = upload(office, UNITS, table(*rows))
    assert [row[1] for row in found(again)] == ["same", "same", "fault"]
    page = office.get(f"{UNITS}{again.pk}/").content.decode()
    assert "Nothing in this table is to be entered." in page


def test_missing_columns_keep_what_is_held(office: Client) -> None:
    Jurisdiction.objects.filter(code=QINGPU).update(area_km2=668)
    delivery = upload(office, UNITS, table(unit(QINGPU, "310000", name="Qingpu")))
    assert found(delivery) == [(2, "changed", "", "", "")]
    confirm(office, UNITS, delivery)
    unit_ = Jurisdiction.objects.get(code=QINGPU)
    assert (unit_.name_en_unique, unit_.area_km2) == ("Qingpu", 668)


UNIT_FAULTS = [
    (unit("310199", "999999"), "parent_code", "There is no unit with the code 999999."),
    (unit("310199", QINGPU), "parent_code", "The superior unit 310118 is not of a higher level."),
    (unit("310199", "310000", "village"), "level", "“village” is not one of: "),
    (unit("310199", ""), "parent_code", "Only the country has no superior unit."),
    (unit("320500", "320000", "county"), "level", "The unit 320509, which stays below it, "),
    (unit("310199", "310000", name="Kunshan City"), "name_en_unique", "The unit 320583 has "),
    (unit("310198", "310000"), "code", "“310198” stands already in line 2."),
    (unit("310199", "310000") + ",x", "", "The row has 11 cells, the heading 10."),
    (unit("310199", "310000", name="x" * 130), "name_en_unique", "Ensure this value has at most"),
]


@pytest.mark.parametrize(("row", "column", "reason"), UNIT_FAULTS)
def test_a_wrong_unit_is_told_and_the_good_row_is_not_lost(
    office: Client, row: str, column: str, reason: str
) -> None:
    delivery = upload(office, UNITS, table(unit("310198", "310000"), row))
    good, bad = found(delivery)
    assert good[:2] == (2, "new")
    assert (bad[1], bad[2], bad[4][: len(reason)]) == ("fault", column, reason)
    assert delivery.rows.get(number=3).reason_zh not in ("", bad[4])
    confirm(office, UNITS, delivery)
    assert Jurisdiction.objects.filter(code="310198").count() == 1


def test_reversed_dates_are_told(office: Client) -> None:
    heading = f"{UNIT_COLUMNS},valid_from,valid_until"
    row = f"{unit('310199', '310000')},2020-01-01,2019-01-01"
    delivery = upload(office, UNITS, table(row, heading=heading))
    assert found(delivery)[0][1:3] == ("fault", "valid_until")


WHOLE = [
    ("t.csv", b"code,level\n1,2", "t.csv, line 1, column parent_code: The heading lacks"),
    ("t.csv", table(heading=f"{UNIT_COLUMNS},colour"), "t.csv, line 1, column colour: The templ"),
    ("t.csv", table(), "t.csv: The table has a heading and no rows."),
    ("t.csv", table(*["x"] * 5001), "t.csv: The table has more than 5000 rows."),
]


@pytest.mark.parametrize(("name", "raw", "reason"), WHOLE)
def test_a_file_that_cannot_be_taken_says_why(
    office: Client, name: str, raw: bytes, reason: str
) -> None:
    delivery = upload(office, UNITS, raw, name)
    assert delivery.fault_en[: len(reason)] == reason
    assert delivery.fault_zh not in ("", delivery.fault_en)
    assert found(delivery) == []
    office.post(f"{UNITS}{delivery.pk}/confirm/")
    assert Job.objects.count() == 1


OTHER = [
    ("t.csv", b"%PDF-1.7 %%EOF", "This file is not of a kind taken here. It is: PDF document."),
    ("t.xlsx", b"code,level", "This file is not of a kind taken here. It is: plain text."),
    ("t.xlsx", b"PK\x03\x04broken", "The file is damaged: it cannot be opened."),
    ("t.csv", b"", "The file is empty."),
    ("t.csv", b"x" * (deliveries.MOST_BYTES + 1), "The file is too large: at most 5.0"),
]


@pytest.mark.parametrize(("name", "raw", "reason"), OTHER)
def test_what_is_no_table_is_not_kept(office: Client, name: str, raw: bytes, reason: str) -> None:
    file = io.BytesIO(raw)
    file.name = name
    answer = office.post(UNITS, {"file": file})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0][: len(reason)] == reason
    assert (Delivery.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_the_file_of_a_table_goes_with_it(office: Client) -> None:
    delivery = upload(office, UNITS, table(unit("310199", "310000")))
    assert unattached().count() == 0
    deliveries.forget_deliveries(older_than=timedelta(0))
    assert list(unattached()) == [delivery.file]


def test_a_workbook_is_read_and_its_formulas_are_refused(office: Client) -> None:
    book = openpyxl.Workbook()
    book.active.append(UNIT_COLUMNS.split(","))
    book.active.append([310199, 310000, *unit("", "").split(",")[2:9], "=1+1"])
    book.active.append([310198, 310000, *unit("310198", "").split(",")[2:]])
    file = io.BytesIO()
    book.save(file)
    delivery = upload(office, UNITS, file.getvalue(), "t.xlsx")
    assert [(row[1], row[2]) for row in found(delivery)] == [("fault", "type_en"), ("new", "")]


def test_gb18030_is_read(office: Client) -> None:
    raw = table(unit("310199", "310000")).decode().encode("gb18030")
    delivery = upload(office, UNITS, raw)
    assert delivery.rows.get().label == "310199 区"


def test_large_tables_are_checked_and_entered_in_steps(office: Client) -> None:
    rows = [unit(f"31{n}", "310000") for n in range(2000, 3200)]
    delivery = upload(office, UNITS, table(*rows))
    confirm(office, UNITS, delivery)
    jobs = Job.objects.order_by("created_at").values_list("state", "done", "total")
    assert list(jobs) == [("done", 1200, 1200)] * 2
    assert Jurisdiction.objects.filter(code__in=[r[:6] for r in rows]).count() == 1200
    assert DeliveredRow.objects.filter(entered_at=None).count() == 0


def test_only_administrators_reach_the_import(world: World) -> None:
    planner, plain = Client(), Client()
    planner.force_login(world.user(QINGPU, Role.PLANNER))
    plain.force_login(world.staff("view_mandate", "view_jurisdiction"))  # without the right to add
    for url in (UNITS, MANDATES):
        assert planner.get(url).status_code == 302
        assert plain.get(url).status_code == 403
        assert plain.post(url).status_code == 403


@pytest.mark.parametrize("url", [UNITS, MANDATES])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_read_without_an_error(office: Client, url: str, kind: str) -> None:
    answer = office.get(f"{url}template.{kind}")
    raw = b"".join(answer.streaming_content)
    delivery = upload(office, url, raw, f"template.{kind}")
    assert [row[1:] for row in found(delivery)] in (
        [("new", "", "", "")],
        [("changed", "", "", "")],
    )


MANDATE_COLUMNS = ["email", "role", "document", "jurisdiction", "name_zh", "valid_from"]
MANDATE_COLUMNS += ["valid_until", "organization"]


def mandates(*rows: str) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(MANDATE_COLUMNS)
    for row in rows:
        cells = row.split(",")
        writer.writerow([*cells, *[""] * (len(MANDATE_COLUMNS) - len(cells))])
    return file.getvalue().encode()


NEW = f"new@x.example,planner,文1号,{QINGPU},新人,2026-01-01,2026-12-31"


def test_mandates_are_granted_by_their_act_and_signatories_stay_pending(office: Client) -> None:
    signs = f"new@x.example,signatory,文2号,{QINGPU},新人,2026-01-01"
    delivery = upload(office, MANDATES, mandates(NEW, signs))
    assert [row[1] for row in found(delivery)] == ["new", "pending"]
    assert (Mandate.objects.count(), User.objects.filter(email="new@x.example").count()) == (0, 0)
    confirm(office, MANDATES, delivery)
    one, two = Mandate.objects.order_by("pk")
    assert (one.user.email, one.role, one.jurisdiction_id) == ("new@x.example", "planner", QINGPU)
    assert one.valid_from == datetime(2025, 12, 31, 16, tzinfo=UTC)
    assert (two.role, two.second_by) == ("signatory", None)
    now = datetime(2026, 6, 1, tzinfo=UTC)
    assert [m.role for m in Mandate.objects.counted(now)] == ["planner"]
    acts = ["person.enter", "mandate.grant", "mandate.grant", "mandates.import"]
    assert list(RecordEntry.objects.order_by("pk").values_list("act", flat=True)) == acts
    assert OutboxMessage.objects.filter(recipient="new@x.example").exclude(minter="").count() == 1
    again = upload(office, MANDATES, mandates(NEW, signs))
    assert [row[1] for row in found(again)] == ["same", "same"]


MANDATE_FAULTS = [
    ("nobody,planner,文,310118,名", "email", "“nobody” is not an e-mail address."),
    ("a@x.example,king,文,310118,名", "role", "“king” is not one of: "),
    ("a@x.example,planner,文,999999,名", "jurisdiction", "There is no unit with the code 999999."),
    ("a@x.example,planner,文,310118,", "name_zh", "This cell must not be empty."),
    ("a@x.example,planner,,310118,名", "document", "This cell must not be empty."),
    ("a@x.example,planner,文,,名", "jurisdiction", "Name one jurisdiction or one organization."),
    ("a@x.example,planner,文,,名,,,none", "organization", "There is no organization with the key"),
    (
        "a@x.example,planner,文,310118,名,2026-05-01,2026-04-01",
        "valid_until",
        "The end must lie after the beginning.",
    ),
    ("a@x.example,planner,文,310118,名,May", "valid_from", "“May” is not a date like"),
    (NEW, "valid_from", "The same mandate stands already in line 2."),
    (
        f"new@x.example,planner,文9号,{QINGPU},新人,2026-06-01",
        "valid_from",
        "The period overlaps that of the same mandate in line 2.",
    ),
    (
        f"admin@site.example,planner,文,{QINGPU},",
        "email",
        "Nobody grants or confirms a mandate for oneself.",
    ),
    (
        f"contact_point@{WUJIANG}.example,contact_point,文,{WUJIANG},",
        "valid_from",
        "The person holds this mandate already since 2020-01-01 (test). End it first.",
    ),
]


@pytest.mark.parametrize(("row", "column", "reason"), MANDATE_FAULTS)
def test_a_wrong_mandate_is_told(
    office: Client, world: World, row: str, column: str, reason: str
) -> None:
    world.user(WUJIANG, Role.CONTACT_POINT)
    delivery = upload(office, MANDATES, mandates(NEW, row))
    good, bad = found(delivery)
    assert good[1] == "new"
    assert (bad[1], bad[2], bad[4][: len(reason)]) == ("fault", column, reason)
    assert delivery.rows.get(number=3).reason_zh not in ("", bad[4])


def test_a_row_that_became_wrong_after_the_check_is_told_and_left_out(office: Client) -> None:
    user = person("new@x.example", "新人")
    delivery = upload(office, MANDATES, mandates(NEW))
    User.objects.filter(pk=user.pk).update(is_active=False)
    confirm(office, MANDATES, delivery)
    assert (Mandate.objects.count(), found(delivery)[0][1]) == (0, "fault")


def test_a_table_is_confirmed_once(office: Client) -> None:
    delivery = upload(office, MANDATES, mandates(NEW))
    office.post(f"{MANDATES}{delivery.pk}/confirm/")
    page = office.post(f"{MANDATES}{delivery.pk}/confirm/", follow=True).content.decode()
    assert "This table was confirmed already." in page
    assert Job.objects.count() == 2
    run_jobs(actor=SYSTEM, seconds=30)
    assert Mandate.objects.count() == 1


def test_an_upload_of_another_table_is_not_found(office: Client) -> None:
    delivery = upload(office, MANDATES, mandates(NEW))
    assert office.get(f"{UNITS}{delivery.pk}/").status_code == 404
    assert office.post(f"{UNITS}{delivery.pk}/confirm/").status_code == 404


def test_an_empty_upload_is_refused_with_the_reason(office: Client) -> None:
    file = io.BytesIO(b"")
    file.name = "t.csv"
    page = office.post(UNITS, {"file": file})
    assert (page.status_code, "The file is empty." in page.content.decode()) == (422, True)
    assert office.post(UNITS, {}).status_code == 422
