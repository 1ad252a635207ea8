"""Deadlines as they were announced, and which of them moved or came to lie on a rest day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from consult.desk.models import AnnouncedDeadline
from stakeholders.jurisdictions.queries import calendars
from stakeholders.terms.batches import batched
from stakeholders.terms.duty import Duty
from stakeholders.terms.workdays import is_workday

BATCH = 1_000  # keys asked for at once


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A deadline that is not what was announced last: `was` then, number `number` from now on."""

    duty: Duty
    was: datetime
    number: int


@dataclass(frozen=True, kw_only=True)
class Announcements:
    """What of some duties was never announced, what moved, and what is a rest day only since."""

    first: Sequence[Duty]
    moved: Sequence[Shift]
    resting: Sequence[Duty]


def compare(duties: Iterable[Duty], *, now: datetime) -> Announcements:
    """Hold open duties against what was announced of them. One query per 1,000, and one more where
    a deadline lies on a rest day."""
    first, moved, same = [], [], []
    for some in batched((duty for duty in duties if duty.due_at is not None), BATCH):
        known = _newest(some)
        for duty in some:
            row = known.get((duty.plan_id, duty.key))
            if row is None:
                first.append(duty)
            elif row.due_at != duty.due_at:
                moved.append(Shift(duty=duty, was=row.due_at, number=row.number + 1))
            else:
                same.append((duty, timezone.localtime(row.at).date()))
    return Announcements(first=first, moved=moved, resting=_resting(same, now))


def _newest(duties: Collection[Duty]) -> dict[tuple[int, str], AnnouncedDeadline]:
    rows = AnnouncedDeadline.objects.filter(
        plan__in={duty.plan_id for duty in duties}, duty_key__in=[duty.key for duty in duties]
    )
    newest = rows.order_by("plan_id", "duty_key", "-number").distinct("plan_id", "duty_key")
    return {(row.plan_id, row.duty_key): row for row in newest}


def _resting(announced: Iterable[tuple[Duty, date]], now: datetime) -> list[Duty]:
    """Deadlines to come on a day that was worked when they were announced and is not any more."""
    coming = [
        (duty, _day(duty), on) for duty, on in announced if duty.due_at and duty.due_at >= now
    ]
    if not coming:
        return []
    known, today = calendars(), timezone.localtime(now).date()
    return [
        duty
        for duty, day, on in coming
        if not is_workday(day, known(today)) and is_workday(day, known(on))
    ]


def _day(duty: Duty) -> date:
    assert duty.due_at is not None  # noqa: S101 - only dated duties are announced
    return timezone.localtime(duty.due_at).date()
