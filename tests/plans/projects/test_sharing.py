"""A budget cut by shares: the parts add up exactly and none is a cent off."""

import itertools
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plans.projects.sharing import CENT, amounts

D = Decimal


@st.composite
def cuts(draw: st.DrawFn) -> list[Decimal]:
    """Shares of two places that add up to exactly 100."""
    edges = draw(st.lists(st.integers(0, 10_000), max_size=40))
    marks = [0, *sorted(edges), 10_000]
    return [D(after - before) / 100 for before, after in itertools.pairwise(marks)]


@given(cents=st.integers(0, 10**14), shares=cuts())
def test_the_parts_add_up_to_the_budget_and_each_is_within_a_cent(
    cents: int, shares: list[Decimal]
) -> None:
    total = D(cents) * CENT
    parts = amounts(total, shares)
    assert sum(parts, D(0)) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - total * share / 100) < CENT
        assert part == part.quantize(CENT)


@given(cents=st.integers(0, 10**9), shares=cuts())
def test_no_other_way_lies_nearer(cents: int, shares: list[Decimal]) -> None:
    """Moving a cent from one part to another never brings the worst of the two nearer."""
    total = D(cents) * CENT
    off = [
        part - total * share / 100
        for part, share in zip(amounts(total, shares), shares, strict=True)
    ]
    # Who got a cent had at least the remainder of who did not.
    assert max(off, default=D(0)) - min(off, default=D(0)) <= CENT


def test_thirds_give_the_cent_to_the_greatest_share() -> None:
    assert amounts(D("95000"), [D("33.34"), D("33.33"), D("33.33")]) == [
        D("31673.00"),
        D("31663.50"),
        D("31663.50"),
    ]
    assert amounts(D("0.01"), [D("33.33"), D("33.33"), D("33.34")]) == [D(0), D(0), D("0.01")]
    assert amounts(D("0.01"), [D(50), D(50)]) == [D("0.01"), D(0)]
