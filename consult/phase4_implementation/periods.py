"""Periods of readings: years, quarters and months, and which of them a reading may be of. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.indicators.enums import PeriodKind
from stakeholders.terms.errors import Text

_WRITTEN = re.compile(r"([1-9][0-9]{3})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?")
MONTHS = {PeriodKind.YEAR: 12, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}
UNREADABLE = _("A period is a year (2027), a quarter (2027-Q1) or a month (2027-03).")


@dataclass(frozen=True, kw_only=True)
class Period:
    """`place` counts the periods of one kind without a gap."""

    text: str
    kind: PeriodKind
    year: int
    place: int

    @property
    def first(self) -> date:
        return date(self.year, self.place * MONTHS[self.kind] % 12 + 1, 1)

    @property
    def last(self) -> date:
        month = self.first.month + MONTHS[self.kind] - 1
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def ends(self) -> Fraction:
        """When it ends, in years: the end of 2027 is 2027, the end of its first quarter 2026 1/4."""
        return Fraction((self.place + 1) * MONTHS[self.kind], 12) - 1


def read_period(text: str) -> Period | None:
    """A period as it is written; None for what is none."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    year, month, quarter = int(found[1]), found[2], found[3]
    if month:
        return Period(text=text, kind=PeriodKind.MONTH, year=year, place=year * 12 + int(month) - 1)
    if quarter:
        return Period(
            text=text, kind=PeriodKind.QUARTER, year=year, place=year * 4 + int(quarter) - 1
        )
    return Period(text=text, kind=PeriodKind.YEAR, year=year, place=year)


def order_of(text: str) -> tuple[Fraction, int, str]:
    """To sort periods by the day they end, the shorter one first; what is no period stands first."""
    period = read_period(text)
    if period is None:
        return (Fraction(0), 0, text)
    return (period.ends, MONTHS[period.kind], text)


def fault_of(text: str, *, kind: str, base_year: int | None, today: date) -> Text | None:
    """Why no reading of an indicator read by `kind` ("": any) can be of this period; None: it can.

    A period under way may be reported; one that has not begun may not, nor one before the base.
    """
    period = read_period(text)
    if period is None:
        return UNREADABLE
    if kind and period.kind != kind:
        return format_lazy(
            _("Period of this indicator: {kind}. Write it like {example}."),
            kind=PeriodKind(kind).label,
            example=EXAMPLES[PeriodKind(kind)],
        )
    if period.first > today:
        return _("This period has not begun yet.")
    if base_year is not None and period.year < base_year:
        return format_lazy(_("This period lies before the base year {year}."), year=str(base_year))
    return None


EXAMPLES = {PeriodKind.YEAR: "2027", PeriodKind.QUARTER: "2027-Q1", PeriodKind.MONTH: "2027-03"}


def periods_before(today: date, *, kind: str) -> list[str]:
    """The periods of a kind ("": years) that ended within the last twelve months, oldest first."""
    kind = PeriodKind(kind) if kind else PeriodKind.YEAR
    if kind is PeriodKind.YEAR:
        return [str(today.year - 1)]
    months = MONTHS[kind]
    count = 12 // months
    now = (today.year * 12 + today.month - 1) // months
    found = []
    for place in range(now - count, now):
        year, part = divmod(place, count)
        found.append(
            f"{year}-Q{part + 1}" if kind is PeriodKind.QUARTER else f"{year}-{part + 1:02}"
        )
    return [text for text in found if read_period(text)]
