"""What an agenda could take up: open matters, cases and warnings, late projects and tasks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.queries import visible_matters
from consult.meetings.board import Board
from consult.meetings.enums import Source
from consult.phase4_implementation.enums import Progress
from consult.phase4_implementation.queries import boards_of as project_boards
from consult.phase4_implementation.queries import open_cases, warnings_of
from consult.tasks.queries import tasks_of
from plans.projects.queries import projects_of
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text

MOST = 60  # a longer agenda nobody gets through


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One thing that is open: what it is, why it is proposed, and who would report on it."""

    source: Source
    source_id: str
    title_zh: str
    title_en: str
    why: Text
    url: str
    reporter: str | None = None


def proposals_for(*, actor: Actor, plan: Plan, board: Board, at: datetime) -> list[Proposal]:
    """What is open and not on the agenda yet, matters at the meeting's own step first.

    A constant number of queries.
    """
    taken = {(point.item.source, point.item.source_id) for point in board.points}
    found = [
        *_matters(actor, plan, board.meeting.level, at),
        *_cases(actor, plan),
        *_warnings(actor, plan),
        *_projects(actor, plan),
        *_tasks(actor, plan),
    ]
    return [one for one in found if (one.source.value, one.source_id) not in taken][:MOST]


def _matters(actor: Actor, plan: Plan, level: str, at: datetime) -> Iterator[Proposal]:
    rows = visible_matters(actor=actor, plan=plan).filter(closed_at__isnull=True)
    for one in sorted(
        rows, key=lambda row: (row.level != level, row.due_at is None, row.due_at, row.pk)
    ):
        why = format_lazy(_("open at: {level}"), level=one.get_level_display())
        if one.level == level:
            why = _("open at the step of this meeting")
        if one.due_at and one.due_at < at:
            why = format_lazy(_("{why}, overdue"), why=why)
        yield Proposal(
            source=Source.MATTER,
            source_id=one.key,
            title_zh=one.title_zh,
            title_en=one.title_en,
            why=why,
            url=reverse("matters:detail", args=[plan.key, one.key]),
        )


def _cases(actor: Actor, plan: Plan) -> Iterator[Proposal]:
    for one in sorted(open_cases(actor=actor, plan=plan), key=lambda row: row.case.number)[:MOST]:
        reading = one.reading
        yield Proposal(
            source=Source.CASE,
            source_id=str(one.case.number),
            title_zh=f"预警处置 {one.case}：{reading.item.key}（{reading.period}）",
            title_en=f"Case {one.case}: {reading.item.key} ({reading.period})",
            why=_("case without an end, overdue")
            if one.standing.is_late
            else _("case without an end"),
            url=reverse("implementation:case", args=[plan.key, one.case.number]),
            reporter=str(reading.jurisdiction_id) if reading.jurisdiction_id else None,
        )


def _warnings(actor: Actor, plan: Plan) -> Iterator[Proposal]:
    rows = warnings_of(actor=actor, plan=plan).filter(case__isnull=True)
    for one in rows[:MOST]:
        reading = one.reading
        yield Proposal(
            source=Source.WARNING,
            source_id=str(one.pk),
            title_zh=f"指标预警：{reading.item.key}（{reading.period}）",
            title_en=f"Warning: {reading.item.key} ({reading.period})",
            why=_("warning without a case"),
            url=reverse("implementation:warning", args=[plan.key, one.pk]),
            reporter=str(reading.jurisdiction_id) if reading.jurisdiction_id else None,
        )


def _projects(actor: Actor, plan: Plan) -> Iterator[Proposal]:
    for board in project_boards(list(projects_of(actor=actor, plan=plan))):
        reports = [side.report for side in board.sides if side.report]
        if not any(one.progress in (Progress.LATE, Progress.AT_RISK) for one in reports):
            continue
        yield Proposal(
            source=Source.PROJECT,
            source_id=board.project.key,
            title_zh=board.project.name_zh,
            title_en=board.project.name_en,
            why=_("reported late or at risk"),
            url=reverse("implementation:project", args=[plan.key, board.project.key]),
        )


def _tasks(actor: Actor, plan: Plan) -> Iterator[Proposal]:
    late = [one for one in tasks_of(actor=actor, plan=plan) if one.is_late]
    late.sort(key=lambda one: (one.due_on or date.max, one.task.number))
    for one in late[:MOST]:
        yield Proposal(
            source=Source.TASK,
            source_id=str(one.task.number),
            title_zh=one.task.title_zh,
            title_en=one.task.title_en,
            why=format_lazy(_("due {day}, not done"), day=one.due_on),
            url=reverse("tasks:detail", args=[plan.key, one.task.number]),
            reporter=one.owner,
        )
