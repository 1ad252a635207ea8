"""The small map: the unit in the middle, its neighbours as far as they reach, a true scale."""

import json
import math

import pytest
from django.test import Client

from stakeholders.jurisdictions.outline import WIDTH, Piece, Style, draw_map
from stakeholders.jurisdictions.outline.maps import KM_PER_DEGREE


def square(west: float, south: float, side: float = 1) -> str:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def piece(label: str, boundary: str | None, style: Style = Style.NEIGHBOUR) -> Piece:
    return Piece(label=label, boundary=boundary, style=style)


def test_unit_lies_in_the_middle_and_on_top() -> None:
    drawn = draw_map(
        [piece("甲", square(0, 0), Style.OWN), piece("乙", square(1, 0))], around=Style.OWN
    )
    assert drawn is not None
    assert [one.label for one in drawn.pieces] == ["乙", "甲"]
    own = drawn.pieces[-1]
    assert own.x is not None
    assert math.isclose(float(own.x), WIDTH / 2, abs_tol=1)
    assert [one.style for one in drawn.pieces] == [Style.NEIGHBOUR, Style.OWN]


def test_neighbour_outside_the_frame_has_no_name() -> None:
    far = piece("远", square(50, 0))
    drawn = draw_map([piece("甲", square(0, 0), Style.OWN), far], around=Style.OWN)
    assert drawn is not None
    assert [(one.label, one.x) for one in drawn.pieces if one.x is None] == [("远", None)]


def test_names_do_not_cover_each_other_and_the_own_name_stays() -> None:
    crowd = [piece(f"邻{n}", square(1 + n / 1000, 0, 0.05)) for n in range(5)]
    drawn = draw_map([piece("甲", square(0, 0), Style.OWN), *crowd], around=Style.OWN)
    assert drawn is not None
    named = [one.label for one in drawn.pieces if one.x]
    assert len(named) == 2
    assert "甲" in named


@pytest.mark.parametrize(("side", "km"), [(0.02, 1), (0.1, 2), (1, 20), (5, 100)])
def test_scale_bar_is_round_and_true(side: float, km: int) -> None:
    drawn = draw_map([piece("甲", square(0, 0, side), Style.WHOLE)])
    assert drawn is not None
    assert drawn.km == km
    length = float(drawn.bar_end) - 4
    assert math.isclose(length, drawn.km * (WIDTH - 8) / (side * KM_PER_DEGREE), rel_tol=0.01)


def test_unit_without_a_boundary_has_no_map() -> None:
    assert (
        draw_map([piece("甲", None, Style.OWN), piece("乙", square(0, 0))], around=Style.OWN)
        is None
    )
    assert draw_map([]) is None


def test_ring_that_crosses_itself_keeps_its_outline() -> None:
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    drawn = draw_map([piece("甲", json.dumps(bow), Style.WHOLE)])
    assert drawn is not None
    assert drawn.pieces[0].path.startswith("M")


def test_page_of_an_island_county_marks_what_lies_across_water(delta: None, reader: Client) -> None:
    response = reader.get("/jurisdictions/310151/", headers={"accept-language": "en"})
    text = response.content.decode()
    assert text.count("map__piece--across") == 4
    assert text.count("map__piece--own") == 1
    assert "Outline of Chongming District with 6 neighbours" in text
    assert "Dashed: across water." in text
    assert "south branch of the Yangtze estuary" in text
    assert "54.4" in text  # 7.7 with Haimen and 46.7 with Qidong


def test_page_of_an_inland_district_speaks_of_no_water(delta: None, reader: Client) -> None:
    response = reader.get("/jurisdictions/310118/", headers={"accept-language": "en"})
    assert "Dashed: across water." not in response.content.decode()


def test_region_page_draws_parts_apart_and_shows_the_line(delta: None, reader: Client) -> None:
    circle = reader.get("/jurisdictions/regions/TC-AHB/", headers={"accept-language": "en"})
    text = circle.content.decode()
    assert (text.count("map__piece--part"), text.count("map__piece--whole")) == (3, 0)
    assert "Members over time" not in text
    council = reader.get("/jurisdictions/regions/UECC2010/", headers={"accept-language": "en"})
    text = council.content.decode()
    assert text.count("map__piece--whole") == 22
    assert "Members over time" in text
