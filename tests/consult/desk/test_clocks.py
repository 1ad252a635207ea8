"""Reminders and mail at hours that are easily got wrong: midnight, a leap day, summer time."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.test import override_settings
from django.utils import timezone
from django.utils.functional import lazystr

from consult.desk import actions
from stakeholders.notices.actions import send_waiting
from stakeholders.notices.models import MailPreference, Notice, OutboxMessage
from stakeholders.notices.steps import notify
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from tests.world import QINGPU, World

SITE = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")


def step(at: datetime) -> None:
    """One minute of the site: a sweep, and a worker that sends."""
    with time_machine.travel(at, tick=False):
        report = actions.sweep(actor=SYSTEM)
        assert [name for name, count in report.items() if count < 0] == []
        send_waiting(actor=SYSTEM)


def windows() -> Counter[str]:
    """Day and hour of the site at which each reminder arose."""
    rows = Notice.objects.filter(kind="duty.reminder").order_by("pk")
    return Counter(f"{timezone.localtime(row.created_at):%m-%d %H:%M}" for row in rows)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture(autouse=True)
def _nothing_to_tidy(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than half of a sweep, of which there are hundreds here; it reads no clock on a wall."""
    monkeypatch.setattr("consult.desk.actions.sweeping.housekeeping", lambda **_given: [])


@pytest.mark.parametrize("deadline", [time(0, 0), time(0, 0, 1), time(23, 59, 59)])
def test_around_midnight_nobody_is_reminded_and_at_the_hour_once(
    deadline: time, world: World, owe
) -> None:
    """The day changes at the site's midnight, while UTC is still at 16:00 of the day before."""
    world.plan()
    day = datetime(2026, 12, 2, tzinfo=SITE)
    owe(QINGPU, datetime.combine(day, deadline, tzinfo=SITE), "planner")
    eve = day - timedelta(days=1)  # a Tuesday, one working day before
    for hour in (23, 7):
        at = eve.replace(hour=hour) - (timedelta(days=1) if hour == 23 else timedelta(0))
        for second in (3597, 3598, 3599, 3600, 3601):
            step(at + timedelta(seconds=second))
    # What was open since the window before (three working days), and then the day's own at eight.
    assert windows() == {"11-30 23:59": 1, "12-01 08:00": 1}
    assert len(mail.outbox) == len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 2


def test_a_leap_day_is_a_day_like_any_other(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, datetime(2028, 2, 29, 17, tzinfo=SITE), "planner")  # a Tuesday
    at = datetime(2028, 2, 17, 7, 59, 59, tzinfo=SITE)
    while at < datetime(2028, 3, 3, tzinfo=SITE):
        for hour in (time(7, 59, 59), time(8), time(23, 59, 59)):
            step(datetime.combine(at.date(), hour, tzinfo=SITE))
        at += timedelta(days=1)
    planner = Notice.objects.filter(user=world.user(QINGPU, Role.PLANNER))
    told = Counter(f"{timezone.localtime(row.created_at):%m-%d %H:%M}" for row in planner)
    assert told == dict.fromkeys(
        ["02-18 08:00", "02-24 08:00", "02-28 08:00", "02-29 08:00", "03-01 08:00"], 1
    )


@pytest.mark.parametrize(
    ("change", "opens"),
    [
        # 02:00 becomes 03:00: the end at 02:30 is on no clock that night, 03:30 is the same instant.
        (datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        # 02:00 becomes 01:00: the hour is lived twice, the quiet ends once.
        (datetime(2026, 11, 1, 6, tzinfo=UTC), datetime(2026, 11, 1, 7, 30, tzinfo=UTC)),
    ],
)
def test_quiet_hours_end_once_where_the_clock_is_changed(
    change: datetime, opens: datetime, world: World, owe
) -> None:
    person = world.user(QINGPU, Role.PLANNER)
    MailPreference.objects.create(
        user=person,
        quiet_from=time(0, 30),
        quiet_until=time(2, 30),
        zone=NEW_YORK.key,
        updated_at=clock.now(),
    )
    at = change - timedelta(hours=1)
    with time_machine.travel(at, tick=False):
        notify(
            people=[person.pk],
            kind="duty.reminder",
            title=lazystr("Due"),
            url="/",
            key="reminder:x",
        )
    while at < change + timedelta(hours=3):
        step(at)
        at += timedelta(minutes=10)
    assert len(mail.outbox) == 1
    assert OutboxMessage.objects.get().sent_at == opens
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "due", "told"),
    [
        ((3, 26), (3, 31), ["03-26 08:00", "03-30 08:00", "03-31 08:00"]),  # changes on the 29th
        ((10, 22), (10, 27), ["10-22 08:00", "10-26 08:00", "10-27 08:00"]),  # on the 25th
    ],
)
def test_reminders_of_a_site_with_summer_time_come_at_its_hour_once(
    first: tuple[int, int], due: tuple[int, int], told: list[str], world: World, owe
) -> None:
    """Over the change each window opens once, at eight by the clock on the wall."""
    with timezone.override(BERLIN), override_settings(TIME_ZONE=BERLIN.key):
        timezone.get_default_timezone.cache_clear()
        world.plan()
        owe(QINGPU, datetime(2026, *due, 17, tzinfo=BERLIN), "planner")
        midnight = datetime(2026, *first, tzinfo=UTC)
        for day in range(6):
            for hour in (1.0, 2.0, 5.99, 6.0, 6.99, 7.0, 22.0, 23.0):
                step(midnight + timedelta(days=day, hours=hour))
        rows = Notice.objects.filter(kind="duty.reminder").order_by("pk")
        hours = [f"{row.created_at.astimezone(BERLIN):%m-%d %H:%M}" for row in rows]
    timezone.get_default_timezone.cache_clear()
    assert hours[-3:] == told  # before them only what was open when the sweeps began
    assert len(hours) == len(set(hours)) == 4
