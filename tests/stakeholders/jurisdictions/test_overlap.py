"""Which circles share members: the figures of the delivered data, and the filters."""

import csv
import io

import pytest
from django.test import Client

from stakeholders.jurisdictions import overlap, queries
from stakeholders.jurisdictions.models import Region

PATH = "/jurisdictions/overlap/"
pytestmark = pytest.mark.usefixtures("delta")


def table(*, kind: str = "", year: int | None = None, level: str = "", **rest) -> overlap.Overlap:
    regions = list(queries.regions_in_force(kind=kind, year=year))
    members = queries.memberships([one.pk for one in regions], level=level)
    return overlap.build(regions, members, **rest)


def totals(found: overlap.Overlap) -> dict[str, int]:
    return {row.code: row.total for row in found.rows}


def answer(client: Client, query: str = "") -> str:
    response = client.get(f"{PATH}{query}", headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def test_shanghai_sits_in_twenty_circles_and_suzhou_in_sixteen() -> None:
    found = table(least=2, order="-total")
    first = [(row.code, row.total) for row in found.rows[:5]]
    assert first == [
        ("310000", 20),
        ("320500", 16),
        ("330100", 15),
        ("330400", 15),
        ("330500", 15),
    ]
    assert min(totals(found).values()) == 2
    assert len(found.regions) == 38


def test_regions_stand_by_year_and_those_without_one_last() -> None:
    keys = [one.pk for one in table().regions]
    assert keys[:3] == ["SEZ1982", "SEZ1984", "JMS1992"]
    assert keys[-3:] == ["HFMA", "NBMA", "TAIHU"]


def test_sums_count_the_units_shown() -> None:
    found = table()
    sums = dict(zip([one.pk for one in found.regions], found.sums, strict=True))
    assert (sums["UECC2019"], sums["CA2019"], sums["SMA2022"], sums["HFMA"]) == (41, 27, 9, 0)
    assert table(kind="standing office", least=99).sums == []


def test_region_that_ends_and_its_successor_both_count_in_the_year_of_change() -> None:
    keys = [one.pk for one in queries.regions_in_force(kind="mayors conference", year=2003)]
    assert keys == ["UECC1997", "UECC2003"]
    assert "TAIHU" not in [one.pk for one in queries.regions_in_force(year=2003)]


def test_chosen_units_are_shown_however_few_their_regions() -> None:
    found = table(level="county", least=2, kept=("320583",))
    assert totals(found) == {"310117": 3, "310118": 2, "320583": 1, "330421": 2}


def test_part_of_a_unit_is_told_with_its_extent() -> None:
    row = next(row for row in table(level="county").rows if row.code == "310118")
    cells = {cell.region.pk: cell for cell in row.cells if cell.members}
    assert (cells["DZ2019"].is_whole, cells["DZ2019"].extent) == (True, "")
    assert (cells["TC-AHB"].is_whole, cells["TC-AHB"].extent) == (False, "Baihe Town")


def test_two_regions_are_compared() -> None:
    first, second = (Region.objects.get(pk=key) for key in ("SMA2022", "SXCMA"))
    found = overlap.compare(first, second, queries.memberships([first.pk, second.pk]))
    assert [row.code for row in found.both] == ["320200", "320400", "320500"]
    assert len(found.only_first) == 6
    assert found.only_second == []


def test_line_of_a_platform_goes_back_and_forth() -> None:
    line = queries.same_line(Region.objects.get(pk="UECC2010"))
    assert [one.pk for one in line] == [
        "UECC1997",
        "UECC2003",
        "UECC2010",
        "UECC2013",
        "UECC2018",
        "UECC2019",
    ]
    assert [one.pk for one in queries.same_line(Region.objects.get(pk="HFMA"))] == ["HFMA"]


def test_bars_lie_inside_the_picture() -> None:
    bars = overlap.draw_bars(table().regions, marked={"SEZ1982"}, until=2026)
    assert bars is not None
    assert [one.region.pk for one in bars.bars if one.is_marked] == ["SEZ1982"]
    assert [one.region.pk for one in bars.bars if not one.is_dated] == ["HFMA", "NBMA", "TAIHU"]
    assert max(float(one.end) for one in bars.bars) <= bars.width
    assert min(float(one.x) for one in bars.bars) >= bars.left
    assert [tick.year for tick in bars.ticks] == [1990, 2000, 2010, 2020, 2030]
    assert overlap.draw_bars([], marked=(), until=2026) is None


def test_page_shows_the_circles_of_a_unit_and_shared_members(reader: Client) -> None:
    text = answer(reader, "?unit=310000&first=SMA2022&second=CA2019")
    assert "20 regions to which the unit belongs or belonged, by year" in text
    assert "In both: 9" in text
    assert "Only in CA2019: 18" in text


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("?codes=310000,999999", "There is no unit with the code 999999."),
        ("?unit=999999", "There is no unit with the code 999999."),
        ("?first=CA2019&second=CA2019", "Choose two different regions."),
        ("?year=19", "Ensure this value is greater than or equal to 1900."),
    ],
)
def test_filter_without_sense_is_named_and_filters_nothing(
    reader: Client, query: str, reason: str
) -> None:
    text = answer(reader, query)
    assert reason in text
    assert "47 units by 38 regions" in text


def test_no_unit_in_so_many_regions_is_said(reader: Client) -> None:
    assert "No unit sits in so many of these regions." in answer(reader, "?least=50")


def test_download_holds_what_the_page_shows(reader: Client) -> None:
    response = reader.get(
        f"{PATH}table.csv?kind=metropolitan+area&least=1&sort=code",
        headers={"accept-language": "en"},
    )
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][3:] == ["HZMA", "SXCMA", "NJMA2021", "SMA2022", "SMA14", "HFMA", "NBMA"]
    assert rows[1][:3] == ["310000", "Shanghai Municipality", "2"]
    assert rows[-1][0] == "Units shown"


def test_api_gives_the_same_table(reader: Client) -> None:
    found = reader.get("/api/v1/regions/overlap/?level=prefecture").json()
    assert (found["rows"][0]["code"], found["rows"][0]["total"]) == ("320500", 16)
    wrong = reader.get("/api/v1/regions/overlap/?codes=999999", headers={"accept-language": "en"})
    assert wrong.status_code == 400
    assert wrong.json()["codes"][0]["message"] == "There is no unit with the code 999999."
