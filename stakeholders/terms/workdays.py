"""Working-day arithmetic. Pure: the moved days of a year are given, not known."""

from collections.abc import Mapping
from datetime import date, timedelta


def is_workday(day: date, overrides: Mapping[date, bool]) -> bool:
    """Monday to Friday, unless `overrides` says otherwise (True = work, False = rest)."""
    return overrides.get(day, day.weekday() < 5)


def add_workdays(day: date, count: int, overrides: Mapping[date, bool]) -> date:
    """The date `count` (>= 0) working days after `day`; `day` itself does not count.

    Civil Code of the PRC, art. 201: the day on which a period begins is not counted.
    """
    if count < 0:
        raise ValueError("count of working days must not be negative")
    while count:
        day += timedelta(days=1)
        count -= is_workday(day, overrides)
    return day


def next_workday(day: date, overrides: Mapping[date, bool]) -> date:
    """`day`, or the first working day after it (顺延, Civil Code art. 203)."""
    while not is_workday(day, overrides):
        day += timedelta(days=1)
    return day


def workdays_between(start: date, end: date, overrides: Mapping[date, bool]) -> int:
    """Working days after `start` up to and with `end`; negative when `end` is earlier."""
    if end < start:
        return -workdays_between(end, start, overrides)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_workday(day, overrides) for day in days)
