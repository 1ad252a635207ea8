"""The pure rules: the stage of a check, two readings compared, who sees them, which check is next."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.health.cycle import coming, first_year, kind_of
from consult.health.enums import CheckKind, CheckStage, Comparison
from consult.health.sections import SECTIONS
from consult.health.standing import Facts, compare, is_open_to, is_over, stage_of

FIGURES = st.decimals(min_value=-(10**11), max_value=10**11, places=6)
TOLERANCES = st.decimals(min_value=0, max_value=10**6, places=6)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({"missing": {"A": 1}}, CheckStage.FILLING),
        ({"missing": {"A": 0}}, CheckStage.READY),
        ({"edition": "p", "parts": "p", "outcome": ""}, CheckStage.PUT_FORWARD),
        ({"edition": "p", "parts": "q", "outcome": ""}, CheckStage.OUTDATED),
        ({"edition": "p", "parts": "p", "outcome": "failed"}, CheckStage.NOT_PASSED),
        ({"edition": "p", "parts": "q", "outcome": "failed"}, CheckStage.OUTDATED),
        ({"edition": "p", "parts": "p", "outcome": "recalled"}, CheckStage.READY),
        ({"edition": "p", "parts": "p", "outcome": "passed"}, CheckStage.SIGNED),
        ({"edition": "p", "parts": "q", "outcome": "passed"}, CheckStage.SIGNED),
        ({"outcome": "passed", "is_published": True}, CheckStage.PUBLISHED),
    ],
)
def test_the_facts_give_one_stage(facts: dict[str, object], stage: CheckStage) -> None:
    assert stage_of(Facts(**facts)) is stage


def test_nothing_outdates_what_has_passed() -> None:
    editions, outcomes = (None, "p", "q"), (None, "", "failed", "passed", "superseded")
    for missing, edition, outcome, published in product((0, 1), editions, outcomes, (True, False)):
        facts = Facts(
            missing={"A": missing},
            parts="p",
            edition=edition,
            outcome=outcome,
            is_published=published,
        )
        assert is_over(stage_of(facts)) is (published or outcome == "passed")


@given(one=FIGURES, other=FIGURES, tolerance=TOLERANCES)
def test_two_readings_are_compared_alike_from_both_sides(
    one: Decimal, other: Decimal, tolerance: Decimal
) -> None:
    found = compare(one, other, tolerance=tolerance)
    assert found is compare(other, one, tolerance=tolerance)
    assert (found is Comparison.AGREES) == (other - tolerance <= one <= other + tolerance)
    assert compare(one, one) is Comparison.AGREES
    assert compare(one, None, tolerance=tolerance) is Comparison.OPEN


@given(inside=st.sampled_from(["A", "B", "C", None]), stated=st.sets(st.sampled_from("AB")))
def test_the_others_figure_opens_when_both_are_stated(inside: str | None, stated: set[str]) -> None:
    for code in stated:
        seen = is_open_to(code, inside=inside, stated=stated)
        assert seen == (code == inside or stated == {"A", "B"})


@given(since=DAYS, today=DAYS)
def test_years_are_checked_one_by_one_each_fifth_evaluated(since: date, today: date) -> None:
    held: list[int] = []
    for _turn in range(7):
        one = coming(since, held=held, today=today)
        assert one.year not in held
        assert one.year >= max([first_year(since), *held])
        assert (one.opens_on.year, one.due_on) == (one.year + 1, date(one.year + 1, 1, 31))
        held.append(one.year)
    first = first_year(since)
    kinds = [kind_of(year, first=first) for year in range(first, first + 10)]
    assert [kind for kind in kinds if kind is CheckKind.EVALUATION] == [CheckKind.EVALUATION] * 2
    assert kinds[4] is kinds[9] is CheckKind.EVALUATION


@pytest.mark.parametrize(
    ("since", "held", "today", "year"),
    [
        (date(2026, 6, 30), [], date(2026, 11, 1), 2026),
        (date(2026, 7, 1), [], date(2026, 11, 1), 2027),
        (date(2026, 3, 1), [], date(2030, 1, 1), 2029),
        (date(2026, 3, 1), [2026], date(2027, 2, 1), 2027),
        (date(2026, 3, 1), [2026], date(2029, 2, 1), 2028),
    ],
)
def test_the_newest_year_that_is_over_comes_first(
    since: date, held: list[int], today: date, year: int
) -> None:
    assert coming(since, held=held, today=today).year == year


@given(since=DAYS)
def test_the_first_year_is_the_one_mostly_in_force(since: date) -> None:
    half = date(since.year, 6, 30)
    assert first_year(since) == since.year + (since > half)
    assert first_year(since + timedelta(days=366)) > first_year(since)


def test_every_section_has_one_key_in_its_kind() -> None:
    for kind in CheckKind:
        keys = [one.key for one in SECTIONS[kind.value]]
        assert len(keys) == len(set(keys))
    assert {one.key for one in SECTIONS["yearly"]} <= {one.key for one in SECTIONS["evaluation"]}
