"""A meeting with everything that was said of it, gathered at constant cost for any number of them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet

from consult.ballots.enums import SubjectKind
from consult.ballots.models import Ballot
from consult.meetings.content import (
    call_content,
    digest_of_call,
    digest_of_minutes,
    minutes_content,
)
from consult.meetings.enums import AttendanceKind
from consult.meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    Meeting,
    MeetingCall,
    MeetingGuest,
    MinutesConfirmation,
    MinutesDraft,
    MinutesEdition,
    MinutesLock,
)
from consult.meetings.standing import Facts, Stage, stage_of
from consult.tasks.enums import Origin
from consult.tasks.models import Task
from plans.register.models import Party

Holder = tuple[str | None, int | None]  # a jurisdiction's code, or a body's id


@dataclass(frozen=True, kw_only=True)
class Point:
    """An item of the agenda: what was decided last, which ballots it had, what follows from it."""

    item: AgendaItem
    decision: Decision | None
    ballots: Sequence[Ballot]
    tasks: Sequence[Task]

    @property
    def running(self) -> Ballot | None:
        return next((one for one in self.ballots if not hasattr(one, "end")), None)

    @property
    def is_settled(self) -> bool:
        """Something rests on it: it is neither changed nor taken off any more."""
        return self.decision is not None or bool(self.ballots) or bool(self.tasks)


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Who is invited, and what it said last about coming."""

    guest: MeetingGuest
    attendance: Attendance | None

    @property
    def holder(self) -> Holder:
        return (self.guest.jurisdiction_id, self.guest.organization_id)

    @property
    def who(self) -> Any:
        return self.guest.jurisdiction or self.guest.organization

    @property
    def is_there(self) -> bool:
        return self.attendance is not None and self.attendance.kind == AttendanceKind.ATTENDS


@dataclass(frozen=True, kw_only=True)
class Board:
    """`parties`: the codes of the plan's parties now."""

    meeting: Meeting
    tasks: Mapping[int, Sequence[Task]] = field(default_factory=dict)
    ballots: Mapping[int, Sequence[Ballot]] = field(default_factory=dict)
    parties: frozenset[str] = frozenset()

    @cached_property
    def call(self) -> MeetingCall | None:
        return max(self.meeting.calls.all(), key=lambda one: one.number, default=None)

    @cached_property
    def edition(self) -> MinutesEdition | None:
        return max(self.meeting.editions.all(), key=lambda one: one.number, default=None)

    @cached_property
    def editions(self) -> list[MinutesEdition]:
        return sorted(self.meeting.editions.all(), key=lambda one: -one.number)

    @property
    def draft(self) -> MinutesDraft | None:
        return getattr(self.meeting, "minutes", None)

    @property
    def lock(self) -> MinutesLock | None:
        return getattr(self.meeting, "lock", None)

    @cached_property
    def seats(self) -> list[Seat]:
        newest = {
            (one.jurisdiction_id, one.organization_id): one
            for one in sorted(self.meeting.attendances.all(), key=lambda one: one.pk)
        }
        return [
            Seat(guest=one, attendance=newest.get((one.jurisdiction_id, one.organization_id)))
            for one in self.meeting.guests.all()
        ]

    @cached_property
    def points(self) -> list[Point]:
        return [
            Point(
                item=item,
                decision=max(item.decisions.all(), key=lambda one: one.pk, default=None),
                ballots=self.ballots.get(item.pk, ()),
                tasks=self.tasks.get(item.pk, ()),
            )
            for item in sorted(self.meeting.agenda.all(), key=lambda one: one.position)
        ]

    @cached_property
    def there(self) -> list[str]:
        """The parties that attend: those whose word the minutes need."""
        codes = [str(seat.guest.jurisdiction_id) for seat in self.seats if seat.is_there]
        return [code for code in codes if code in self.parties]

    @cached_property
    def asked(self) -> frozenset[str]:
        """Whose word the newest edition needs. Who left the plan since is asked no more."""
        if self.edition is None:
            return frozenset()
        return frozenset(json.loads(self.edition.content)["asked"]) & self.parties

    @cached_property
    def words(self) -> dict[str, MinutesConfirmation]:
        return words_on(self.edition) if self.edition else {}

    @cached_property
    def is_changed(self) -> bool:
        """Whether the minutes read otherwise by now than the newest edition."""
        return self.edition is not None and self.minutes_hash != self.edition.hash

    @cached_property
    def is_call_outdated(self) -> bool:
        """Whether the meeting is set otherwise by now than it was called."""
        return self.call is not None and digest_of_call(call_content(self)) != self.call.hash

    @property
    def minutes_hash(self) -> str:
        return digest_of_minutes(minutes_content(self))

    @cached_property
    def facts(self) -> Facts:
        one = self.meeting
        return Facts(
            starts_at=one.starts_at,
            is_called=self.call is not None,
            is_cancelled=one.cancelled_at is not None,
            is_held=one.held_at is not None,
            is_locked=self.lock is not None,
            has_edition=self.edition is not None,
            is_changed=self.lock is None and self.is_changed,
            asked=self.asked,
            words={code: row.confirms for code, row in self.words.items()},
        )

    def stage(self, *, at: datetime) -> Stage:
        return stage_of(self.facts, at=at)


