"""What there is to tell at this minute: reminders, moved deadlines, deadlines on rest days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from consult.desk.keys import reminder_key, stamp
from consult.desk.policies import InForce, policies_of
from consult.desk.queries import holder_names, holder_of
from consult.desk.reminding.announced import Shift, compare
from consult.desk.reminding.reaching import MOVE_IS_TOLD, Voice
from consult.desk.reminding.recipients import Recipients
from consult.desk.reminding.words import Moved, OnRestDay, Reminder
from consult.desk.windows import Policy, Window, days_late, newest_window, opened_since
from plans.register.models import Plan
from stakeholders.notices.steps import Telling
from stakeholders.terms.duty import Duty, Text
from stakeholders.terms.workdays import workdays_between


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One thing to tell some people in one voice; who was told its `key` before is told no more."""

    kind: str
    key: str
    title: Text
    url: str
    plan_key: str
    due_at: datetime
    people: frozenset[int]

    def to(self, people: frozenset[int]) -> "Occasion":
        """The same, told to some people only."""
        return replace(self, people=people)

    def telling(self) -> Telling:
        return Telling(
            people=self.people,
            kind=self.kind,
            title=self.title,
            url=self.url,
            key=self.key,
            plan_key=self.plan_key,
            due_at=self.due_at,
        )


@dataclass(kw_only=True)
class Minute:
    """The instant of a sweep with its calendar. Windows and days are computed once for each
    deadline."""

    now: datetime
    calendar: Mapping[date, bool]
    zone: tzinfo = field(default_factory=timezone.get_default_timezone)
    _windows: dict[tuple[Policy, datetime], Window | None] = field(default_factory=dict)
    _days: dict[datetime, int] = field(default_factory=dict)

    def window(self, duty: Duty, standing: InForce) -> Window | None:
        """The window in which the duty reminds, if any."""
        if duty.due_at is None:
            return None
        asked = (standing.policy, duty.due_at)
        if asked not in self._windows:
            self._windows[asked] = newest_window(
                due_at=duty.due_at,
                now=self.now,
                policy=standing.policy,
                calendar=self.calendar,
                zone=self.zone,
            )
        return opened_since(self._windows[asked], duty.since, standing.since)

    def days(self, due_at: datetime) -> int:
        """Working days left, or over where the deadline has passed."""
        if due_at not in self._days:
            self._days[due_at] = self._count(due_at)
        return self._days[due_at]

    def _count(self, due_at: datetime) -> int:
        if due_at < self.now:
            return days_late(due_at=due_at, now=self.now, calendar=self.calendar, zone=self.zone)
        today, day = (at.astimezone(self.zone).date() for at in (self.now, due_at))
        return workdays_between(today, day, self.calendar)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What some plans give the sweep: occasions, duties never announced, and moved deadlines."""

    occasions: Sequence[Occasion]
    first: Sequence[Duty]
    moved: Sequence[Shift]


def look(plans: Sequence[Plan], duties: Sequence[Duty], minute: Minute) -> Found:
    """Everything the open `duties` of `plans` ask to be told at this minute. At most seven queries
    and one more per 1,000 duties."""
    standing, site = policies_of([plan.pk for plan in plans]), InForce()
    due = [
        (duty, window)
        for duty in duties
        if (window := minute.window(duty, standing.get(duty.plan_id, site)))
    ]
    said = compare(duties, now=minute.now)
    moved = [shift for shift in said.moved if shift.duty.kind not in MOVE_IS_TOLD]
    concerned = [*due, *((shift.duty, None) for shift in moved), *((d, None) for d in said.resting)]
    by_id = {plan.pk: plan for plan in plans}
    keys = {plan.pk: plan.key for plan in plans}
    recipients = Recipients(concerned, plan_keys=keys, at=minute.now)
    names = holder_names([duty for duty, window in due if window.to_office or window.step])
    occasions = [
        *_reminders(due, keys, names, recipients, minute),
        *_moves(moved, keys, recipients),
        *_rests(said.resting, by_id, recipients),
    ]
    return Found(occasions=occasions, first=said.first, moved=said.moved)


def _reminders(
    due: Iterable[tuple[Duty, Window]],
    keys: Mapping[int, str],
    names: Mapping[tuple[str | None, int | None], object],
    recipients: Recipients,
    minute: Minute,
) -> Iterator[Occasion]:
    for duty, window in due:
        assert duty.due_at is not None  # noqa: S101 - what has a window has a deadline
        people = recipients.of(duty, window)
        for voice in sorted(set(people.values())):
            yield Occasion(
                kind="duty.escalation" if voice in (Voice.UNIT, Voice.ABOVE) else "duty.reminder",
                key=reminder_key(duty, window=window.name),
                title=Reminder(
                    what=duty.title,
                    who=names.get(holder_of(duty)) or "",
                    due_at=duty.due_at,
                    days=minute.days(duty.due_at),
                    is_late=duty.due_at < minute.now,
                    voice=voice,
                ),
                url=_page(duty, voice, keys[duty.plan_id]),
                plan_key=keys[duty.plan_id],
                due_at=duty.due_at,
                people=frozenset(one for one, told_as in people.items() if told_as is voice),
            )


def _moves(
    moved: Iterable[Shift], keys: Mapping[int, str], recipients: Recipients
) -> Iterator[Occasion]:
    for shift in moved:
        duty = shift.duty
        assert duty.due_at is not None  # noqa: S101 - only dated duties are announced
        yield Occasion(
            kind="duty.moved",
            key=f"moved:{duty.key}:{shift.number}:{stamp(duty.due_at)}",
            title=Moved(what=duty.title, was=shift.was, due_at=duty.due_at),
            url=duty.url,
            plan_key=keys[duty.plan_id],
            due_at=duty.due_at,
            people=frozenset(recipients.of(duty, None)),
        )


def _rests(
    duties: Sequence[Duty], plans: Mapping[int, Plan], recipients: Recipients
) -> Iterator[Occasion]:
    """One notice for a plan and deadline, however many owe something then. What is nobody else's
    to know is not counted."""
    known = sorted(
        (duty.plan_id, duty.due_at) for duty in duties if duty.secret_of is None and duty.due_at
    )
    for (plan_id, due_at), some in groupby(known):
        plan = plans[plan_id]
        yield Occasion(
            kind="duty.rest_day",
            key=f"rest:{plan.key}:{stamp(due_at)}",
            title=OnRestDay(due_at=due_at, count=len(list(some)), plan=plan),
            url=reverse("desk:late", args=[plan.key]),
            plan_key=plan.key,
            due_at=due_at,
            people=frozenset(recipients.office_of(plan_id)),
        )


def _page(duty: Duty, voice: Voice, plan_key: str) -> str:
    """Where the reader sees more: its own page would refuse who does not owe it."""
    if voice is Voice.OFFICE:
        return reverse("desk:late", args=[plan_key])
    return reverse("register:detail", args=[plan_key]) if voice is Voice.ABOVE else duty.url
