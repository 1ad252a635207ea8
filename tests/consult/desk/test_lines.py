"""Days and working days left, and the groups by day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from consult.desk.enums import When
from consult.desk.lines import Line, when_of
from plans.register.models import Plan
from stakeholders.terms.duty import Duty

# Friday, the 20th of November 2026, ten in the morning in Shanghai.
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def line(due_at: datetime | None, calendar: dict[date, bool] | None = None) -> Line:
    duty = Duty(kind="demand.sort", plan_id=1, subject_id=1, title="Sort", url="/", due_at=due_at)
    return Line(duty=duty, plan=Plan(key="P"), now=NOW, calendar=calendar or {})


@pytest.mark.parametrize(
    ("hours", "words", "tone"),
    [
        (-24 * 4, "4 days overdue (4 working days)", "danger"),
        (-24, "1 day overdue (1 working day)", "danger"),
        (-1, "Overdue since today", "danger"),
        (1, "Due today", "warning"),
        (24, "1 day left (0 working days)", "warning"),
        (24 * 3, "3 days left (1 working day)", "warning"),
        (24 * 7, "7 days left (5 working days)", "neutral"),
    ],
)
def test_days_left_are_said_with_working_days(hours: int, words: str, tone: str) -> None:
    one = line(NOW + timedelta(hours=hours))
    assert (one.left_label, one.tone) == (words, tone)


def test_days_left_follow_the_calendar_of_moved_days() -> None:
    moved = {date(2026, 11, 21): True}  # a Saturday that is worked
    assert line(NOW + timedelta(days=3), moved).left_label == "3 days left (2 working days)"
    assert line(None).left_label == ""


@pytest.mark.parametrize(
    ("due_at", "when"),
    [
        (None, When.UNDATED),
        (NOW - timedelta(seconds=1), When.OVERDUE),
        (NOW, When.WEEK),
        # The seventh day counts whole, the eighth does not; days are those of Shanghai.
        (datetime(2026, 11, 27, 15, 59, tzinfo=UTC), When.WEEK),
        (datetime(2026, 11, 27, 16, 0, tzinfo=UTC), When.LATER),
    ],
)
def test_groups_by_day(due_at: datetime | None, when: When) -> None:
    assert when_of(due_at, NOW) == when
