"""What waits for what: circles found as by walking every path, dates compared need by need."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plans.projects.needs import closes_ring, too_early

NODES = st.integers(0, 7)
# Only from a later number to an earlier one: no circle to begin with.
ORDERED = st.sets(st.tuples(NODES, NODES).filter(lambda pair: pair[0] > pair[1]))
START = date(2026, 1, 1)


def reaches(edges: set[tuple[int, int]], start: int, end: int, seen: frozenset[int]) -> bool:
    """By walking every path."""
    return any(
        other == end or reaches(edges, other, end, seen | {other})
        for one, other in edges
        if one == start and other not in seen
    )


@given(edges=ORDERED, milestone=NODES, needed=st.sets(NODES))
def test_a_circle_is_found_exactly_where_a_path_leads_back(
    edges: set[tuple[int, int]], milestone: int, needed: set[int]
) -> None:
    after = {pair for pair in edges if pair[0] != milestone}
    after |= {(milestone, one) for one in needed}
    found = closes_ring(edges, milestone=milestone, needed=needed)
    assert found is reaches(after, milestone, milestone, frozenset())


@given(edges=ORDERED, days=st.lists(st.integers(0, 5), min_size=8, max_size=8))
def test_where_no_need_is_too_early_no_chain_is(
    edges: set[tuple[int, int]], days: list[int]
) -> None:
    dates = {place: START + timedelta(day) for place, day in enumerate(days)}
    wrong = too_early(dates, edges)
    assert wrong == {(a, b) for a, b in edges if days[a] < days[b]}
    if not wrong:
        for one in dates:
            for other in dates:
                if reaches(edges, one, other, frozenset()):
                    assert dates[one] >= dates[other]


def test_an_end_without_a_date_is_left_out() -> None:
    assert too_early({1: START}, [(1, 2), (2, 1)]) == set()
