"""Windows against an oracle that walks day by day and knows no arithmetic."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.desk.windows import (
    DEFAULT,
    Policy,
    Window,
    days_late,
    newest_window,
    opened_since,
    windows_before,
    windows_late,
    workdays_before,
)
from stakeholders.jurisdictions.queries import overrides
from stakeholders.terms.workdays import is_workday

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 9, 1)
# The autumn of 2026 as the State Council moved it, written down here a second time.
AUTUMN = {
    date(2026, 9, 20): True,
    date(2026, 9, 25): False,
    **{date(2026, 10, day): False for day in range(1, 8)},
    date(2026, 10, 10): True,
}


def at(day: date, hour: int = 8, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, second), tzinfo=ZONE)


def newest(
    due: datetime,
    now: datetime,
    *,
    since: datetime | None = None,
    policy: Policy = DEFAULT,
    calendar: Mapping[date, bool] = AUTUMN,
) -> Window | None:
    found = newest_window(due_at=due, now=now, policy=policy, calendar=calendar, zone=ZONE)
    return opened_since(found, since)


def name(*args: object, **kwargs: object) -> str | None:
    found = newest(*args, **kwargs)
    return found and found.name


def oracle(
    due: datetime, policy: Policy, calendar: Mapping[date, bool], until: datetime
) -> list[tuple[datetime, str]]:
    """Every window that opens until `until`, by walking over the days one by one."""
    day = due.astimezone(ZONE).date()
    found = []
    back, passed = day, 0
    while passed <= max(policy.before, default=0):
        opens = datetime.combine(back, policy.hour, tzinfo=ZONE)
        is_counted = back == day or is_workday(back, calendar)
        if is_counted and passed in policy.before and opens < due:
            found.append((opens, f"before-{passed}"))
        back -= timedelta(days=1)
        passed += is_workday(back, calendar)
    late, one = 0, day
    while one <= until.astimezone(ZONE).date():
        one += timedelta(days=1)
        if is_workday(one, calendar):
            late += 1
            if late % policy.every == 1 % policy.every:
                found.append((datetime.combine(one, policy.hour, tzinfo=ZONE), f"late-{late}"))
    return sorted(pair for pair in found if pair[0] <= until)


days = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))
clocks = st.sampled_from(
    [time(0, 0), time(7, 59, 59), time(8, 0), time(9, 30), time(17, 0), time(23, 59, 59)]
) | st.times(timezones=st.none())
instants = st.builds(lambda day, hour: datetime.combine(day, hour, tzinfo=ZONE), days, clocks)
policies = st.builds(
    Policy,
    before=st.sets(st.integers(0, 20), max_size=8).map(lambda s: tuple(sorted(s, reverse=True))),
    every=st.integers(1, 10),
    office_after=st.integers(0, 10),
    escalate_after=st.none() | st.integers(1, 20),
    hour=clocks,
)
calendars = st.just(AUTUMN) | st.dictionaries(days, st.booleans(), max_size=20)


@given(due=instants, now=instants, policy=policies, calendar=calendars)
def test_newest_is_the_last_one_of_the_walk(due, now, policy, calendar) -> None:
    walked = oracle(due, policy, calendar, now)
    found = newest(due, now, policy=policy, calendar=calendar)
    assert (found and (found.opens_at, found.name)) == (walked[-1] if walked else None)


@given(due=instants, now=instants, since=instants, policy=policies, calendar=calendars)
def test_a_window_that_opened_before_the_duty_arose_reminds_nobody(
    due, now, since, policy, calendar
) -> None:
    found = newest(due, now, policy=policy, calendar=calendar)
    kept = newest(due, now, since=since, policy=policy, calendar=calendar)
    assert kept == (found if found and found.opens_at >= since else None)


@given(due=instants, steps=st.lists(instants, max_size=12), policy=policies, calendar=calendars)
def test_a_later_hour_never_goes_back_to_an_earlier_window(due, steps, policy, calendar) -> None:
    """However rarely the sweep runs: each window at most once, in the order they open, one a run."""
    found = [newest(due, now, policy=policy, calendar=calendar) for now in sorted(steps)]
    opened = [window.opens_at for window in found if window]
    assert opened == sorted(opened)
    names = [window.name for window in found if window]
    assert len(set(names)) == len({window.opens_at for window in found if window})
    first_none = [window is None for window in found]
    assert first_none == sorted(first_none, reverse=True)


@given(due=instants, policy=policies, calendar=calendars)
def test_minute_by_minute_each_window_comes_up_once_and_in_order(due, policy, calendar) -> None:
    """A sweep each 20 minutes over ten days around the deadline finds just what the walk opens."""
    start = due - timedelta(days=6)
    now, seen = start, []
    while now < due + timedelta(days=4):
        window = name(due, now, policy=policy, calendar=calendar)
        if window and (not seen or seen[-1] != window):
            seen.append(window)
        now += timedelta(minutes=20)
    walked = oracle(due, policy, calendar, now - timedelta(minutes=20))
    opened = [one for when, one in walked if when > start]
    before = [one for when, one in walked if when <= start][-1:]
    # The 20 minutes may pass over a window that is followed at once by the next.
    assert [one for one in before + opened if one in seen] == seen
    gaps = {one for one in before + opened if one not in seen}
    assert all(_is_followed(one, walked) for one in gaps)


def _is_followed(one: str, walked: list[tuple[datetime, str]]) -> bool:
    names = [name for _when, name in walked]
    place = names.index(one)
    return place + 1 < len(walked) and walked[place + 1][0] - walked[place][0] <= timedelta(
        minutes=20
    )


@given(due=instants, policy=policies, calendar=calendars)
def test_the_preview_names_the_windows_of_the_walk(due, policy, calendar) -> None:
    late = windows_late(3, due_at=due, policy=policy, calendar=calendar, zone=ZONE)
    before = windows_before(due_at=due, policy=policy, calendar=calendar, zone=ZONE)
    walked = oracle(due, policy, calendar, late[-1].opens_at)
    assert [(w.opens_at, w.name) for w in [*before, *late]] == walked


@given(due=instants, now=instants, policy=policies)
def test_each_step_up_is_reached_by_days_and_never_left(due, now, policy) -> None:
    found = newest(due, now, policy=policy)
    if found is None or found.name.startswith("before"):
        assert found is None or (found.to_office, found.step) == (False, 0)
        return
    number = int(found.name.removeprefix("late-"))
    assert found.to_office is (number >= policy.office_after)
    after = policy.escalate_after
    assert found.step == (0 if after is None else min(3, number // after))


@given(
    due=instants,
    moved=instants,
    steps=st.lists(instants, max_size=10),
    policy=policies,
    old=calendars,
    new=calendars,
)
def test_a_changed_calendar_never_gives_one_key_twice(due, moved, steps, policy, old, new) -> None:
    """Keys are kept for good, as the sweep keeps them: whatever opens again was told already."""
    told: list[tuple[str, datetime]] = []
    for now in sorted(steps):
        calendar = old if now < moved else new
        window = newest(due, now, policy=policy, calendar=calendar)
        if window and (window.name, due) not in told:
            told.append((window.name, due))
    assert len(told) == len(set(told))


DUE = at(date(2026, 10, 12), 17)  # a Monday after the holiday and the moved Saturday


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, date(2026, 10, 12)),
        (1, date(2026, 10, 10)),  # a Saturday that is worked
        (2, date(2026, 10, 9)),
        (3, date(2026, 10, 8)),
        (4, date(2026, 9, 30)),  # over the seven days of the National Day
        (7, date(2026, 9, 24)),
    ],
)
def test_days_before_are_worked_in_the_autumn_of_2026(db: None, count: int, expected: date) -> None:
    assert workdays_before(DUE.date(), count, overrides(on=date(2026, 9, 1))) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(date(2026, 9, 24), 7, 59, 59), None),
        (at(date(2026, 9, 24)), "before-7"),
        (at(date(2026, 10, 5)), "before-7"),  # holidays open nothing
        (at(date(2026, 10, 8), 7, 59, 59), "before-7"),
        (at(date(2026, 10, 8)), "before-3"),
        (at(date(2026, 10, 10)), "before-1"),
        (at(date(2026, 10, 11), 23, 59, 59), "before-1"),
        (at(date(2026, 10, 12)), "before-0"),
        (at(date(2026, 10, 12), 23, 59, 59), "before-0"),  # late at night, not yet the first day
        (at(date(2026, 10, 13), 7, 59, 59), "before-0"),
        (at(date(2026, 10, 13)), "late-1"),
        (at(date(2026, 10, 14)), "late-1"),
        (at(date(2026, 10, 15)), "late-3"),
        (at(date(2026, 10, 18)), "late-3"),  # a Sunday
        (at(date(2026, 10, 19)), "late-5"),
        (at(date(2026, 12, 31)), "late-57"),  # an outage of weeks: one, the newest
    ],
)
def test_the_default_policy_around_the_national_day(now: datetime, expected: str | None) -> None:
    assert name(DUE, now) == expected


def test_the_day_is_that_of_the_zone_not_of_utc() -> None:
    """17:00 UTC of the 11th is already the 12th, where the plans are made."""
    due = datetime(2026, 10, 12, 17, 30, tzinfo=UTC)
    assert name(due, at(date(2026, 10, 12))) == "before-1"
    assert name(due, at(date(2026, 10, 13), 0, 0)) == "before-1"


def test_a_deadline_in_the_morning_before_the_hour_has_no_window_of_its_own_day() -> None:
    due = at(date(2026, 10, 12), 7)
    assert name(due, at(date(2026, 10, 12), 23)) == "before-1"
    assert name(due, at(date(2026, 10, 13))) == "late-1"


def test_a_deadline_on_a_rest_day_still_reminds_on_the_day() -> None:
    due = at(date(2026, 10, 11), 17)
    assert name(due, at(date(2026, 10, 10))) == "before-1"
    assert name(due, at(date(2026, 10, 11))) == "before-0"
    assert name(due, at(date(2026, 10, 12))) == "late-1"


def test_a_moved_deadline_is_counted_anew() -> None:
    now = at(date(2026, 10, 14))
    assert name(DUE, now) == "late-1"
    assert name(at(date(2026, 10, 19), 17), now) == "before-3"


def test_nothing_without_a_deadline_or_windows() -> None:
    empty = replace(DEFAULT, before=())
    assert newest(None, at(FIRST)) is None
    assert name(DUE, at(date(2026, 10, 12)), policy=empty) is None
    assert name(DUE, at(date(2026, 10, 13)), policy=empty) == "late-1"


def test_who_is_reached_rises_with_the_days() -> None:
    policy = replace(DEFAULT, every=1, office_after=2, escalate_after=3)
    found = windows_late(10, due_at=DUE, policy=policy, calendar=AUTUMN, zone=ZONE)
    assert [(one.to_office, one.step) for one in found] == [
        (False, 0),
        (True, 0),
        *[(True, 1)] * 3,
        *[(True, 2)] * 3,
        *[(True, 3)] * 2,
    ]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(date(2026, 10, 12), 18), 1),
        (at(date(2026, 10, 14), 1), 2),
        (at(date(2026, 10, 18), 12), 4),
    ],
)
def test_days_late_are_working_days(now: datetime, expected: int) -> None:
    assert days_late(due_at=DUE, now=now, calendar=AUTUMN, zone=ZONE) == expected
