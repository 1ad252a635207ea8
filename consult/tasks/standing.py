"""Where a task stands, from the rows that were added to it. Pure: no query, the day is given.

Done is what its owner says; struck off (销号) is what another has checked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consult.tasks.enums import TaskProgress
from stakeholders.terms.workdays import add_workdays, next_workday


class Stage(StrEnum):
    """How far a task has come."""

    OPEN = "open"
    HANDLED = "handled"  # reported as done, checked by nobody yet
    STRUCK_OFF = "struck_off"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """Who does it until when: as the task was given, or as a change left it."""

    owner: str | None
    owner_body: int | None
    due_on: date | None
    is_dropped: bool = False


@dataclass(frozen=True, kw_only=True)
class Said:
    """A report; `confirms` is the word of another on it, None while there is none."""

    progress: str
    percent: int | None = None
    confirms: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Climbed:
    """The step of the ladder a late task has reached, and the day it came there."""

    level: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`progress` is "" while nothing was reported; `is_sent_back`: the newest "done" was not
    confirmed; `days_late`: calendar days over the date, 0 in time."""

    stage: Stage
    owner: str | None
    owner_body: int | None
    due_on: date | None
    progress: str = ""
    percent: int | None = None
    is_sent_back: bool = False
    days_late: int = 0

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def is_over(self) -> bool:
        """Whether nothing is added to it any more."""
        return self.stage in (Stage.STRUCK_OFF, Stage.DROPPED)


def standing(
    *, given: Assigned, changes: Sequence[Assigned], said: Sequence[Said], today: date
) -> Standing:
    """The standing on `today`; `changes` and `said` in the order they were made.

    The newest change and the newest report count. A dropped task stays dropped. Late is an open
    task after its day; one that was handled in time and then sent back is late like any other.
    """
    now = changes[-1] if changes else given
    last = said[-1] if said else None
    stage = _stage(now, last)
    late = stage is Stage.OPEN and now.due_on is not None and now.due_on < today
    return Standing(
        stage=stage,
        owner=now.owner,
        owner_body=now.owner_body,
        due_on=now.due_on,
        progress=last.progress if last else "",
        percent=last.percent if last else None,
        is_sent_back=last is not None and last.confirms is False and stage is Stage.OPEN,
        days_late=(today - now.due_on).days if late and now.due_on else 0,
    )


def _stage(now: Assigned, last: Said | None) -> Stage:
    if now.is_dropped:
        return Stage.DROPPED
    if last is None or last.progress != TaskProgress.DONE or last.confirms is False:
        return Stage.OPEN
    return Stage.STRUCK_OFF if last.confirms else Stage.HANDLED


def climbed(
    *,
    due_on: date,
    today: date,
    ladder: Sequence[tuple[str, int | None]],
    calendar: Mapping[date, bool],
) -> Climbed | None:
    """The step that a task due on `due_on` and still open has reached by `today`.

    `ladder` is (level, working days) from below; None: no time set. It comes to the lowest step on
    the first working day after its date, and to each next one when the days of the step before are
    over. None in time, and without a ladder.
    """
    if not ladder or today <= due_on:
        return None
    day = next_workday(due_on, calendar)
    reached = None
    came = add_workdays(day, 1, calendar)
    for level, days in ladder:
        if came > today:
            break
        reached = Climbed(level=level, on=came)
        if days is None:
            break
        came = add_workdays(came, days, calendar)
    return reached
