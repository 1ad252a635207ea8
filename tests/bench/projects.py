"""The schedule and the status wall of 500 projects of 41 parties, against those of 50: a page of
each costs the same queries, and about the same time, however long the register is.

The whole is gathered and drawn too, against the bare rows it is made of.
"""

from datetime import date, timedelta

from django.utils import timezone

from consult.phase4_implementation.gantt import draw
from consult.phase4_implementation.models import StatusReport
from consult.phase4_implementation.queries import boards_of, newest_reports, wall_of
from plans.projects.models import Milestone, Project, ProjectParty
from plans.projects.queries import rows_of
from plans.register.models import Plan
from stakeholders.terms import clock
from tests.bench.harness import Result, compare
from tests.bench.matrix import Bench

PROJECTS, STEPS, PAGE = 500, 4, 50
TODAY = date(2027, 1, 1)


def seed(plan: Plan, mandate: int, codes: list[str]) -> list[Project]:
    """Every unit takes part in every project, and half of them have reported on it."""
    now = clock.now()
    projects = Project.objects.bulk_create(
        Project(
            plan=plan,
            key=f"P{number:03}",
            name_zh="项目",
            theme="water",
            year_from=2026,
            year_until=2030,
            created_at=now,
        )
        for number in range(PROJECTS)
    )
    ProjectParty.objects.bulk_create(
        (
            ProjectParty(project=one, jurisdiction_id=code, role="partner" if place else "lead")
            for one in projects
            for place, code in enumerate(codes)
        ),
        batch_size=5_000,
    )
    Milestone.objects.bulk_create(
        Milestone(
            project=one,
            number=number + 1,
            title_zh="节点",
            owner_id=codes[number],
            due_on=TODAY + timedelta(days=90 * number),
            weight=25,
        )
        for one in projects
        for number in range(STEPS)
    )
    StatusReport.objects.bulk_create(
        (
            StatusReport(
                project=one, jurisdiction_id=code, progress="late", mandate_id=mandate, at=now
            )
            for one in projects
            for code in codes[::2]
        ),
        batch_size=5_000,
    )
    return projects


def schedule(projects: list[Project]) -> int:
    chart = draw(boards_of(projects), rows_of(projects), today=timezone.localdate())
    return len(chart.bars) if chart else 0


def wall(projects: list[Project]) -> int:
    return len(wall_of(projects).lines)


def rows(projects: list[Project]) -> int:
    """The rows alone, with nothing made of them."""
    list(ProjectParty.objects.filter(project__in=projects).select_related("jurisdiction"))
    list(Milestone.objects.filter(project__in=projects))
    list(newest_reports([one.pk for one in projects]))
    return len(projects)


def run() -> list[Result]:
    bench = Bench(items=1)
    projects = seed(bench.plan, bench.mandate.pk, bench.codes)
    found = []
    for size in (PAGE, PROJECTS):
        some = projects[:size]
        ways = {
            "schedule": lambda some=some: schedule(some),
            "wall": lambda some=some: wall(some),
            "rows": lambda some=some: rows(some),
        }
        found.append(compare(case="projects", size=size, ways=ways, rounds=5))
    return found
