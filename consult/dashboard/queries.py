"""The plan at a glance, read at constant cost for whoever sees the plan."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.timezone import localtime

from consult.dashboard.counts import Carried, Deed, carried, worst
from consult.desk.sources import DATES
from consult.phase3_identification.queries import standing_reservations
from consult.phase4_implementation.enums import IndicatorState, Progress
from consult.phase4_implementation.models import StatusReport
from consult.phase4_implementation.queries import (
    indicators_of,
    open_cases,
    standings_of,
    wall_of,
)
from consult.tasks.queries import TaskState, tasks_of
from consult.tasks.queries.programmes import programmes_of, year_state
from consult.tasks.standing import Stage
from plans.projects.models import Milestone, Project
from plans.projects.queries import projects_of
from plans.register.enums import ItemKind, Phase
from plans.register.models import Plan, RevisionItem
from plans.register.queries import latest_revision
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text

DATES_SHOWN = 7


@dataclass(frozen=True, kw_only=True)
class NextDate:
    """A day ahead. `title_zh` and `title_en`, or `text` where it has words already."""

    on: date
    url: str
    number: str = ""
    title_zh: str = ""
    title_en: str = ""
    text: Text = ""


@dataclass(frozen=True, kw_only=True)
class Glance:
    """Everything the page says, as counts. `programme`: lines of the year's programme struck off,
    and all of them; None: there is no programme of this year. `reservations`: None before phase 4,
    when those of a sealed sign-off must not show."""

    provisions: Mapping[Carried, int]
    projects: Mapping[Progress | None, int]
    indicators: Mapping[IndicatorState, int]
    cases_open: int
    cases_late: int
    tasks: int
    tasks_done: int
    tasks_late: int
    reservations: int | None
    year: int
    programme: tuple[int, int] | None
    dates: Sequence[NextDate]


def glance_of(*, actor: Actor, plan: Plan) -> Glance:
    """How the plan stands, for `actor`, who sees it. The same queries for any number of rows."""
    now = clock.now()
    tasks = [one for one in tasks_of(actor=actor, plan=plan) if one.stage is not Stage.DROPPED]
    projects = list(projects_of(actor=actor, plan=plan).prefetch_related("provisions"))
    statuses = _statuses(projects)
    cases = open_cases(actor=actor, plan=plan)
    return Glance(
        provisions=_provisions(_provision_ids(plan), tasks, projects, statuses),
        projects=Counter(statuses.values()),
        indicators=Counter(one.state for one in standings_of(indicators_of(plan))),
        cases_open=len(cases),
        cases_late=sum(one.standing.is_late for one in cases),
        tasks=len(tasks),
        tasks_done=sum(one.is_struck_off for one in tasks),
        tasks_late=sum(one.is_late for one in tasks),
        reservations=_reservations(plan),
        year=localtime(now).year,
        programme=_programme(actor, plan, tasks, now),
        dates=_dates(actor, plan, tasks, projects, now),
    )


def _provision_ids(plan: Plan) -> list[int]:
    """The provisions of the text in force, else of the last revision. Their wordings are long and
    not needed to count them."""
    revision = plan.in_force or latest_revision(plan)
    rows = RevisionItem.objects.filter(revision=revision, item__kind=ItemKind.PROVISION)
    return list(rows.values_list("item", flat=True)) if revision else []


def _statuses(projects: Sequence[Project]) -> dict[int, Progress | None]:
    """Project -> the worst newest word of its parties on the whole of it."""
    return {
        line.project.pk: worst(
            cell.report.progress for cell in line.cells if cell.is_party and cell.report
        )
        for line in wall_of(projects).lines
    }


def _provisions(
    provisions: Sequence[int],
    tasks: Sequence[TaskState],
    projects: Sequence[Project],
    statuses: Mapping[int, Progress | None],
) -> Mapping[Carried, int]:
    deeds: dict[int, list[Deed]] = {}
    for one in tasks:
        if one.task.item_id is not None:
            deed = Deed(is_done=one.is_struck_off, has_begun=bool(one.progress))
            deeds.setdefault(one.task.item_id, []).append(deed)
    for project in projects:
        status = statuses[project.pk]
        deed = Deed(is_done=status is Progress.DONE, has_begun=status is not None)
        for item in project.provisions.all():
            deeds.setdefault(item.pk, []).append(deed)
    return Counter(carried(deeds.get(one, ())) for one in provisions)


def _reservations(plan: Plan) -> int | None:
    if plan.phase != Phase.IMPLEMENTATION:
        return None
    return standing_reservations(plan).count()


def _programme(
    actor: Actor, plan: Plan, tasks: Sequence[TaskState], now: datetime
) -> tuple[int, int] | None:
    today = localtime(now).date()
    newest = next((one for one in programmes_of(plan) if one.year == today.year), None)
    if newest is None:
        return None
    state = year_state(actor=actor, programme=newest, states=tasks, today=today)
    return state.struck_off, state.total


def _dates(
    actor: Actor,
    plan: Plan,
    tasks: Sequence[TaskState],
    projects: Sequence[Project],
    now: datetime,
) -> list[NextDate]:
    """The next days: what the calendars of the plan hold, open tasks and milestones."""
    today = localtime(now).date()
    found = [
        NextDate(on=localtime(one.at).date(), url=one.url, text=one.title)
        for source in DATES
        for one in source(plans=[plan], now=now)
        if one.at >= now and one.is_for(actor)
    ]
    found += [
        NextDate(
            on=one.due_on,
            url=reverse("tasks:detail", args=[plan.key, one.task.number]),
            number=str(one.task),
            title_zh=one.task.title_zh,
            title_en=one.task.title_en,
        )
        for one in tasks
        if one.due_on and one.due_on >= today and one.stage is Stage.OPEN
    ]
    found += _milestones(plan, projects, today)
    return sorted(found, key=lambda one: (one.on, one.number))[:DATES_SHOWN]


def _milestones(plan: Plan, projects: Sequence[Project], today: date) -> list[NextDate]:
    said = StatusReport.objects.filter(
        milestone=OuterRef("pk"), jurisdiction=OuterRef("owner")
    ).order_by("-pk")
    rows = (
        Milestone.objects.filter(project__in=[one.pk for one in projects], due_on__gte=today)
        .annotate(said=Subquery(said.values("progress")[:1]))
        .select_related("project")
        .order_by("due_on", "pk")
    )
    return [
        NextDate(
            on=one.due_on,
            url=reverse("implementation:project", args=[plan.key, one.project.key]),
            number=f"{one.project.key}.{one.number}",
            title_zh=one.title_zh,
            title_en=one.title_en,
        )
        for one in rows.filter(Q(said__isnull=True) | ~Q(said=Progress.DONE))[:DATES_SHOWN]
    ]
