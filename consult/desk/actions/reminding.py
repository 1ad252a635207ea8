"""Telling who owes something that its day is near, here or past. Run as SYSTEM by the sweep.

Nothing remembers what was sent but the notices themselves: a (person, key) pair is unique, so
whoever runs this however often, also twice at once, tells nobody twice. No act on a plan.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.desk.enums import PLANS_AT_ONCE, TELLINGS_AT_ONCE
from consult.desk.queries import all_plans, collect
from consult.desk.reminding.announced import Shift
from consult.desk.reminding.occasions import Minute, Occasion, look
from consult.desk.rules import require_system
from consult.desk.steps import Announced, write_announced
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.notices.queries import told_pairs
from stakeholders.notices.steps import notify_all, write_mails
from stakeholders.terms.actor import Actor
from stakeholders.terms.batches import batched
from stakeholders.terms.duty import Duty, Text

MAIL_KEY = "reminders"


def remind_due(*, actor: Actor, now: datetime) -> int:
    """Tell everybody what the minute asks for; says how many notices are new.

    One notice for each duty, person, window and deadline, and one mail a person with all of them.
    A moved deadline reminds anew on purpose. Not atomic: each portion of people is, notices and
    mails together; what a crash leaves out the next sweep tells. Between reading what is owed and
    the commit lie some seconds in which a duty may be done: it is then reminded once too often.
    """
    require_system(actor=actor, act="duty.remind")
    minute = Minute(now=now, calendar=overrides_at(now))
    occasions: list[Occasion] = []
    moved: list[Shift] = []
    for plans in batched(all_plans(), PLANS_AT_ONCE):
        found = look(plans, collect(plans=plans, now=now), minute)
        write_announced(_row(duty, now=now) for duty in found.first)
        occasions += _untold(found.occasions)
        moved += found.moved
    count = sum(_tell(portion) for portion in _portions(occasions))
    # Last, so that a crash tells of the move again, under the same key, and does not lose it.
    write_announced(_row(one.duty, number=one.number, now=now) for one in moved)
    return count


def _untold(occasions: Sequence[Occasion]) -> Iterator[Occasion]:
    """The occasions, each with those people only who were not told of it."""
    told = told_pairs([(person, one.key) for one in occasions for person in one.people])
    for one in occasions:
        people = frozenset(person for person in one.people if (person, one.key) not in told)
        if people:
            yield one if len(people) == len(one.people) else one.to(people)


def _portions(occasions: Sequence[Occasion]) -> Iterator[list[Occasion]]:
    """Portions of about 1,000 notices, in which each person stands with everything it is told.

    People who share occasions come one after another, so that few of them are in two portions.
    """
    of_person: dict[int, list[int]] = {}
    for number, one in enumerate(occasions):
        for person in sorted(one.people):
            of_person.setdefault(person, []).append(number)
    portion: dict[int, set[int]] = {}
    size = 0
    for person, numbers in of_person.items():
        for number in numbers:
            portion.setdefault(number, set()).add(person)
        size += len(numbers)
        if size >= TELLINGS_AT_ONCE:
            yield _with(occasions, portion)
            portion, size = {}, 0
    if portion:
        yield _with(occasions, portion)


def _with(occasions: Sequence[Occasion], portion: dict[int, set[int]]) -> list[Occasion]:
    return [occasions[number].to(frozenset(people)) for number, people in portion.items()]


@transaction.atomic
def _tell(occasions: Iterable[Occasion]) -> int:
    """The notices of a portion of people, and one mail for each of them."""
    notices = notify_all([one.telling() for one in occasions])
    write_mails(notices, key_prefix=MAIL_KEY, subject=_subject)
    return len(notices)


def _row(duty: Duty, *, now: datetime, number: int = 0) -> Announced:
    assert duty.due_at is not None  # noqa: S101 - only dated duties are announced
    return Announced(
        plan_id=duty.plan_id, duty_key=duty.key, number=number, due_at=duty.due_at, at=now
    )


def _subject(count: int) -> Text:
    return format_lazy(_("{count} reminders of what is due or overdue"), count=str(count))
