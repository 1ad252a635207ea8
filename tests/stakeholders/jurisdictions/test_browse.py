"""The tree is opened level by level; the list is searched, sorted and downloaded."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from stakeholders.jurisdictions import queries
from stakeholders.jurisdictions.models import Adjacency, RegionMember

LIST = "/jurisdictions/"
pytestmark = pytest.mark.usefixtures("delta")


def text_of(client: Client, path: str) -> str:
    response = client.get(path, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def codes(rows: list[queries.TreeRow]) -> list[str]:
    return [row.unit.code for row in rows]


def test_tree_opens_at_the_country() -> None:
    rows = queries.open_tree()
    assert codes(rows) == ["100000", "310000", "320000", "330000", "340000"]
    assert [row.depth for row in rows] == [0, 1, 1, 1, 1]
    assert codes(queries.open_tree(opened="999999")) == codes(rows)


def test_opening_a_prefecture_shows_one_level_below_the_whole_way() -> None:
    rows = queries.open_tree(opened="320500")
    assert [row.unit.code for row in rows if row.is_open] == ["100000", "320000", "320500"]
    assert [row.unit.code for row in rows if row.depth == 3] == [
        "320505",
        "320506",
        "320507",
        "320508",
        "320509",
        "320581",
        "320582",
        "320583",
        "320585",
    ]
    assert {row.unit.parent_id for row in rows if row.depth == 2} == {"320000"}


def test_unit_without_units_below_cannot_be_opened() -> None:
    rows = queries.open_tree(opened="320509")
    assert next(row for row in rows if row.unit.code == "320509").is_open is False


def test_figures_count_each_region_and_each_neighbour_once() -> None:
    units = {one.pk: one for one in queries.with_figures(queries.all_jurisdictions())}
    shanghai, qingpu = units["310000"], units["310118"]
    assert (shanghai.region_count, shanghai.below_count) == (20, 16)
    assert qingpu.neighbour_count == 7
    assert sum(one.neighbour_count for one in units.values()) == 2 * Adjacency.objects.count()
    member = RegionMember.objects.get(region="TC-AHB", code="310118")
    RegionMember.objects.create(
        region=member.region, code="310118", jurisdiction=qingpu, role="member", extent_en="Other"
    )
    again = queries.with_figures(queries.all_jurisdictions()).get(pk="310118")
    assert again.region_count == qingpu.region_count


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("code", "100000"),
        ("-code", "341882"),
        ("-area", "340000"),
        ("-regions", "310000"),
        ("level", "100000"),
        ("-level", "310101"),
    ],
)
def test_list_is_sorted_by_each_column(order: str, first: str) -> None:
    found = queries.in_order(queries.with_figures(queries.all_jurisdictions()), order)
    assert found[0].pk == first


def test_unit_without_an_area_comes_last_either_way() -> None:
    units = queries.with_figures(queries.all_jurisdictions())
    for order in ("area", "-area"):
        assert list(queries.in_order(units, order))[-1].pk == "100000"


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("999999", "There is no unit with the code 999999."),
        ("99", "No unit has a code that begins with 99."),
        ("3101180", "A code has six digits (GB/T 2260)."),
    ],
)
def test_unknown_code_is_said_plainly(reader: Client, asked: str, reason: str) -> None:
    text = text_of(reader, f"{LIST}?text={asked}")
    assert reason in text
    assert "No jurisdiction matches these filters." in text


def test_columns_turn_their_order_round(reader: Client) -> None:
    text = text_of(reader, f"{LIST}?level=county&sort=-area&page=2")
    assert 'aria-sort="descending"' in text
    assert 'href="?level=county&amp;sort=area"' in text
    assert 'href="?level=county&amp;sort=name"' in text


def test_order_that_is_not_offered_is_the_order_of_codes(reader: Client) -> None:
    assert 'aria-sort="ascending"' in text_of(reader, f"{LIST}?sort=boundary")


def test_download_holds_all_pages_of_what_is_seen(reader: Client) -> None:
    path = f"{LIST}table.csv?level=county&parent=310000&sort=-area"
    answer = reader.get(path, headers={"accept-language": "en"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == [
        "Code",
        "Name",
        "Level",
        "Area (km²)",
        "Regions",
        "Neighbours",
        "Superior unit",
    ]
    assert len(rows) == 17
    assert rows[1] == [
        "310151",
        "Chongming District",
        "County level",
        "1699.40",
        "1",
        "6",
        "310000",
    ]


def test_workbook_holds_the_opened_tree(reader: Client) -> None:
    answer = reader.get(f"{LIST}table.xlsx?open=310000")
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    answer.close()
    assert (sheet.max_row, sheet["A2"].value, sheet["A4"].value) == (22, "100000", "310101")


def test_regions_are_sorted_and_downloaded(reader: Client) -> None:
    answer = reader.get(f"{LIST}regions/table.csv?sort=-members")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert (len(rows), rows[1][0], rows[1][6]) == (39, "UECC2019", "41")


def test_api_opens_the_tree(reader: Client) -> None:
    rows = reader.get("/api/v1/jurisdictions/tree/?open=310000").json()
    assert (len(rows), rows[2]["depth"], rows[2]["unit"]["code"]) == (21, 2, "310101")
    assert rows[1]["unit"]["region_count"] == 20
