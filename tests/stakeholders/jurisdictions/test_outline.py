import json

from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.jurisdictions.outline import WIDTH, draw, draw_together

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]


def test_outline_of_a_square_at_the_equator_is_a_square() -> None:
    outline = draw(json.dumps({"type": "Polygon", "coordinates": [SQUARE]}))
    assert outline is not None
    assert outline.width == WIDTH
    assert outline.height == WIDTH + 1  # rounded up: half a degree north narrows a little
    assert outline.path.startswith("M4.0 ")
    assert outline.path.endswith("Z")


def test_outline_leaves_specks_out() -> None:
    speck = [[5, 5], [5.0001, 5], [5, 5.0001], [5, 5]]
    outline = draw(json.dumps({"type": "MultiPolygon", "coordinates": [[SQUARE], [speck]]}))
    assert outline is not None
    assert outline.path.count("M") == 1


def test_outline_of_nothing_is_nothing() -> None:
    assert draw(None) is None


def test_units_drawn_together_share_one_scale() -> None:
    beside = [[x + 1, y] for x, y in SQUARE]
    units = [
        Jurisdiction(code=code, boundary=json.dumps({"type": "Polygon", "coordinates": [ring]}))
        for code, ring in (("1", SQUARE), ("2", beside))
    ]
    drawing = draw_together([*units, Jurisdiction(code="3")])
    assert drawing is not None
    assert [shape.jurisdiction.code for shape in drawing.shapes] == ["1", "2"]
    assert drawing.height < WIDTH * 0.6
    assert draw_together([]) is None
