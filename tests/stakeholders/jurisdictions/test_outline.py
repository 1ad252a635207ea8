import json

from stakeholders.jurisdictions.outline import WIDTH, draw

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
