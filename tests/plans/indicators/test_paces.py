"""The published paces of the delta-wide indices, and the same computed here."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.indicators.paces import pace
from plans.indicators.reading import DATA, read_reference_values
from plans.indicators.shown import paces_of

PUBLISHED = {
    "carbon_reduction": ("4.485", "4.8", 2027),
    "pollution_reduction": ("3.159", "5.8", 2028),
    "green_expansion": ("0.294", "64.7", 2087),
    "growth": ("3.392", "5.2", 2028),
    "composite_beauty": ("2.83", "6.7", 2029),
}


def test_computed_pace_agrees_with_the_published_one() -> None:
    found = {one.value.key: one for one in paces_of(read_reference_values(DATA))}
    assert {key: one.agrees for key, one in found.items()} == dict.fromkeys(PUBLISHED, True)
    for key, (change, years, year) in PUBLISHED.items():
        one = found[key]
        assert (one.value.mean_change, one.value.years_to_target) == (
            Decimal(change),
            Decimal(years),
        )
        assert (one.pace.change, one.pace.years, one.pace.year) == (
            Decimal(change),
            Decimal(years),
            year,
        )


def test_pace_that_disagrees_is_said_so() -> None:
    value = next(v for v in read_reference_values(DATA) if v.key == "growth")
    value.years_to_target = Decimal("9.9")
    assert [one.agrees for one in paces_of([value])] == [False]


def test_bars_are_drawn_to_the_scale_of_the_target() -> None:
    value = next(v for v in read_reference_values(DATA) if v.key == "green_expansion")
    (one,) = paces_of([value])
    assert (one.first, one.last, one.target) == ("124.9", "129.6", "160.0")


@pytest.mark.parametrize(
    ("first", "last", "target", "years"),
    [
        ("10", "10", "20", None),
        ("10", "5", "20", None),
        ("10", "20", "20", Decimal(0)),
        ("20", "10", "0", Decimal("10.0")),
        ("10", "20", None, None),
    ],
)
def test_pace_that_never_arrives(
    first: str, last: str, target: str | None, years: Decimal | None
) -> None:
    aim = None if target is None else Decimal(target)
    found = pace(first=(2012, Decimal(first)), last=(2022, Decimal(last)), target=aim)
    assert found is not None
    assert found.years == years


def test_no_pace_without_years_between() -> None:
    assert pace(first=(2022, Decimal(1)), last=(2022, Decimal(2)), target=None) is None


@given(
    st.decimals("-99999", "99999", places=2, allow_nan=False),
    st.decimals("-99999", "99999", places=2, allow_nan=False),
    st.integers(1, 40),
    st.decimals("-99999", "99999", places=2, allow_nan=False),
)
def test_at_that_pace_the_target_is_there_in_the_year_said(
    first: Decimal, last: Decimal, years: int, target: Decimal
) -> None:
    found = pace(first=(2000, first), last=(2000 + years, last), target=target)
    assert found is not None
    if found.year is None:
        return
    on = found.year - found.last_year
    sign = 1 if found.change > 0 else -1
    near = Decimal("0.0000001")
    assert sign * (last + found.change * on) >= sign * target - near
    assert sign * (last + found.change * (on - 1)) <= sign * target + near
