from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.phase4_implementation.enums import WarningLevel
from consult.phase4_implementation.thresholds import crossed, read_thresholds
from plans.indicators.enums import Direction

D = Decimal
FIGURE = st.decimals(
    min_value=-1000, max_value=1000, places=3, allow_nan=False, allow_infinity=False
)
MAYBE = st.none() | FIGURE


@given(st.sampled_from(Direction), MAYBE, MAYBE, FIGURE)
def test_crossed_is_the_graver_threshold_strictly_passed(
    direction: Direction, warning: D | None, limit: D | None, value: D
) -> None:
    def beyond(figure: D | None) -> bool:
        if figure is None:
            return False
        return value < figure if direction is Direction.UP else value > figure

    found = crossed(direction=direction, warning=warning, limit=limit, value=value)
    assert (found is WarningLevel.LIMIT) == beyond(limit)
    assert (found is WarningLevel.WARNING) == (beyond(warning) and not beyond(limit))


@given(MAYBE, MAYBE, FIGURE)
def test_crossed_is_the_same_seen_in_a_mirror(warning: D | None, limit: D | None, value: D) -> None:
    def turn(figure: D | None) -> D | None:
        return None if figure is None else -figure

    up = crossed(direction=Direction.UP, warning=warning, limit=limit, value=value)
    down = crossed(direction=Direction.DOWN, warning=turn(warning), limit=turn(limit), value=-value)
    assert up == down


@given(st.sampled_from(Direction), FIGURE, FIGURE, FIGURE, FIGURE)
def test_a_worse_value_never_crosses_less(
    direction: Direction, warning: D, limit: D, value: D, step: D
) -> None:
    order = [None, WarningLevel.WARNING, WarningLevel.LIMIT]
    worse = value - abs(step) if direction is Direction.UP else value + abs(step)
    given_ = {"direction": direction, "warning": warning, "limit": limit}
    assert order.index(crossed(**given_, value=worse)) >= order.index(
        crossed(**given_, value=value)
    )


@pytest.mark.parametrize(
    ("direction", "warning", "limit", "value", "level"),
    [
        ("down", "4.0", "5.0", "3.9", None),
        ("down", "4.0", "5.0", "4.0", None),
        ("down", "4.0", "5.0", "4.3", WarningLevel.WARNING),
        ("down", "4.0", "5.0", "5.1", WarningLevel.LIMIT),
        ("up", "66.54", "66.54", "66.54", None),
        ("up", "66.54", "66.54", "66.53", WarningLevel.LIMIT),
        ("up", "95", "90", "96.2", None),
    ],
)
def test_crossed_in_the_cases_of_the_demonstration(
    direction: str, warning: str, limit: str, value: str, level: WarningLevel | None
) -> None:
    found = crossed(
        direction=Direction(direction), warning=D(warning), limit=D(limit), value=D(value)
    )
    assert found is level


def test_thresholds_are_read_from_the_content_of_the_item() -> None:
    found = read_thresholds({"direction": "down", "thresholds": {"warning": "4.0", "limit": "5.0"}})
    assert (found.direction, found.warning, found.limit) == (Direction.DOWN, D("4.0"), D("5.0"))
    assert found.is_for_parties


def test_a_sum_is_tested_on_the_whole_area_only() -> None:
    found = read_thresholds({"direction": "up", "aggregation": "sum", "thresholds": {}})
    assert (found.tests(is_whole=True), found.tests(is_whole=False)) == (True, False)


@pytest.mark.parametrize("figure", ["path - 1", "", None, "NaN", {"2027": "1"}])
def test_a_threshold_that_is_no_figure_is_none(figure: object) -> None:
    found = read_thresholds({"direction": "up", "thresholds": {"warning": figure}})
    assert found.warning is None
