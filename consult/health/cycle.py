"""Which check of a plan comes next, and until when it is opened. Pure.

The check of a year looks back on it: it is opened in the January that follows. The first year is the
one of which the plan was in force for at least half; every fifth year is evaluated as a whole, in
place of the yearly check (一年一体检、五年一评估).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from consult.health.enums import CheckKind

HALF = (6, 30)  # in force by then: the year counts
EVERY = 5


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A check to be opened between two days."""

    kind: CheckKind
    year: int
    opens_on: date
    due_on: date


def first_year(in_force_on: date) -> int:
    """The first year of which the plan is checked."""
    return in_force_on.year + ((in_force_on.month, in_force_on.day) > HALF)


def kind_of(year: int, *, first: int) -> CheckKind:
    """What is due for a year: each fifth one is evaluated."""
    return CheckKind.EVALUATION if (year - first) % EVERY == EVERY - 1 else CheckKind.YEARLY


def coming(in_force_on: date, *, held: Collection[int], today: date) -> Coming:
    """The newest year that is over without a check, else the next one.

    A year that was missed for good is not asked for again once a later one was checked. `held`:
    the years of the plan's checks, of either kind.
    """
    first = first_year(in_force_on)
    last = today.year - 1
    newest = max(held, default=first - 1)
    year = max(last if newest < last else newest + 1, first)
    return Coming(
        kind=kind_of(year, first=first),
        year=year,
        opens_on=date(year + 1, 1, 1),
        due_on=date(year + 1, 1, 31),
    )
