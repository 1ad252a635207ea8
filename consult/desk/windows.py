"""When a deadline reminds, and how far up: the windows of a policy. Pure; time zone and working
days are given.

A window opens at the policy's hour of a day counted in working days from the day of the deadline
and stays open until the next one opens. Only the newest open window reminds, so that after an
outage of days nobody gets those that were missed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from stakeholders.terms.workdays import add_workdays, is_workday, workdays_between

HIGHEST = 3  # steps of an escalation: contact points, signatories too, the level above


@dataclass(frozen=True, kw_only=True)
class Policy:
    """When and whom a plan reminds; `ReminderPolicy` says what each part means."""

    before: tuple[int, ...] = (7, 3, 1, 0)
    every: int = 2
    office_after: int = 0
    escalate_after: int | None = 5
    hour: time = time(8, 0)


DEFAULT = Policy()


@dataclass(frozen=True, kw_only=True)
class Window:
    """One reminder: its name in the stored key, when it opens, and whom it reaches besides those
    who owe: the joint office, and the first `step` steps of the escalation."""

    name: str
    opens_at: datetime
    to_office: bool = False
    step: int = 0


def newest_window(
    *,
    due_at: datetime | None,
    now: datetime,
    policy: Policy,
    calendar: Mapping[date, bool],
    zone: tzinfo,
) -> Window | None:
    """The newest window that is open at `now`; None before the first one."""
    if due_at is None:
        return None
    late = _late(due_at, now, policy, calendar, zone)
    return late or _before(due_at, now, policy, calendar, zone)


def opened_since(window: Window | None, *begun: datetime | None) -> Window | None:
    """`window`, but none that opened before any of `begun`: whoever was just told of a duty is not
    reminded of it a minute later, nor does a new policy send what it would have sent before."""
    if window is None or any(at is not None and window.opens_at < at for at in begun):
        return None
    return window


def windows_before(
    *, due_at: datetime, policy: Policy, calendar: Mapping[date, bool], zone: tzinfo
) -> list[Window]:
    """The windows before a deadline, as they open; what would open after it is none."""
    day = due_at.astimezone(zone).date()
    found = [
        Window(
            name=f"before-{count}",
            opens_at=_opening(workdays_before(day, count, calendar), policy, zone),
        )
        for count in sorted(set(policy.before), reverse=True)
    ]
    return [window for window in found if window.opens_at < due_at]


def windows_late(
    count: int,
    *,
    due_at: datetime,
    policy: Policy,
    calendar: Mapping[date, bool],
    zone: tzinfo,
) -> list[Window]:
    """The first `count` windows after a deadline: the first working day, then every so many."""
    day = due_at.astimezone(zone).date()
    return [
        _late_window(1 + policy.every * n, day=day, policy=policy, calendar=calendar, zone=zone)
        for n in range(count)
    ]


def step_of(name: str, policy: Policy) -> int:
    """How far up the window of that name escalates; 0 for none, and before the deadline."""
    side, _dash, number = name.partition("-")
    if side != "late" or not policy.escalate_after:
        return 0
    return min(HIGHEST, int(number) // policy.escalate_after)


def workdays_before(day: date, count: int, calendar: Mapping[date, bool]) -> date:
    """The date `count` (>= 0) working days before `day`; `day` itself does not count."""
    while count:
        day -= timedelta(days=1)
        count -= is_workday(day, calendar)
    return day


def days_late(
    *, due_at: datetime, now: datetime, calendar: Mapping[date, bool], zone: tzinfo
) -> int:
    """Working days that passed since the day of the deadline; the first day late is at least one."""
    day, today = due_at.astimezone(zone).date(), now.astimezone(zone).date()
    return max(1, workdays_between(day, today, calendar))


def _before(
    due_at: datetime,
    now: datetime,
    policy: Policy,
    calendar: Mapping[date, bool],
    zone: tzinfo,
) -> Window | None:
    found = windows_before(due_at=due_at, policy=policy, calendar=calendar, zone=zone)
    return next((window for window in reversed(found) if window.opens_at <= now), None)


def _late(
    due_at: datetime,
    now: datetime,
    policy: Policy,
    calendar: Mapping[date, bool],
    zone: tzinfo,
) -> Window | None:
    local, day = now.astimezone(zone), due_at.astimezone(zone).date()
    # Before the hour the day itself has opened nothing yet.
    last = local.date() if local.timetz().replace(tzinfo=None) >= policy.hour else None
    passed = workdays_between(day, last or local.date() - timedelta(days=1), calendar)
    if passed < 1:
        return None
    number = passed - (passed - 1) % policy.every
    return _late_window(number, day=day, policy=policy, calendar=calendar, zone=zone)


def _late_window(
    number: int, *, day: date, policy: Policy, calendar: Mapping[date, bool], zone: tzinfo
) -> Window:
    name = f"late-{number}"
    return Window(
        name=name,
        opens_at=_opening(add_workdays(day, number, calendar), policy, zone),
        to_office=number >= policy.office_after,
        step=step_of(name, policy),
    )


def _opening(day: date, policy: Policy, zone: tzinfo) -> datetime:
    return datetime.combine(day, policy.hour, tzinfo=zone)
