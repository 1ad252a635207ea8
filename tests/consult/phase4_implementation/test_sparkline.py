from decimal import Decimal

from consult.phase4_implementation.sparkline import draw

D = Decimal


def test_no_value_draws_nothing() -> None:
    assert draw([]) is None


def test_one_value_and_equal_values_stand_in_the_middle() -> None:
    assert draw([D(3)], width=120, height=32).points == "4.0,16.0"
    assert draw([D(3), D(3)], width=120, height=32).points == "4.0,16.0 116.0,16.0"


def test_higher_values_stand_higher_and_thresholds_are_in_the_frame() -> None:
    line = draw([D("3.6"), D("4.3")], rules=[("warning", D(4)), ("limit", None)])
    (_x, first), (_y, last) = (one.split(",") for one in line.points.split())
    assert float(last) < float(first)
    assert [rule.name for rule in line.rules] == ["warning"]
    assert float(last) < float(line.rules[0].y) < float(first)
