"""Where a pace leads, exactly; the five indices of the delta give the paces published with them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.phase4_implementation.enums import Outlook
from consult.phase4_implementation.outlook import number, words_of
from consult.phase4_implementation.trend import Trend, least_squares, pace_of, trend_of
from plans.indicators.enums import Direction

UP, DOWN = Direction.UP, Direction.DOWN
values = st.decimals(min_value=-1000, max_value=1000, places=2)


def trend(
    points: list[tuple[int, str]], *, target: str | None = "100", direction: Direction = UP
) -> Trend:
    return trend_of(
        [(Fraction(at), Decimal(value)) for at, value in points],
        direction=direction,
        target=Decimal(target) if target else None,
        target_year=2035,
    )


@pytest.mark.parametrize(
    ("points", "target", "direction", "outlook", "year"),
    [
        ([(2020, "90"), (2025, "95")], "100", UP, Outlook.IN_TIME, 2030),
        ([(2020, "90"), (2025, "91")], "100", UP, Outlook.TOO_LATE, 2070),
        ([(2020, "90"), (2025, "90")], "100", UP, Outlook.NEVER, None),
        ([(2020, "90"), (2025, "90.01")], "100", UP, Outlook.NEVER, None),
        ([(2020, "90"), (2025, "89")], "100", UP, Outlook.AWAY, None),
        ([(2020, "90"), (2025, "100")], "100", UP, Outlook.REACHED, None),
        ([(2020, "106"), (2025, "101")], "100", UP, Outlook.LOST, 2026),
        ([(2020, "102"), (2025, "101.9")], "100", UP, Outlook.REACHED, None),
        ([(2022, "806.75"), (2025, "805.60")], "803.60", DOWN, Outlook.IN_TIME, 2031),
        ([(2022, "5"), (2025, "6")], "4", DOWN, Outlook.AWAY, None),
        ([(2025, "5")], "4", DOWN, Outlook.UNKNOWN, None),
        ([(2025, "3")], "4", DOWN, Outlook.REACHED, None),
        ([], "4", DOWN, Outlook.UNKNOWN, None),
        ([(2020, "1"), (2025, "2")], None, UP, Outlook.UNKNOWN, None),
    ],
)
def test_trend_says_where_the_pace_leads(
    points: list[tuple[int, str]],
    target: str | None,
    direction: Direction,
    outlook: Outlook,
    year: int | None,
) -> None:
    found = trend(points, target=target, direction=direction)
    assert (found.outlook, found.year) == (outlook, year)


def test_pace_is_exact_and_written_with_three_places() -> None:
    found = trend([(2012, "31.0"), (2022, "33.94")], target="52.96")
    assert found.pace == Fraction(294, 1000)
    assert number(found.pace) == "0.294"
    assert number(found.years, 1) == "64.7"
    assert "2087" in str(words_of(found, target=Decimal("52.96")))


@given(st.lists(values, min_size=2, max_size=12), values)
def test_up_and_down_mirror_each_other(course: list[Decimal], target: Decimal) -> None:
    points = [(Fraction(2010 + n), value) for n, value in enumerate(course)]
    mirrored = [(at, -value) for at, value in points]
    up = trend_of(points, direction=UP, target=target, target_year=2035)
    down = trend_of(mirrored, direction=DOWN, target=-target, target_year=2035)
    assert (up.outlook, up.year, up.years) == (down.outlook, down.year, down.years)


@given(st.lists(values, min_size=2, max_size=12), values)
def test_the_target_is_crossed_in_the_year_that_is_said(
    course: list[Decimal], target: Decimal
) -> None:
    points = [(Fraction(2010 + n), value) for n, value in enumerate(course)]
    found = trend_of(points, direction=UP, target=target, target_year=2035)
    if found.outlook not in (Outlook.IN_TIME, Outlook.TOO_LATE):
        return
    assert found.year is not None
    assert found.pace is not None
    at, value = points[-1]

    def walked(year: int) -> Fraction:
        return Fraction(value) + found.pace * (year - at)

    assert walked(found.year) >= target > walked(found.year - 1)


@given(values, values, st.integers(2, 9))
def test_least_squares_of_a_straight_line_is_its_slope(
    start: Decimal, slope: Decimal, count: int
) -> None:
    points = [(Fraction(n), Fraction(start) + n * Fraction(slope)) for n in range(count)]
    assert least_squares(points) == Fraction(slope) == pace_of(points)


@given(st.lists(st.tuples(st.integers(0, 9), values), min_size=2, max_size=6))
def test_no_other_slope_is_nearer(points: list[tuple[int, Decimal]]) -> None:
    exact = [(Fraction(at), Fraction(value)) for at, value in points]
    best = least_squares(exact)
    if best is None:
        assert len({at for at, _value in points}) == 1
        return

    def off(slope: Fraction) -> Fraction:
        middle = sum(at for at, _v in exact) / len(exact)
        mean = sum(value for _at, value in exact) / len(exact)
        return sum((value - mean - slope * (at - middle)) ** 2 for at, value in exact)

    assert off(best) <= min(off(best + Fraction(1, 100)), off(best - Fraction(1, 100)))
