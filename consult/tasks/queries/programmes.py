"""The yearly programme (年度计划): what is proposed for a year, and how the issued one stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consult.tasks.models import Programme, ProgrammeLine, Task
from consult.tasks.queries.tasks import TaskState, tasks_of
from consult.tasks.standing import Stage
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A task that can stand in the programme of a year; `is_taken`: it does, in the newest edition
    or, where there is none, because it is due by the end of the year."""

    state: TaskState
    is_taken: bool
    text_zh: str = ""
    text_en: str = ""
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """A line of an edition with where its task stands; None where the reader does not see it."""

    line: ProgrammeLine
    state: TaskState

    @property
    def due_on(self) -> date | None:
        return self.line.due_on or self.state.due_on


@dataclass(frozen=True, kw_only=True)
class YearState:
    """One edition with its lines, and how many of them are struck off, done, late."""

    programme: Programme
    lines: Sequence[LineRow]
    today: date

    @property
    def struck_off(self) -> int:
        return sum(one.state.is_struck_off for one in self.lines)

    @property
    def handled(self) -> int:
        return sum(one.state.stage is Stage.HANDLED for one in self.lines)

    @property
    def late(self) -> int:
        return sum(is_line_late(one, today=self.today) for one in self.lines)

    @property
    def total(self) -> int:
        """Of what still counts: a dropped task is done no more."""
        return sum(one.state.stage is not Stage.DROPPED for one in self.lines)

    @property
    def percent(self) -> int:
        return 100 * self.struck_off // self.total if self.total else 0


def is_line_late(row: LineRow, *, today: date) -> bool:
    """Whether the day the programme sets has passed and the task is still open."""
    due = row.due_on
    return row.state.stage is Stage.OPEN and due is not None and due < today


def programmes_of(plan: Plan) -> list[Programme]:
    """Every edition, the newest year and edition first."""
    named = ("mandate__user", "mandate__jurisdiction", "mandate__organization")
    rows = Programme.objects.filter(plan=plan).select_related(*named)
    return list(rows.defer("mandate__jurisdiction__boundary").order_by("-year", "-edition"))


def get_programme(plan: Plan, *, year: int, edition: int | None = None) -> Programme:
    """The newest edition of a year, or the one asked for. NotVisible where there is none."""
    found = [
        one
        for one in programmes_of(plan)
        if one.year == year and (edition is None or one.edition == edition)
    ]
    if not found:
        raise NotVisible
    return found[0]


def year_state(
    *, actor: Actor, programme: Programme, states: Sequence[TaskState], today: date
) -> YearState:
    """The lines whose tasks the reader sees, in the order of the tasks."""
    by_task = {one.task.pk: one for one in states}
    lines = ProgrammeLine.objects.filter(programme=programme).order_by("task__number")
    rows = [
        LineRow(line=one, state=by_task[one.task_id]) for one in lines if one.task_id in by_task
    ]
    return YearState(programme=programme, lines=rows, today=today)


def proposed_for(*, actor: Actor, plan: Plan, year: int) -> list[Proposed]:
    """What can stand in the programme of a year: every task that is not over, taken where it is
    due by the end of the year; of a year with an edition, taken where it stands in it."""
    states = [one for one in tasks_of(actor=actor, plan=plan) if not one.standing.is_over]
    former = Programme.objects.filter(plan=plan, year=year).order_by("-edition").first()
    if former is None:
        end = date(year, 12, 31)
        return [
            Proposed(
                state=one,
                is_taken=one.due_on is not None and one.due_on <= end,
                due_on=one.due_on if one.due_on and one.due_on <= end else None,
            )
            for one in states
        ]
    held = {one.task_id: one for one in former.lines.all()}
    return [
        Proposed(
            state=one,
            is_taken=one.task.pk in held,
            text_zh=held[one.task.pk].text_zh if one.task.pk in held else "",
            text_en=held[one.task.pk].text_en if one.task.pk in held else "",
            due_on=held[one.task.pk].due_on if one.task.pk in held else None,
        )
        for one in states
    ]


def tasks_by_number(plan: Plan, numbers: Sequence[int]) -> dict[int, Task]:
    """Number -> task, without sight: for the acts of the joint office, which sees all."""
    return {one.number: one for one in Task.objects.filter(plan=plan, number__in=numbers)}
