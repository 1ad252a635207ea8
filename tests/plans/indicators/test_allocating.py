"""Shares and totals: exact, whatever the figures; compared with counting it all out."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.indicators.allocating import allotted, rounded, split, total_of
from plans.indicators.measure import Measure
from plans.indicators.paths import due, places_of, read_figure, read_threshold, threshold_at

CODES = ("310118", "320509", "330421")
figures = st.decimals("-999999", "999999", places=2, allow_nan=False)
positive = st.decimals("0.01", "999999", places=2, allow_nan=False)


def by_code(values: st.SearchStrategy[Decimal]) -> st.SearchStrategy[dict[str, Decimal]]:
    return st.dictionaries(st.sampled_from("ABCDEFG"), values, min_size=1)


def measure(aggregation: str = "sum", **fields: object) -> Measure:
    told = {
        "name_zh": "指标",
        "unit": "条",
        "direction": "up",
        "aggregation": aggregation,
        **fields,
    }
    return Measure(**told)


ROADS = measure(
    target="8",
    target_year=2030,
    path=((2027, "1"), (2028, "3"), (2029, "5"), (2030, "8")),
    allocations=dict(zip(CODES, ("3", "3", "2"), strict=True)),
    warning="path - 1",
    limit="path - 2",
)


@given(total=figures, weights=by_code(positive), more=st.integers(0, 3))
def test_split_adds_up_and_lies_within_one_place(
    total: Decimal, weights: dict[str, Decimal], more: int
) -> None:
    parts = split(total, weights=weights, places=2 + more)
    assert sum(parts.values()) == total
    base = sum(weights.values())
    off = [
        abs(Fraction(parts[c]) - Fraction(total) * Fraction(w) / Fraction(base))
        for c, w in weights.items()
    ]
    assert max(off) < Fraction(1, 10 ** (2 + more))


@given(total=st.integers(0, 9), weights=st.tuples(*[st.integers(1, 9)] * 3))
def test_split_is_the_nearest_of_all_that_add_up(total: int, weights: tuple[int, ...]) -> None:
    parts = split(
        Decimal(total), weights=dict(zip("ABC", map(Decimal, weights), strict=True)), places=0
    )

    def off(tried: tuple[int, ...]) -> Fraction:
        exact = [Fraction(total * one, sum(weights)) for one in weights]
        return sum((abs(a - b) for a, b in zip(tried, exact, strict=True)), Fraction(0))

    every = [one for one in product(range(10), repeat=3) if sum(one) == total]
    assert off(tuple(int(parts[code]) for code in "ABC")) == min(map(off, every))


def test_split_of_weights_that_add_up_to_nothing_is_equal() -> None:
    weights = {code: Decimal(0) for code in "ABC"}
    assert split(Decimal("1.00"), weights=weights, places=2) == {
        "A": Decimal("0.34"),
        "B": Decimal("0.33"),
        "C": Decimal("0.33"),
    }


@given(values=by_code(figures))
def test_sum_and_worst_are_those_counted_out(values: dict[str, Decimal]) -> None:
    ordered = sorted(values.values())
    exact = sum(map(Fraction, ordered), Fraction(0))
    assert Fraction(total_of(values, "sum") or 0) == exact
    assert total_of(values, "worst", direction="up") == ordered[0]
    assert total_of(values, "worst", direction="down") == ordered[-1]


@given(pairs=by_code(st.tuples(figures, positive)))
def test_mean_rounds_as_the_exact_fraction_does(pairs: dict[str, tuple[Decimal, Decimal]]) -> None:
    values = {code: one for code, (one, _weight) in pairs.items()}
    weights = {code: weight for code, (_one, weight) in pairs.items()}
    mean = total_of(values, "weighted_mean", weights)
    assert mean is not None
    assert min(values.values()) <= rounded(mean, 2) <= max(values.values())
    exact = sum((Fraction(v) * Fraction(w) for v, w in pairs.values()), Fraction(0))
    exact /= sum((Fraction(w) for w in weights.values()), Fraction(0))
    assert Fraction(rounded(mean, 2)) == Fraction((exact * 100 + Fraction(1, 2)).__floor__(), 100)


@given(value=st.decimals("0", "99999", places=4, allow_nan=False))
def test_rounding_is_half_up(value: Decimal) -> None:
    assert rounded(value, 2) == value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def test_total_that_cannot_be_said() -> None:
    one = {"A": Decimal(1)}
    assert [
        total_of({}, "sum"),
        total_of(one, "weighted_mean"),
        total_of(one, "weighted_mean", {"B": Decimal(1)}),
        total_of(one, "weighted_mean", {"A": Decimal(0)}),
    ] == [None, None, None, None]
    with pytest.raises(ValueError, match="direction"):
        total_of(one, "worst")


def test_mean_of_the_water_surface_is_the_published_target() -> None:
    values = dict(zip(CODES, map(Decimal, ("18.55", "24.32", "14.20")), strict=True))
    weights = dict(zip(CODES, map(Decimal, ("669.9", "1222.6", "495.6")), strict=True))
    mean = total_of(values, "weighted_mean", weights)
    assert mean is not None
    assert rounded(mean, 2) == Decimal("20.60")


def test_allotted_without_a_year_or_a_path_are_the_agreed_shares() -> None:
    shares = dict(zip(CODES, map(Decimal, ("3", "3", "2")), strict=True))
    assert allotted(ROADS) == shares
    assert allotted(measure(allocations=ROADS.allocations), year=2020) == shares
    assert allotted(measure(path=ROADS.path), year=2028) == {}


@pytest.mark.parametrize(
    ("year", "shares"),
    [(2026, None), (2027, "100"), (2028, "111"), (2029, "221"), (2030, "332"), (2040, "332")],
)
def test_allotted_in_a_year_of_the_path_adds_up(year: int, shares: str | None) -> None:
    expected = {} if shares is None else dict(zip(CODES, map(Decimal, shares), strict=True))
    assert allotted(ROADS, year=year) == expected


@given(step=figures, shares=by_code(positive), year=st.integers(2025, 2029))
def test_allotted_in_a_year_gives_what_is_due(
    step: Decimal, shares: dict[str, Decimal], year: int
) -> None:
    given_shares = {code: format(one, "f") for code, one in shares.items()}
    path = ((2025, format(step, "f")),)
    for kind in ("sum", "worst"):
        whole = total_of(shares, kind, direction="up")
        asked = measure(
            kind, path=path, allocations=given_shares, target=str(whole), target_year=2030
        )
        parts = allotted(asked, year=year)
        assert total_of(parts, kind, direction="up") == step


def test_path_before_and_after_its_years() -> None:
    years = (2019, 2020, 2026, 2027, 2029, 2030, 2050)
    based = measure(base_year=2020, base_value="0", path=ROADS.path)
    assert [due(based, year=one) for one in years] == [
        None,
        *map(Decimal, ("0", "0", "1", "5", "8", "8")),
    ]
    aimed = measure(target="5", target_year=2030, base_year=2020, base_value="1")
    assert [due(aimed, year=one) for one in (2025, 2030)] == [None, Decimal(5)]


def test_thresholds_follow_the_path() -> None:
    years = (2026, 2027, 2028, 2030)
    assert [threshold_at(ROADS, "warning", year=one) for one in years] == [
        None,
        Decimal(0),
        Decimal(2),
        Decimal(7),
    ]
    assert threshold_at(ROADS, "limit", year=2028) == Decimal(1)
    assert threshold_at(measure(limit="4.0"), "limit", year=2028) == Decimal("4.0")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "viel",
        "1e308",
        "NaN",
        "Infinity",
        "-Infinity",
        "１２",
        "1_000",
        "1,000",
        "+5",
        "05",
        "0.1234567",
        "1234567890123456789",
        "1e999999999",
        "-1e999999999999999",
        "1e-999999999",
        "sNaN",
        "path",
        " 5",
    ],
)
def test_no_figure(text: str) -> None:
    assert read_figure(text) is None


@pytest.mark.parametrize("text", ["", "path-1", "path -", "path - x", "path * 2", "path - 1e5"])
def test_no_threshold(text: str) -> None:
    assert read_threshold(text) is None


@given(value=figures)
def test_figures_are_read_as_they_are_written(value: Decimal) -> None:
    read = read_figure(format(value, "f"))
    assert read == value
    assert read is not None
    assert places_of(read) == 2
