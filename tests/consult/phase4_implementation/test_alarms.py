"""One warning for each time the bounds are left; held against a plain simulation."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.phase4_implementation.alarms import GRAVITY, Entry, due, standing
from consult.phase4_implementation.enums import WarningLevel

W, L = WarningLevel.WARNING, WarningLevel.LIMIT
LEVELS = [None, W, L]
PERIODS = [f"20{n:02}" for n in range(10, 16)]


def play(said: list[tuple[str, WarningLevel | None]]) -> tuple[list[Entry], list[int]]:
    """The entries after all were entered in this order, and who was warned of, in order."""
    entries: list[Entry] = []
    warned: list[int] = []
    for number, (period, level) in enumerate(said):
        entries.append(Entry(id=number, period=period, level=level))
        for one in due(entries, periods={period}):
            warned.append(one.id)
            entries[one.id] = Entry(id=one.id, period=one.period, level=one.level, warned=one.level)
    return entries, warned


@pytest.mark.parametrize(
    ("levels", "warned"),
    [
        ([None, W, W, W], [1]),
        ([W, None, W], [0, 2]),
        ([W, L, W, L], [0, 1]),
        ([L, W, W], [0]),
        ([None, None], []),
    ],
)
def test_it_is_raised_again_only_after_being_back_within_or_when_graver(
    levels: list[WarningLevel | None], warned: list[int]
) -> None:
    assert play(list(zip(PERIODS, levels, strict=False)))[1] == warned


@pytest.mark.parametrize(
    ("said", "warned"),
    [
        # a correction that stays beyond raises no second one, one that is graver does
        ([("2010", W), ("2010", W)], [0]),
        ([("2010", W), ("2010", L)], [0, 1]),
        # a correction that is back within ends the run
        ([("2010", W), ("2010", None), ("2011", W)], [0, 2]),
        ([("2010", W), ("2010", None), ("2010", W)], [0, 2]),
        # what was not read parts no run; a late reading within does: the part left without one is warned of
        ([("2010", W), ("2012", W), ("2011", W)], [0]),
        ([("2010", W), ("2012", W), ("2011", None)], [0, 1]),
        ([("2010", W), ("2011", W), ("2012", W), ("2011", None)], [0, 2]),
        # a year is not next to a month
        ([("2010", W), ("2010-12", W)], [0, 1]),
    ],
)
def test_corrections_and_late_readings(
    said: list[tuple[str, WarningLevel | None]], warned: list[int]
) -> None:
    assert play(said)[1] == warned


def test_in_order_of_time_it_is_as_a_plain_walk_for_every_course_of_six() -> None:
    for levels in product(LEVELS, repeat=6):
        told, expected = 0, []
        for number, level in enumerate(levels):
            told = told if level else 0
            if GRAVITY[level] > told:
                expected.append(number)
                told = GRAVITY[level]
        assert play(list(zip(PERIODS, levels, strict=True)))[1] == expected


@given(st.lists(st.tuples(st.sampled_from(PERIODS[:4]), st.sampled_from(LEVELS)), max_size=10))
def test_every_run_has_been_warned_of_and_nobody_twice(
    said: list[tuple[str, WarningLevel | None]],
) -> None:
    entries, warned = play(said)
    assert len(warned) == len(set(warned))
    newest = {one.period: one for one in entries}
    run: list[Entry] = []
    held = [newest[period] for period in sorted(newest)]
    for one in [*held, Entry(id=-1, period="2099", level=None)]:
        if one.level is not None:
            run.append(one)
        elif run:
            gravest = max(GRAVITY[each.level] for each in run)
            periods = {each.period for each in run}
            told = [GRAVITY[e.warned] for e in entries if e.period in periods]
            assert max(told) >= gravest
            run = []


def test_a_warning_stands_until_the_newest_period_is_within() -> None:
    entries, _warned = play([("2010", W), ("2011", W)])
    assert standing(entries) == {0}
    entries, _warned = play([("2010", W), ("2011", W), ("2012", None)])
    assert standing(entries) == set()
    entries, _warned = play([("2010", W), ("2010", None)])
    assert standing(entries) == set()
