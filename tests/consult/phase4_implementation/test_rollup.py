"""Progress rolled up from weighted milestones: exact, and nothing while the weights are not 100."""

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.demonstration.reading import table
from consult.phase4_implementation.rollup import rolled_up

D = Decimal
# What the demonstration says of its projects.
EXPECTED = {"PJ1": "56", "PJ2": "60", "PJ3": "64.5", "PJ4": "10", "PJ5": "37.5", "PJ6": "100"}


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[Decimal, Decimal]]:
    """Weights of two places that add up to exactly 100, each with a part done."""
    edges = sorted(draw(st.sets(st.integers(1, 9_999), max_size=12)))
    marks = [0, *edges, 10_000]
    weights = [D(b - a) / 100 for a, b in itertools.pairwise(marks)]
    return [(one, D(draw(st.integers(0, 100)))) for one in weights]


@given(pairs=steps())
def test_the_roll_up_is_exact_and_lies_between_none_and_all(
    pairs: list[tuple[Decimal, Decimal]],
) -> None:
    found = rolled_up(pairs)
    assert found is not None
    assert Fraction(found) == sum((Fraction(w) * Fraction(p) for w, p in pairs), Fraction(0)) / 100
    assert 0 <= found <= 100
    assert (found == 100) == all(part == 100 for _weight, part in pairs)


@given(pairs=steps(), off=st.sampled_from([D("0.01"), D("-0.01"), D(100)]))
def test_nothing_is_rolled_up_while_the_weights_are_not_exactly_100(
    pairs: list[tuple[Decimal, Decimal]], off: Decimal
) -> None:
    (weight, part), *others = pairs
    assert rolled_up([(weight + off, part), *others]) is None
    assert rolled_up([]) is None


def done(state: str) -> Decimal:
    if state.startswith("done"):
        return D(100)
    return D(state.split()[2]) if state.startswith("in work") else D(0)


@pytest.mark.parametrize("project", list(EXPECTED))
def test_the_demonstrations_projects_stand_as_its_story_says(project: str) -> None:
    rows = [row for row in table("milestones") if row["project"] == project]
    pairs = [(D(row["weight"]), done(row["state_at_S4"])) for row in rows]
    assert rolled_up(pairs) == D(EXPECTED[project])
