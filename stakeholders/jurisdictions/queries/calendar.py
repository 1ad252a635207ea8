"""The working-day calendar: the delivered days, and over them what administrators entered.

A reader asks with the local day `on` at which it computes: rows that take effect later are not
known yet, so that a period computed today and one stored long ago each stay what they were.
"""

import calendar
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.utils import timezone

from stakeholders.jurisdictions.enums import DayBasis
from stakeholders.jurisdictions.models import WorkdayOverride
from stakeholders.jurisdictions.reading import DayRow, read_workdays
from stakeholders.terms.reading import read_once
from stakeholders.terms.workdays import is_workday

FILE = Path(__file__).parents[1] / "data" / "workdays.csv"
# The State Council publishes the next year's notice in November.
NOTICE_MONTH = 11
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, kw_only=True)
class Square:
    """One day of a month's table; `moved` is the row that names it, if any."""

    day: date
    is_workday: bool
    moved: DayRow | None


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month as weeks of seven places; None fills up the first and last week."""

    first: date
    weeks: list[list[Square | None]]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Days in a row that one document moves for one reason: a holiday, as people speak of it."""

    first: date
    last: date
    row: DayRow


@dataclass(frozen=True, kw_only=True)
class CalendarYear:
    """A year as it stands on a day. `basis` is None where nothing at all is known of it."""

    year: int
    months: list[Month]
    moved: list[DayRow]
    basis: DayBasis | None
    workdays: int

    @property
    def stretches(self) -> list[Stretch]:
        """The moved days, those in a row told together."""
        found: list[Stretch] = []
        for row in self.moved:
            before = found[-1] if found else None
            if before is not None and _continues(before, row):
                found[-1] = replace(before, last=row.day)
            else:
                found.append(Stretch(first=row.day, last=row.day, row=row))
        return found


def _continues(before: Stretch, row: DayRow) -> bool:
    same = replace(row, day=before.row.day) == before.row
    return same and row.day - before.last == timedelta(days=1)


@read_once
def overrides(*, on: date) -> Mapping[date, bool]:
    """Day -> worked (True) or rested (False) for `terms.workdays`, as known on `on`. One query."""
    return {day: row.is_workday for day, row in _known(on=on).items()}


def overrides_at(at: datetime) -> Mapping[date, bool]:
    """The same for an instant, by the site's local day."""
    return overrides(on=timezone.localtime(at).date())


@read_once
def calendars() -> Callable[[date], Mapping[date, bool]]:
    """From a day to what `overrides` said on that very day. One query, whatever is asked later.

    For periods that are computed anew with every look: counted by the calendar of the day they
    began, they end where they ended when they were announced, whatever is entered since, even with
    an earlier day of effect.
    """
    rows = _entered()

    @cache
    def on(day: date) -> Mapping[date, bool]:
        known = {row.day: row.is_workday for row in _delivered() if row.effective_from <= day}
        for row in rows:
            if max(row.effective_from, timezone.localtime(row.entered_at).date()) <= day:
                known[row.day] = row.is_workday
        return known

    return on


def calendar_of(year: int, *, on: date) -> CalendarYear:
    """A whole year with every moved day and where it comes from. One query."""
    known = {day: row for day, row in _known(on=on).items() if day.year == year}
    mapping = {day: row.is_workday for day, row in known.items()}
    weeks = calendar.Calendar().monthdatescalendar
    months = [
        Month(
            first=date(year, month, 1),
            weeks=[[_square(d, month, known) for d in week] for week in weeks(year, month)],
        )
        for month in range(1, 13)
    ]
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(_length(year)))
    return CalendarYear(
        year=year,
        months=months,
        moved=[known[day] for day in sorted(known)],
        basis=_basis(known.values()),
        workdays=sum(is_workday(day, mapping) for day in days),
    )


def year_without_notice(*, on: date) -> int | None:
    """The year whose notice is missing on `on` and should be looked for: the running one, and
    from November the next. None when all is there. One query."""
    known = _known(on=on)
    years = [on.year, on.year + 1] if on.month >= NOTICE_MONTH else [on.year]
    for year in years:
        rows = (row for day, row in known.items() if day.year == year)
        if _basis(rows) is not DayBasis.NOTICE:
            return year
    return None


def _known(*, on: date) -> dict[date, DayRow]:
    known = {row.day: row for row in _delivered() if row.effective_from <= on}
    for one in _entered():
        if one.effective_from <= on:
            known[one.day] = _row(one)
    return known


@read_once
def _entered() -> list[WorkdayOverride]:
    """Every day that was entered, in the order in which they take effect: the dates on one page are
    counted from many days, each by the calendar known on it."""
    return list(WorkdayOverride.objects.order_by("effective_from", "pk"))


@cache
def _delivered() -> tuple[DayRow, ...]:
    """The file of the product; it changes with a release only."""
    return tuple(read_workdays(FILE))


def _row(one: WorkdayOverride) -> DayRow:
    return DayRow(
        day=one.day,
        is_workday=one.is_workday,
        name_zh=one.name_zh,
        name_en=one.name_en,
        basis=DayBasis(one.basis),
        document_zh=one.document,
        document_en="",
        effective_from=one.effective_from,
    )


def _basis(rows: Iterable[DayRow]) -> DayBasis | None:
    """The firmest word there is about a year."""
    found = {row.basis for row in rows}
    return next((basis for basis in DayBasis if basis in found), None)


def _square(day: date, month: int, known: Mapping[date, DayRow]) -> Square | None:
    if day.month != month:
        return None
    moved = known.get(day)
    worked = is_workday(day, {day: moved.is_workday} if moved else {})
    return Square(day=day, is_workday=worked, moved=moved)


def _length(year: int) -> int:
    return 366 if calendar.isleap(year) else 365
