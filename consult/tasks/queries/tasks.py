"""Tasks of a plan with where each stands, within what the actor may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localtime

from consult.approval.queries.sight import sees_dossier
from consult.matters.enums import Level
from consult.matters.ladder import steps_of
from consult.tasks.enums import Origin, TaskProgress
from consult.tasks.models import StrikeOff, Task, TaskChange, TaskPartner, TaskReport
from consult.tasks.standing import Assigned, Climbed, Said, Stage, Standing, climbed, standing
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.jurisdictions.queries import overrides
from stakeholders.people.models import Organization
from stakeholders.terms import clock
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import NotVisible

UNITS = ("owner", "owner_body")


@dataclass(frozen=True, kw_only=True)
class TaskState:
    """A task with its standing today. `unit` is who does it now; `owner` its code, None for a
    joint body; `climbed` the step of the ladder it has come to because it is late."""

    task: Task
    standing: Standing
    unit: Jurisdiction | Organization
    partners: Sequence[Jurisdiction]
    changes: Sequence[TaskChange]
    reports: Sequence[TaskReport]
    climbed: Climbed | None = None

    @property
    def owner(self) -> str | None:
        return self.standing.owner

    @property
    def owner_body_id(self) -> int | None:
        return self.standing.owner_body

    @property
    def due_on(self) -> date | None:
        return self.standing.due_on

    @property
    def progress(self) -> str:
        return self.standing.progress

    @property
    def progress_label(self) -> Text:
        return TaskProgress(self.progress).label if self.progress else ""

    @property
    def stage(self) -> Stage:
        return self.standing.stage

    @property
    def is_struck_off(self) -> bool:
        return self.stage is Stage.STRUCK_OFF

    @property
    def is_late(self) -> bool:
        return self.standing.is_late

    @property
    def last_report(self) -> TaskReport | None:
        return self.reports[-1] if self.reports else None

    @property
    def partner_codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.partners)

    @property
    def level_label(self) -> Text:
        return Level(self.climbed.level).label if self.climbed else ""

    def is_of(self, actor: Actor) -> bool:
        """Whether the actor speaks for who does it."""
        if self.owner is not None:
            return actor.role not in OF_ALL_PARTIES and self.owner == actor.jurisdiction_code
        return self.owner_body_id == actor.organization_id


def tasks_of(*, actor: Actor, plan: Plan) -> list[TaskState]:
    """The tasks of a plan that `actor` sees, by number, with where each stands today.

    Who makes the plan and who stands above it sees all; who is consulted sees the task breakdown
    and what it does itself or takes part in. A fixed number of queries.
    """
    rows = visible_tasks(actor=actor, plan=plan)
    return states_of(plan, list(with_story(rows)))


def visible_tasks(*, actor: Actor, plan: Plan) -> QuerySet[Task]:
    rows = Task.objects.filter(plan=plan).order_by("number")
    if sees_dossier(actor=actor, plan=plan):
        return rows
    seen = Q(origin=Origin.BREAKDOWN)
    if actor.jurisdiction_code is not None and actor.speaks:
        code = actor.jurisdiction_code
        taking_part = TaskPartner.objects.filter(jurisdiction=code).values("task")
        seen |= Q(owner=code) | Q(changes__owner=code) | Q(pk__in=taking_part)
    if actor.organization_id is not None:
        seen |= Q(owner_body=actor.organization_id) | Q(changes__owner_body=actor.organization_id)
    return rows.filter(seen).distinct()


def with_story(rows: QuerySet[Task]) -> QuerySet[Task]:
    """With partners, changes, reports and strike-offs: six queries, however many rows."""
    named = ("mandate__user", "mandate__jurisdiction", "mandate__organization")
    changes = TaskChange.objects.select_related("owner", "owner_body", "file", *named)
    strikes = StrikeOff.objects.select_related("jurisdiction", *named)
    reports = TaskReport.objects.select_related("jurisdiction", "file", *named)
    partners = TaskPartner.objects.select_related("jurisdiction")
    return (
        rows.select_related(*UNITS, "item", *named)
        .defer("owner__boundary", "mandate__jurisdiction__boundary")
        .prefetch_related(
            Prefetch("partners", partners.defer("jurisdiction__boundary").order_by("pk")),
            Prefetch(
                "changes",
                changes.defer("owner__boundary", "mandate__jurisdiction__boundary").order_by("pk"),
            ),
            Prefetch(
                "reports",
                reports.defer("jurisdiction__boundary", "mandate__jurisdiction__boundary").order_by(
                    "pk"
                ),
            ),
            Prefetch(
                "reports__strike_off",
                strikes.defer("jurisdiction__boundary", "mandate__jurisdiction__boundary"),
            ),
        )
    )


def states_of(plan: Plan, rows: Sequence[Task]) -> list[TaskState]:
    """The rows, loaded by `with_story`, as they stand today. Two queries where one is late."""
    today = localtime(clock.now()).date()
    found = [_state(one, today) for one in rows]
    if not any(one.is_late for one in found):
        return found
    ladder = [(step.level, step.days) for step in steps_of(plan)]
    calendar = overrides(on=today)
    return [
        TaskState(
            task=one.task,
            standing=one.standing,
            unit=one.unit,
            partners=one.partners,
            changes=one.changes,
            reports=one.reports,
            climbed=climbed(due_on=one.due_on, today=today, ladder=ladder, calendar=calendar)
            if one.is_late and one.due_on
            else None,
        )
        for one in found
    ]


def get_task(*, actor: Actor, plan: Plan, number: int) -> TaskState:
    """One task by its number. NotVisible where there is none, or not for `actor`."""
    rows = visible_tasks(actor=actor, plan=plan).filter(number=number)
    found = states_of(plan, list(with_story(rows)))
    if not found:
        raise NotVisible
    return found[0]


def standing_at(task: Task, *, today: date) -> Standing:
    """Where one task, loaded by `with_story`, stands on a day."""
    return standing(
        given=Assigned(owner=task.owner_id, owner_body=task.owner_body_id, due_on=task.due_on),
        changes=[_assigned(one) for one in task.changes.all()],
        said=[_said(one) for one in task.reports.all()],
        today=today,
    )


def _state(task: Task, today: date) -> TaskState:
    changes = list(task.changes.all())
    now = changes[-1] if changes else task
    unit = now.owner or now.owner_body
    if unit is None:
        raise ValueError("a task has one owner")
    return TaskState(
        task=task,
        standing=standing_at(task, today=today),
        unit=unit,
        partners=[one.jurisdiction for one in task.partners.all()],
        changes=changes,
        reports=list(task.reports.all()),
    )


def _assigned(change: TaskChange) -> Assigned:
    return Assigned(
        owner=change.owner_id,
        owner_body=change.owner_body_id,
        due_on=change.due_on,
        is_dropped=change.is_dropped,
    )


def _said(report: TaskReport) -> Said:
    word: StrikeOff | None = getattr(report, "strike_off", None)
    return Said(
        progress=report.progress,
        percent=report.percent,
        confirms=word.confirms if word else None,
    )


def own_first(rows: Iterable[TaskState], *, actor: Actor) -> list[TaskState]:
    """What the actor's unit does, then what it takes part in, then the rest; each by number."""

    def place(row: TaskState) -> tuple[int, int]:
        if row.is_of(actor):
            return 0, row.task.number
        is_partner = actor.inside is not None and actor.inside in row.partner_codes
        return 1 if is_partner else 2, row.task.number

    return sorted(rows, key=place)
