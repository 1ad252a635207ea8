"""How an indicator stands: one definition for the list, its page, the dashboard and the report."""

from decimal import Decimal

import pytest

from consult.phase4_implementation.queries.indicators import measure_in
from consult.phase4_implementation.series import Indicator
from consult.phase4_implementation.standings import standing_of
from consult.phase4_implementation.thresholds import read_thresholds

WEIGHTS = {"a": "1", "b": "3"}


def indicator(**said: object) -> Indicator:
    content = {
        "name": {"zh": "指标", "en": ""},
        "unit": "%",
        "direction": "up",
        "aggregation": "sum",
        "target": "20.6",
        "target_year": 2030,
        "weights": WEIGHTS,
        **said,
    }
    return Indicator(
        item_id=1,
        key="one",
        number="1",
        name_zh="指标",
        name_en="",
        unit_zh="%",
        unit_en="",
        concerned=("a", "b"),
        version_hash="",
        thresholds=read_thresholds(content),
        measure=measure_in(content),
    )


def state(one: Indicator, *rows: tuple[str | None, str, str]) -> tuple[str, str, str]:
    """State, period and value."""
    found = standing_of(
        one, rows=[(code, period, Decimal(value)) for code, period, value in rows], units={}
    )
    return found.state.value, found.period, found.value_text


@pytest.mark.parametrize(
    ("value", "word"),
    [("19.9", "limit"), ("20.0", "warning"), ("20.3", "within"), ("20.6", "reached")],
)
def test_beyond_a_threshold_comes_first_then_the_target(value: str, word: str) -> None:
    floor = indicator(thresholds={"warning": "20.3", "limit": "20.0"})
    assert state(floor, (None, "2027", value)) == (word, "2027", value.removesuffix(".0"))
    assert state(floor) == ("unread", "", "")


def test_a_threshold_beside_a_path_is_that_of_the_year_read() -> None:
    one = indicator(path={"2027": "18", "2029": "20"}, thresholds={"warning": "path - 1"})
    assert state(one, (None, "2027", "17.5")) == ("within", "2027", "17.5")
    assert state(one, (None, "2029", "17.5")) == ("warning", "2029", "17.5")


def test_the_newest_period_is_that_of_the_parties_once_all_of_them_have_read_it() -> None:
    one = indicator(thresholds={"warning": "3"})
    whole, a, b = (None, "2026", "2"), ("a", "2027", "1"), ("b", "2027", "4")
    assert state(one, whole) == ("warning", "2026", "2")
    assert state(one, whole, a) == ("warning", "2026", "2")
    assert state(one, whole, a, b) == ("within", "2027", "5")
    assert state(one, (None, "2027", "2.5"), a, b) == ("warning", "2027", "2.5")
    mean = indicator(aggregation="weighted_mean")
    assert state(mean, a, b) == ("within", "2027", "3.25")


def test_each_party_is_tested_where_the_worst_counts() -> None:
    least = indicator(aggregation="worst", thresholds={"limit": "3"})
    assert state(least, ("a", "2027", "2"), ("b", "2026", "9")) == ("limit", "", "")
