"""When the mail copy of a notice leaves. Pure: no database, no clock but the one handed in."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from stakeholders.notices.enums import Rhythm
from stakeholders.notices.topics import is_legal, topic_of

DAYS_AHEAD = 9  # a week, and a day on either side for hours that a clock change takes away


@dataclass(frozen=True, kw_only=True)
class Preference:
    """How a person wants mail. `zone` is a name of the IANA list; `muted` holds topics.

    Quiet hours run from `quiet_from` up to, not including, `quiet_until`, over midnight where the
    second is the earlier; equal or missing, there are none.
    """

    rhythm: Rhythm = Rhythm.AT_ONCE
    hour: int = 8
    weekday: int = 0
    quiet_from: time | None = None
    quiet_until: time | None = None
    zone: str = "UTC"
    muted: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True)
class Mailing:
    """What becomes of one notice of one person.

    `at`: not to be mailed before it; None: not mailed. `is_digest`: it waits for the digest of
    that instant. `is_counted`: it counts as unread; a muted one stands in the inbox as read.
    """

    at: datetime | None
    is_digest: bool = False
    is_counted: bool = True


def when_to_mail(
    preference: Preference, kind: str, due_at: datetime | None, now: datetime
) -> Mailing:
    """When a notice of `kind` that arises `now` is mailed to who prefers so.

    What has legal effect is mailed at once, whatever is muted, quiet or collected. A muted topic is
    never mailed. What is due before the next digest does not wait for it. All but legal notices
    leave outside the quiet hours. ValueError for an unknown kind.
    """
    if is_legal(kind):
        return Mailing(at=now)
    if topic_of(kind).key in preference.muted:
        return Mailing(at=None, is_counted=False)
    if preference.rhythm is Rhythm.NEVER:
        return Mailing(at=None)
    if preference.rhythm is not Rhythm.AT_ONCE:
        digest = next_digest(preference, now)
        if due_at is None or due_at >= digest:
            return Mailing(at=digest, is_digest=True)
    return Mailing(at=out_of_quiet(preference, now))


def next_digest(preference: Preference, now: datetime) -> datetime:
    """The first instant after `now` at which the person's digest leaves, outside quiet hours.

    An hour that a clock change takes away is the instant of the change; of one that it repeats
    the first counts. ValueError where the person has no digest.
    """
    if preference.rhythm not in (Rhythm.DAILY, Rhythm.WEEKLY):
        raise ValueError("no digest is wanted")
    zone = zone_of(preference.zone)
    today = now.astimezone(zone).date()
    for ahead in range(-1, DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        if preference.rhythm is Rhythm.WEEKLY and day.weekday() != preference.weekday:
            continue
        wanted = datetime.combine(day, time(preference.hour), tzinfo=zone).astimezone(UTC)
        leaves = out_of_quiet(preference, wanted)
        if leaves > now:
            return leaves
    raise AssertionError("a week has every day")


def out_of_quiet(preference: Preference, at: datetime) -> datetime:
    """`at` itself, or the end of the quiet hours it lies in."""
    if not is_quiet(preference, at):
        return at
    assert preference.quiet_until is not None  # noqa: S101 - they are quiet
    zone = zone_of(preference.zone)
    today = at.astimezone(zone).date()
    for ahead in range(3):
        for fold in (0, 1):
            end = datetime.combine(today + timedelta(days=ahead), preference.quiet_until)
            end = end.replace(tzinfo=zone, fold=fold).astimezone(UTC)
            if end > at and not is_quiet(preference, end):
                return end
    raise AssertionError("quiet hours end")


def is_quiet(preference: Preference, at: datetime) -> bool:
    """Whether `at` lies in the person's quiet hours, by the clock on its wall."""
    start, end = preference.quiet_from, preference.quiet_until
    if start is None or end is None or start == end:
        return False
    wall = at.astimezone(zone_of(preference.zone)).time()
    if start < end:
        return start <= wall < end
    return wall >= start or wall < end


@cache
def zone_of(name: str) -> ZoneInfo:
    """The zone of a name; UTC where this machine does not know it (it was checked when set)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def zone_named(text: str) -> str | None:
    """The zone of the IANA list that a person means, however it is capitalised; None for none."""
    return _zones().get(text.strip().lower())


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}
