"""What the calendar files of the site have in common: names of events, lines, hours."""

import re
from datetime import UTC, datetime

from django.conf import settings
from icalendar import Event

from stakeholders.terms import canonical

# What some reader takes for the end of a line, or cannot show at all.
BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
UNSHOWN = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f]")


def uid_of(key: str) -> str:
    """The same for one thing for good, in every calendar of the site, and it says nothing."""
    return f"{canonical.digest(key).rpartition(':')[2][:40]}@{settings.SITE_HOST}"


def one_line(text: str) -> str:
    """In one line and without what no calendar shows, whoever wrote it."""
    return " ".join(UNSHOWN.sub("", BREAKS.sub(" ", str(text))).split())


def set_hours(event: Event, *, begins: datetime, ends: datetime, place: str) -> None:
    """Let an event last from hour to hour instead of the whole day; it takes up its time."""
    for name in ("dtstart", "dtend", "transp", "location"):
        event.pop(name, None)
    event.add("dtstart", begins.astimezone(UTC))
    event.add("dtend", ends.astimezone(UTC))
    event.add("transp", "OPAQUE")
    if place:
        event.add("location", place)
