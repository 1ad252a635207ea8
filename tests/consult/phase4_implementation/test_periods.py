from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from consult.phase4_implementation.periods import fault_of, order_of, periods_before, read_period

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "first", "last", "ends"),
    [
        ("2027", "2027-01-01", "2027-12-31", Fraction(2027)),
        ("2027-Q1", "2027-01-01", "2027-03-31", Fraction(8105, 4)),
        ("2024-02", "2024-02-01", "2024-02-29", Fraction(2023 * 12 + 2, 12)),
        ("2026-12", "2026-12-01", "2026-12-31", Fraction(2026)),
    ],
)
def test_a_period_knows_its_days(text: str, first: str, last: str, ends: Fraction) -> None:
    found = read_period(text)
    assert found is not None
    assert (str(found.first), str(found.last), found.ends) == (first, last, ends)


@pytest.mark.parametrize(
    "text", ["", "27", "2027-13", "2027-Q5", "2027-1", "２０２７", "0027", "2027\n"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "base", "said"),
    [
        ("2026", "year", None, None),
        ("2026-11", "month", None, None),
        ("2026-Q4", "", 2026, None),
        ("2026-12", "month", None, "This period has not begun yet."),
        ("2027", "", None, "This period has not begun yet."),
        ("2026-Q1", "year", None, "Period of this indicator: Every year. Write it like 2027."),
        ("2019", "year", 2020, "This period lies before the base year 2020."),
        ("May", "", None, "A period is a year (2027), a quarter (2027-Q1) or a month (2027-03)."),
    ],
)
def test_which_periods_a_reading_may_be_of(
    text: str, kind: str, base: int | None, said: str | None
) -> None:
    with translation.override("en"):
        fault = fault_of(text, kind=kind, base_year=base, today=TODAY)
        assert (None if fault is None else str(fault)) == said


def test_periods_are_sorted_by_their_end_and_the_shorter_first() -> None:
    asked = ["2026", "2026-Q4", "2026-12", "2025", "2026-01"]
    assert sorted(asked, key=order_of) == ["2025", "2026-01", "2026-12", "2026-Q4", "2026"]


def test_a_template_asks_for_the_periods_that_ended_in_the_last_twelve_months() -> None:
    assert periods_before(TODAY, kind="") == ["2025"]
    assert periods_before(TODAY, kind="quarter") == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    months = periods_before(TODAY, kind="month")
    assert (months[0], months[-1], len(months)) == ("2025-11", "2026-10", 12)
