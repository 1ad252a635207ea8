import pytest

from stakeholders.jurisdictions import queries
from stakeholders.jurisdictions.enums import Level, Relation
from stakeholders.jurisdictions.models import Jurisdiction, Region

pytestmark = pytest.mark.django_db


def codes(units) -> list[str]:
    return [unit.code for unit in units]


def test_neighbours_of_qingpu(delta: None) -> None:
    found = queries.neighbours("310118")
    assert {one.jurisdiction.code: str(one.shared_km) for one in found} == {
        "310112": "17.1",
        "310114": "12.7",
        "310116": "3.8",
        "310117": "66.0",
        "320509": "12.7",
        "320583": "45.6",
        "330421": "16.7",
    }
    assert {one.relation for one in found} == {Relation.BORDER}


def test_neighbours_are_mutual(delta: None, django_assert_max_num_queries) -> None:
    pairs = {
        (code, one.jurisdiction.code)
        for code in Jurisdiction.objects.values_list("code", flat=True)
        for one in queries.neighbours(code)
    }
    assert {(b, a) for a, b in pairs} == pairs
    assert len(pairs) == 2 * 948


def test_neighbours_across_water_by_hand_kept_list(delta: None) -> None:
    zhoushan = {one.jurisdiction.code: one.relation for one in queries.neighbours("330900")}
    assert zhoushan == {
        "310000": Relation.BRIDGE,
        "330200": Relation.BRIDGE,
        "330400": Relation.WATER,
    }
    assert "310115" in codes(one.jurisdiction for one in queries.neighbours("310151"))


def test_every_unit_below_the_country_has_a_neighbour(delta: None) -> None:
    lonely = [u.code for u in queries.all_jurisdictions() if not queries.neighbours(u.code)]
    assert lonely == ["100000"]


def test_province_borders_are_added_up(delta: None) -> None:
    found = [one for one in queries.neighbours("310000") if one.level is Level.PROVINCE]
    assert {one.jurisdiction.code: str(one.shared_km) for one in found} == {
        "320000": "161.3",
        "330000": "79.3",
    }


def test_neighbours_of_a_group_leave_the_group_out(delta: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        found = codes(queries.neighbours_of(["310118", "320509", "330421"]))
    assert found == [
        "310112",
        "310114",
        "310116",
        "310117",
        "320506",
        "320583",
        "330402",
        "330411",
        "330482",
        "330483",
        "330502",
        "330503",
    ]


def test_ancestors_come_from_the_country_down(delta: None) -> None:
    assert codes(queries.ancestors("320509")) == ["100000", "320000", "320500"]
    assert codes(queries.ancestors("310118")) == ["100000", "310000"]


def test_shanghai_sits_in_twenty_regions(delta: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        found = [str(one.region) for one in queries.regions_of("310000")]
    assert len(found) == 20


def test_members_of_the_demonstration_zone(delta: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        found = [str(one) for one in queries.members("DZ2019")]
    assert found == ["Qingpu District", "Wujiang District", "Jiashan County"]


def test_membership_change_against_the_extent_before(delta: None) -> None:
    change = queries.membership_change(Region.objects.get(pk="UECC2010"))
    assert change is not None
    assert change.before.key == "UECC2003"
    assert codes(change.joined) == ["320800", "320900", "330700", "330800", "340100", "340500"]
    assert change.left == []


def test_tree_takes_one_query(delta: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        [country] = queries.tree()
    assert [branch.jurisdiction.code for branch in country.children] == [
        "310000",
        "320000",
        "330000",
        "340000",
    ]
    assert len(country.children[0].children) == 16


def test_search_by_name_code_level_and_parent(delta: None) -> None:
    assert codes(queries.find_jurisdictions(text="吴江")) == ["320509"]
    assert codes(queries.find_jurisdictions(text="suzhou")) == ["320500", "341300"]
    assert codes(queries.find_jurisdictions(text="3305", level="prefecture")) == ["330500"]
    assert len(queries.find_jurisdictions(level="county", parent="310000")) == 16
