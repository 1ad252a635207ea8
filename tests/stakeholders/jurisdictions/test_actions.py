"""Importing a layer: whole or not at all, and nothing the second time."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from stakeholders.jurisdictions.actions import DATA, import_jurisdictions, import_regions
from stakeholders.jurisdictions.models import Adjacency, Jurisdiction, Region, RegionMember
from stakeholders.jurisdictions.reading import RowError
from stakeholders.jurisdictions.steps import Counts
from stakeholders.terms.actor import PUBLIC, SYSTEM, Actor, ActorKind, Role
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import Reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare")]
Acts = Callable[[], list[str]]
ADMINISTRATOR = Actor(kind=ActorKind.ADMINISTRATOR)


def held() -> tuple[int, int, int, int]:
    tables = (Jurisdiction, Adjacency, Region, RegionMember)
    units, pairs, regions, members = (table.objects.count() for table in tables)
    return units, pairs, regions, members


def test_own_data_imports_whole(acts: Acts) -> None:
    units = import_jurisdictions(actor=SYSTEM)
    regions = import_regions(actor=SYSTEM)
    assert held() == (350, 948, 38, 356)
    assert units.counts["jurisdictions"] == Counts(created=350)
    assert regions.counts["members"] == Counts(created=356)
    assert acts() == ["jurisdictions.import", "regions.import"]


def test_second_import_changes_nothing_and_says_so(acts: Acts) -> None:
    import_jurisdictions(actor=SYSTEM)
    import_regions(actor=SYSTEM)
    units, regions = import_jurisdictions(actor=SYSTEM), import_regions(actor=SYSTEM)
    assert units.counts["jurisdictions"] == Counts(unchanged=350)
    assert (units.changes, regions.changes) == (0, 0)
    assert units.sentences()[-1] == "0 changes."
    assert acts() == ["jurisdictions.import", "regions.import"]


def test_member_outside_the_table_is_kept_and_named() -> None:
    import_jurisdictions(actor=SYSTEM)
    result = import_regions(actor=SYSTEM)
    assert result.outside == ("360000",)
    member = RegionMember.objects.get(code="360000")
    assert (member.region_id, member.jurisdiction, str(member)) == (
        "SEZ1984",
        None,
        "Jiangxi Province",
    )


def test_flags_of_the_table_agree_with_the_regions(delta: None) -> None:
    flags = {
        "is_yrd_city_41": "UECC2019",
        "in_central_27": "CA2019",
        "in_shanghai_metro_1_8": "SMA2022",
        "in_demo_zone": "DZ2019",
    }
    with (DATA / "jurisdictions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for flag, region in flags.items():
        flagged = {row["code"] for row in rows if row[flag] == "1"}
        members = RegionMember.objects.filter(region=region).values_list("code", flat=True)
        assert set(members) == flagged


@pytest.mark.parametrize("actor", [PUBLIC, Actor(kind=ActorKind.MANDATED, role=Role.COORDINATOR)])
def test_import_by_anybody_else_is_refused(actor: Actor, acts: Acts) -> None:
    for action in (import_jurisdictions, import_regions):
        with pytest.raises(Refused) as refusal:
            action(actor=actor)
        assert refusal.value.verdict.reason is Reason.NO_MANDATE
    assert held() == (0, 0, 0, 0)
    assert acts() == []


def test_changed_rows_are_counted(folder: Path, spoil, acts: Acts) -> None:
    import_jurisdictions(actor=ADMINISTRATOR, folder=folder)
    spoil("jurisdictions.csv", "吴江区,Wujiang,Wujiang", "吴江市,Wujiang,Wujiang")
    spoil("adjacency.csv", "border,12.7", "border,13")
    result = import_jurisdictions(actor=ADMINISTRATOR, folder=folder)
    assert result.counts["jurisdictions"] == Counts(updated=1, unchanged=4)
    # The border of the two provinces is added up from it.
    assert result.counts["adjacencies"] == Counts(updated=2)
    assert acts() == ["jurisdictions.import", "jurisdictions.import"]


def test_unit_no_longer_delivered_stays(folder: Path, spoil) -> None:
    import_jurisdictions(actor=SYSTEM, folder=folder)
    row = "320509,320000,county,市辖区,district,吴江区,Wujiang,Wujiang,吴江,Wujiang,120.6,31.0\n"
    spoil("jurisdictions.csv", row, "")
    result = import_jurisdictions(actor=SYSTEM, folder=folder)
    assert (result.absent, result.changes) == (("320509",), 0)


def test_delivery_without_water_and_boundaries_leaves_ours(our_folder: Path) -> None:
    import_jurisdictions(actor=SYSTEM)
    (our_folder / "adjacency_water.csv").unlink()
    for path in our_folder.glob("*.geojson"):
        path.unlink()
    assert import_jurisdictions(actor=SYSTEM, folder=our_folder).changes == 0


def test_moved_unit_takes_paths_below_along(folder: Path, spoil) -> None:
    import_jurisdictions(actor=SYSTEM, folder=folder)
    spoil("jurisdictions.csv", "310118,310000", "310118,320000")
    import_jurisdictions(actor=SYSTEM, folder=folder)
    assert Jurisdiction.objects.get(pk="310118").path == "100000/320000/310118/"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_encodings_of_offices_are_read(folder: Path, encoding: str) -> None:
    path = folder / "jurisdictions.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    import_jurisdictions(actor=SYSTEM, folder=folder)
    assert Jurisdiction.objects.get(pk="310118").name_zh == "青浦区"


def test_dated_successor_is_kept(folder: Path) -> None:
    old = (
        "320584,320000,county,县级市,city,吴江市,Wujiang,Wujiang,吴江,Wujiang,,,2012-09-01,320509\n"
    )
    lines = (folder / "jurisdictions.csv").read_text(encoding="utf-8").splitlines()
    text = "\n".join(
        [lines[0] + ",valid_until,successor_code", *(one + ",," for one in lines[1:]), old]
    )
    (folder / "jurisdictions.csv").write_text(text, encoding="utf-8")
    import_jurisdictions(actor=SYSTEM, folder=folder)
    unit = Jurisdiction.objects.get(pk="320584")
    assert (str(unit.valid_until), unit.successor_id) == ("2012-09-01", "320509")


BAD_UNITS = [
    ("310118,310000", "31011,310000", 4, "code", "“31011” is not a six-digit code of GB/T 2260."),
    ("310118,310000", "310000,310000", 4, "code", "“310000” stands already in line 3."),
    ("310118,310000", "310118,330000", 4, "parent_code", "There is no unit with the code 330000."),
    ("310118,310000", "310118,", 4, "parent_code", "Only the country has no superior unit."),
    (
        "310118,310000",
        "310118,320509",
        4,
        "parent_code",
        "The superior unit 320509 is not of a higher level.",
    ),
    (
        "310000,county",
        "310000,village",
        4,
        "level",
        "“village” is not one of: country, province, prefecture, county.",
    ),
    ("青浦区,", ",", 4, "name_zh", "This cell must not be empty."),
    (
        "Qingpu,Qingpu,青浦",
        "Qingpu,Shanghai,青浦",
        4,
        "name_en_unique",
        "“Shanghai” stands already in line 3.",
    ),
    ("121.1,31.1", "east,31.1", 4, "lon", "“east” is not a number."),
    ("121.1,31.1", "221.1,31.1", 4, "lon", "221.1 is not between -180 and 180."),
    ("121.1,31.1", "121.1", 4, "–", "The row has 11 cells, the heading 12."),
    ("青浦区", "青" * 61, 4, "name_zh", "Ensure this value has at most 60 characters (it has 61)."),
    ("short_en,lon", "name,lon", 1, "short_en", "The heading lacks this column."),
    ("short_en,lon", "short_en,code", 1, "code", "The heading names this column twice."),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "reason"), BAD_UNITS)
def test_bad_unit_stops_the_import(
    folder: Path, spoil, old, new, line, column, reason, acts: Acts
) -> None:
    spoil("jurisdictions.csv", old, new)
    with pytest.raises(RowError) as refusal:
        import_jurisdictions(actor=SYSTEM, folder=folder)
    said = f"jurisdictions.csv, line {line}, column {column}: {reason}"
    assert str(refusal.value) == said
    assert (held(), acts()) == ((0, 0, 0, 0), [])


BAD_PAIRS = [
    ("310118,320509", "310118,320508", 2, "code_b", "There is no unit with the code 320508."),
    (
        "310118,320509",
        "320509,310118",
        2,
        "code_b",
        "The smaller code stands first, and no unit twice.",
    ),
    (
        "310118,320509",
        "310118,310118",
        2,
        "code_b",
        "The smaller code stands first, and no unit twice.",
    ),
    ("12.7", "-1", 2, "shared_km", "-1 is not between 0 and 100000."),
    (
        "border",
        "river",
        2,
        "relation",
        "“river” is not one of: border, point, near, bridge, water.",
    ),
    (
        "12.7\n",
        "12.7\ncounty,310118,320509,point,0\n",
        3,
        "code_b",
        "“310118 320509” stands already in line 2.",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "reason"), BAD_PAIRS)
def test_bad_pair_stops_the_import(
    folder: Path, spoil, old, new, line, column, reason, acts: Acts
) -> None:
    spoil("adjacency.csv", old, new)
    with pytest.raises(RowError) as refusal:
        import_jurisdictions(actor=SYSTEM, folder=folder)
    assert str(refusal.value) == f"adjacency.csv, line {line}, column {column}: {reason}"
    assert (held(), acts()) == ((0, 0, 0, 0), [])


UNKNOWN_PLACE = (
    '{"features": [{"properties": {"code": "999999"}, "geometry":'
    ' {"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 1]]]}}]}'
)
BAD_BOUNDARIES = [
    ('{"features": [', 1, "15", "This is no valid JSON: Expecting value."),
    ("[]", 0, "", "This is no GeoJSON feature collection."),
    ('{"features": [{}]}', 0, "feature 1", "The feature has no code."),
    (
        '{"features": [{"properties": {"code": "310118"}, "geometry": {"type": "Point"}}]}',
        0,
        "feature 1",
        "The boundary of 310118 is no polygon.",
    ),
    (
        UNKNOWN_PLACE,
        0,
        "999999",
        "There is no unit with the code 999999.",
    ),
    *(
        (text, 0, "", "This is no GeoJSON feature collection.")
        for text in ('{"features": 5}', '{"features": {"a": 1}}', '{"features": ' + "[" * 100_000)
    ),
    *(
        (text, 0, "feature 1", "The feature has no code.")
        for text in ('{"features": ["x"]}', '{"features": [{"properties": [1]}]}')
    ),
    *(
        (
            (
                '{"features": [{"properties": {"code": "310118"}, "geometry": '
                f'{{"type": "MultiPolygon", "coordinates": {coordinates}}}}}]}}'
            ),
            0,
            "feature 1",
            "The boundary of 310118 is no polygon.",
        )
        for coordinates in (
            "[[[[NaN, 31], [121, 31], [121, 32]]]]",
            "[[[[1e999, 31], [121, 31], [121, 32]]]]",
            "[[[[181, 31], [121, 31], [121, 32]]]]",
            '[[[["a", 31], [121, 31], [121, 32]]]]',
            "[[[121, 31], [121, 32]]]",
            "[[[[121]]]]",
            '"everywhere"',
            "[[[]]]",
        )
    ),
]


@pytest.mark.parametrize(("text", "line", "column", "reason"), BAD_BOUNDARIES)
def test_bad_boundary_stops_the_import(folder: Path, text, line, column, reason) -> None:
    (folder / "boundaries_x.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(RowError) as refusal:
        import_jurisdictions(actor=SYSTEM, folder=folder)
    error = refusal.value
    assert (error.file, error.line, error.column) == ("boundaries_x.geojson", line, column)
    assert error.reason == reason
    assert held() == (0, 0, 0, 0)


def test_missing_file_stops_the_import(tmp_path: Path) -> None:
    with pytest.raises(RowError) as refusal:
        import_jurisdictions(actor=SYSTEM, folder=tmp_path)
    said = "jurisdictions.csv: The file is missing or cannot be read."
    assert str(refusal.value) == said


BAD_REGIONS = [
    ("regions.csv", "pairing", "club", 2, "kind"),
    ("regions.csv", "2019,,", "2019,2018,", 2, "year_ended"),
    ("regions.csv", "2019,,", "19,,", 2, "year"),
    ("regions.csv", "2019,,", "2019.5,,", 2, "year"),
    ("regions.csv", "pairing,2", "pairing,3", 2, "member_count"),
    ("regions.csv", "by-name", "guessed", 2, "members_status"),
    ("region_members.csv", "ONE,310118", "TWO,310118", 2, "region_id"),
    ("region_members.csv", "ONE,310118", "ONE,310199", 2, "code"),
    ("region_members.csv", "helper", "friend", 2, "role"),
    ("region_members.csv", "320509,helped,Lili Town", "310118,helped,whole", 3, "code"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "column"), BAD_REGIONS)
def test_bad_region_stops_the_import(
    folder: Path, spoil, name, old, new, line, column, acts: Acts
) -> None:
    import_jurisdictions(actor=SYSTEM, folder=folder)
    spoil(name, old, new)
    with pytest.raises(RowError) as refusal:
        import_regions(actor=SYSTEM, folder=folder)
    error = refusal.value
    assert (error.file, error.line, error.column) == (name, line, column)
    assert error.reason != ""
    assert (held(), acts()) == ((5, 2, 0, 0), ["jurisdictions.import"])


def test_bad_row_leaves_an_earlier_import_as_it_was(our_folder: Path) -> None:
    import_jurisdictions(actor=SYSTEM)
    path = our_folder / "jurisdictions.csv"
    text = path.read_text(encoding="utf-8").replace("青浦区", "青浦县")
    path.write_text(text + "310199,310000,town\n", encoding="utf-8")
    with pytest.raises(RowError):
        import_jurisdictions(actor=SYSTEM, folder=our_folder)
    assert Jurisdiction.objects.get(pk="310118").name_zh == "青浦区"
