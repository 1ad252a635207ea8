"""Days of the story as instants."""

from datetime import UTC, date, datetime, timedelta

from consult.demonstration.days import MORNING, ZONE, Days
from consult.demonstration.replay.organization import SHORTER

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # 08:30 in Shanghai


def test_date_on_a_day_off_moves_to_the_next_working_day() -> None:
    days = Days(now=MONDAY, state_day=17)
    assert (days.date(17), days.date(16), days.date(10)) == (
        date(2026, 11, 23),
        date(2026, 11, 23),
        date(2026, 11, 16),
    )


def test_acts_keep_their_order_and_none_lies_ahead() -> None:
    days = Days(now=MONDAY, state_day=17)
    found = days.schedule([(0, False), (0, True), (1, False), (15, False), (16, False)])
    assert found == sorted(found)
    assert found[-1] == MONDAY - timedelta(seconds=1)
    assert found[1].astimezone(UTC).hour == 9  # 17:05 in Shanghai


def test_periods_end_with_the_office_day() -> None:
    assert Days(now=MONDAY, state_day=17).evening(17) == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_the_last_asked_is_silent_to_the_end_before_the_phase_is_left() -> None:
    """On any day of a week, and with nine days off in a row at any place before."""
    for ahead in range(7):
        now = MONDAY + timedelta(days=ahead)
        for first in range(270):
            off = {now.date() - timedelta(days=first + n): False for n in range(9)}
            days = Days(now=now, state_day=-245, calendar=off)
            leaves = datetime.combine(days.date(-245), MORNING, tzinfo=ZONE)
            assert days.evening(-272 + SHORTER) < leaves
