"""Days of the story as instants: day 0 is set so that the chosen state is now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stakeholders.terms.workdays import next_workday

ZONE = ZoneInfo("Asia/Shanghai")
MORNING, EVENING = time(9, 0), time(17, 0)


@dataclass(frozen=True, kw_only=True)
class Days:
    """The calendar of one replay. A date on a day off moves to the next working day."""

    now: datetime
    state_day: int
    calendar: Mapping[date, bool] = field(default_factory=dict)

    def date(self, day: int) -> date:
        """The working date of a day of the story."""
        today = self.now.astimezone(ZONE).date()
        return next_workday(today + timedelta(days=day - self.state_day), self.calendar)

    def evening(self, day: int) -> datetime:
        """The end of the office day, when periods end."""
        return datetime.combine(self.date(day), EVENING, tzinfo=ZONE)

    def schedule(self, acts: Sequence[tuple[int, bool]]) -> list[datetime]:
        """An instant for each act in order, from its day and whether it waits for the evening.

        Acts of one day follow each other by minutes; none lies before the act before it, and
        none after now, where a day off would have moved it.
        """
        found: list[datetime] = []
        for day, in_the_evening in acts:
            start = time(17, 5) if in_the_evening else MORNING
            wanted = datetime.combine(self.date(day), start, tzinfo=ZONE)
            found.append(max(wanted, found[-1] + timedelta(minutes=2)) if found else wanted)
        latest = self.now
        for place in range(len(found) - 1, -1, -1):
            latest -= timedelta(seconds=1)
            latest = found[place] = min(found[place], latest)
        return found
