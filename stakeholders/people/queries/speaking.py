"""Until when a jurisdiction may confirm what was entered for it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.terms.workdays import add_workdays


def confirm_until(*, at: datetime, days: int, closes_at: datetime | None = None) -> datetime:
    """The end of the `days`-th working day after `at` in the site's zone; never past `closes_at`.

    `closes_at` is the hour after which a confirmation would come too late to count.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    day = add_workdays(at.astimezone(zone).date(), days, overrides_at(at))
    until = datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)
    return min(until, closes_at) if closes_at else until
