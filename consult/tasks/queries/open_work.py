"""What is open of the tasks and notes of many plans. Unscoped, for duties and dates."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db.models import Prefetch

from consult.tasks.enums import Origin
from consult.tasks.models import (
    Programme,
    SupervisionNote,
    SupervisionReply,
    Task,
    TaskChange,
    TaskReport,
)
from consult.tasks.pressing import NoteStanding
from consult.tasks.queries.notes import standing_of_note
from consult.tasks.queries.tasks import standing_at
from consult.tasks.standing import Standing
from plans.register.models import Party, Plan, Revision
from stakeholders.terms.reading import read_once


@read_once
def standings_of(plans: Collection[int], *, today: date) -> list[tuple[Task, Standing]]:
    """Every task of the plans that is not over, with its standing. Four queries."""
    rows = (
        Task.objects.filter(plan__in=plans)
        .prefetch_related(
            "partners",
            Prefetch("changes", TaskChange.objects.order_by("pk")),
            Prefetch(
                "reports",
                TaskReport.objects.select_related("mandate", "strike_off").order_by("pk"),
            ),
        )
        .order_by("plan_id", "number")
    )
    found = [(one, standing_at(one, today=today)) for one in rows]
    return [(task, standing) for task, standing in found if not standing.is_over]


@read_once
def notes_open(
    plans: Collection[int], *, now: datetime
) -> list[tuple[SupervisionNote, NoteStanding, SupervisionReply | None]]:
    """Every note of the plans with its standing and newest reply. Two queries."""
    rows = (
        SupervisionNote.objects.filter(plan__in=plans)
        .select_related("mandate")
        .prefetch_related(
            Prefetch("replies", SupervisionReply.objects.select_related("verdict").order_by("pk"))
        )
        .order_by("plan_id", "number")
    )
    found = []
    for note in rows:
        replies = list(note.replies.all())
        found.append((note, standing_of_note(note, now=now), replies[-1] if replies else None))
    return found


def plans_without_breakdown(plans: Sequence[Plan]) -> list[tuple[Plan, datetime]]:
    """Plans whose text in force has no task yet, with the time that was published. Two queries at
    most."""
    there = {one.in_force_id: one for one in plans if one.in_force_id}
    if not there:
        return []
    done = set(
        Task.objects.filter(plan__in=plans, origin=Origin.BREAKDOWN).values_list("plan", flat=True)
    )
    waiting = {number: plan for number, plan in there.items() if plan.pk not in done}
    rows = Revision.objects.filter(pk__in=waiting)
    times = dict(rows.values_list("pk", "published_at"))
    return [(plan, times[number]) for number, plan in waiting.items() if number in times]


def years_issued(plans: Collection[int]) -> set[tuple[int, int]]:
    """(plan, year) of every programme there is. One query."""
    return set(Programme.objects.filter(plan__in=plans).values_list("plan_id", "year"))


def present_parties(plans: Collection[int]) -> set[tuple[int, str]]:
    """(plan, code) of who takes part now. One query."""
    rows = Party.objects.filter(plan__in=plans, left_at__isnull=True)
    return set(rows.values_list("plan_id", "jurisdiction_id"))