def words_on(edition: MinutesEdition) -> dict[str, MinutesConfirmation]:
    """Party -> what it said last on an edition."""
    rows = sorted(edition.confirmations.all(), key=lambda one: one.pk)
    return {str(one.jurisdiction_id): one for one in rows}


def whole(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """The meetings with all that `boards_of` reads; the boundaries of units are left out."""
    agenda = AgendaItem.objects.select_related("reporter").defer("reporter__boundary")
    guests = MeetingGuest.objects.select_related("jurisdiction", "organization")
    said = Attendance.objects.select_related("speaker__user", "mandate__user")
    words = MinutesConfirmation.objects.select_related("jurisdiction", "mandate__user")
    return (
        meetings.select_related("plan", "chair", "minutes", "lock")
        .defer("chair__boundary")
        .prefetch_related(
            Prefetch("guests", guests.defer("jurisdiction__boundary")),
            Prefetch("agenda", agenda),
            "agenda__decisions",
            "calls",
            Prefetch("attendances", said),
            "editions",
            Prefetch("editions__confirmations", words.defer("jurisdiction__boundary")),
        )
    )


def boards_of(meetings: Iterable[Meeting]) -> list[Board]:
    """The boards of meetings read by `whole`; three queries more."""
    rows = list(meetings)
    items = [item.pk for one in rows for item in one.agenda.all()]
    plans = {one.plan_id for one in rows}
    tasks: dict[int, list[Task]] = {}
    names = {task_origin(one, item): item.pk for one in rows for item in one.agenda.all()}
    for task in (
        Task.objects.filter(plan__in=plans, origin=Origin.RESOLUTION, origin_id__in=list(names))
        .select_related("owner", "owner_body")
        .defer("owner__boundary")
        .order_by("number")
    ):
        tasks.setdefault(names[task.origin_id], []).append(task)
    ballots: dict[int, list[Ballot]] = {}
    held = Ballot.objects.filter(
        plan__in=plans,
        subject_kind=SubjectKind.MEETING_DECISION,
        subject_id__in=[str(pk) for pk in items],
    )
    for ballot in held.select_related("plan", "end").order_by("-pk"):
        ballots.setdefault(int(ballot.subject_id), []).append(ballot)
    parties: dict[int, set[str]] = {}
    present = Party.objects.filter(plan__in=plans, left_at__isnull=True).order_by()
    for plan_id, code in present.values_list("plan_id", "jurisdiction_id"):
        parties.setdefault(plan_id, set()).add(str(code))
    return [
        Board(
            meeting=one,
            tasks=tasks,
            ballots=ballots,
            parties=frozenset(parties.get(one.plan_id, ())),
        )
        for one in rows
    ]


def task_origin(meeting: Meeting, item: AgendaItem) -> str:
    """How a task names the resolution it came from: the meeting's number and the item."""
    return f"{meeting.number}-{item.pk}"
