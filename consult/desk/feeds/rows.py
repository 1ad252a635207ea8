"""What a feed holds, as rows of a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from consult.desk.feeds.days import LegalDay, legal_day
from consult.desk.feeds.entries import Entries
from stakeholders.terms.duty import Text
from stakeholders.terms.workdays import workdays_between


@dataclass(frozen=True, kw_only=True)
class Row:
    """One day of the table. `is_owed`: something to do, not only something that takes place."""

    at: datetime
    day: LegalDay
    title: Text
    url: str
    holder: object = None
    is_owed: bool = False
    is_past: bool = False
    days_left: int | None = None
    days_overdue: int | None = None


def rows_of(entries: Entries, *, now: datetime, calendar: Mapping[date, bool]) -> list[Row]:
    """All entries by their instant; what is owed or to come with its working days."""
    today = timezone.localtime(now).date()
    rows = []
    for when, _plan in entries.dates:
        day, is_past = legal_day(when.at, zone=when.zone), when.at < now
        left = None if is_past else workdays_between(today, day.day, calendar)
        rows.append(
            Row(
                at=when.at,
                day=day,
                title=when.title,
                url=when.url,
                is_past=is_past,
                days_left=left,
            )
        )
    for one in entries.owed:
        due_at = one.duty.due_at
        assert due_at is not None  # noqa: S101 - entries hold dated duties only
        day, is_past = legal_day(due_at), due_at < now
        left = None if is_past else workdays_between(today, day.day, calendar)
        late = max(1, workdays_between(day.day, today, calendar)) if is_past else None
        rows.append(
            Row(
                at=due_at,
                day=day,
                title=one.duty.title,
                url=one.duty.url,
                holder=one.holder,
                is_owed=True,
                is_past=is_past,
                days_left=left,
                days_overdue=late,
            )
        )
    return sorted(rows, key=lambda row: (row.at, row.is_owed, str(row.title)))
