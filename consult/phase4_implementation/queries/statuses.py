"""What the parties reported on projects."""

from collections.abc import Sequence

from django.db.models import QuerySet

from consult.matters.models import Matter
from consult.phase4_implementation.board import Board, Side, Step
from consult.phase4_implementation.models import StatusReport
from consult.phase4_implementation.wall import Wall, lay
from plans.projects.models import Milestone, Project, ProjectParty
from plans.register.models import Plan
from plans.register.queries import visible_plans
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

# Asks for projects that somebody calls blocked.
BLOCKED = "blocked"


def reports_of(*, actor: Actor, plan: Plan) -> QuerySet[StatusReport]:
    """Every status report of a plan, newest first."""
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    return (
        StatusReport.objects.filter(project__plan__in=plans)
        .select_related(
            "project", "milestone", "jurisdiction", "mandate__user", "file", "taken_up__matter"
        )
        .defer("jurisdiction__boundary")
        .order_by("-pk")
    )


def newest_reports(projects: Sequence[int]) -> QuerySet[StatusReport]:
    """What each party says now of each of `projects` (ids) and of each of their milestones."""
    return (
        StatusReport.objects.filter(project__in=projects)
        .order_by("project_id", "milestone_id", "jurisdiction_id", "-pk")
        .distinct("project_id", "milestone_id", "jurisdiction_id")
    )


def wall_of(projects: Sequence[Project]) -> Wall:
    """Each project by each party's newest word on it as a whole. Two queries for any number."""
    keys = [one.pk for one in projects]
    rows = ProjectParty.objects.filter(project__in=keys).select_related("jurisdiction")
    parties: dict[int, list[Jurisdiction]] = {}
    for row in rows.defer("jurisdiction__boundary").order_by("role", "jurisdiction_id"):
        parties.setdefault(row.project_id, []).append(row.jurisdiction)
    said = newest_reports(keys).filter(milestone__isnull=True)
    reports = {(one.project_id, one.jurisdiction_id): one for one in said}
    return lay(projects, parties=parties, reports=reports)


def saying(projects: QuerySet[Project], *, progress: str) -> QuerySet[Project]:
    """Those of `projects` of which some party says `progress` now; `BLOCKED`: on which, or on a
    milestone of which, some party names a blockage now."""
    keys = projects.order_by().values("pk")
    newest = StatusReport.objects.filter(project__in=keys).order_by(
        "project_id", "milestone_id", "jurisdiction_id", "-pk"
    )
    pks = newest.distinct("project_id", "milestone_id", "jurisdiction_id").values("pk")
    found = StatusReport.objects.filter(pk__in=pks, milestone__removed_at__isnull=True)
    if progress == BLOCKED:
        found = found.exclude(blockage_zh="", blockage_en="")
    else:
        found = found.filter(milestone__isnull=True, progress=progress)
    return projects.filter(pk__in=found.values("project"))


def get_report(*, actor: Actor, plan: Plan, project: Project, number: int) -> StatusReport:
    """One report on a project. NotVisible when it is not there or not for `actor`."""
    found = reports_of(actor=actor, plan=plan).filter(project=project, pk=number).first()
    if found is None:
        raise NotVisible
    return found


def is_newest(report: StatusReport) -> bool:
    """Unscoped, for actions: whether its party has not reported on the same subject since."""
    later = StatusReport.objects.filter(
        project=report.project_id,
        milestone=report.milestone_id,
        jurisdiction=report.jurisdiction_id,
        pk__gt=report.pk,
    )
    return not later.exists()


def open_blockages(*, actor: Actor, plan: Plan) -> list[StatusReport]:
    """The blockages parties name now, with the matter each became, by project. One query."""
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    projects = Project.objects.filter(plan__in=plans).values("pk")
    newest = StatusReport.objects.filter(project__in=projects).order_by(
        "project_id", "milestone_id", "jurisdiction_id", "-pk"
    )
    pks = newest.distinct("project_id", "milestone_id", "jurisdiction_id").values("pk")
    found = StatusReport.objects.filter(pk__in=pks, milestone__removed_at__isnull=True)
    return list(
        found.exclude(blockage_zh="", blockage_en="")
        .select_related("project", "milestone", "jurisdiction", "taken_up__matter")
        .defer("jurisdiction__boundary")
        .order_by("project__key", "milestone__number", "jurisdiction_id")
    )


def blockage_of(matter: Matter) -> StatusReport | None:
    """Unscoped: the report whose blockage became this matter."""
    found = StatusReport.objects.filter(taken_up__matter=matter)
    return found.select_related("project", "milestone", "jurisdiction").first()


def boards_of(projects: Sequence[Project]) -> list[Board]:
    """Each project with its milestones and what each party says. Three queries for any number."""
    keys = [one.pk for one in projects]
    milestones = Milestone.objects.filter(project__in=keys).select_related("owner")
    parties = ProjectParty.objects.filter(project__in=keys).select_related("jurisdiction")
    reports = newest_reports(keys).select_related("taken_up__matter", "project", "milestone")
    newest = {(r.project_id, r.milestone_id, r.jurisdiction_id): r for r in reports}
    units: dict[int, list[Jurisdiction]] = {}
    for party in parties.defer("jurisdiction__boundary").order_by("role", "jurisdiction_id"):
        units.setdefault(party.project_id, []).append(party.jurisdiction)
    steps: dict[int, list[Milestone]] = {}
    for one in milestones.defer("owner__boundary").order_by("number"):
        steps.setdefault(one.project_id, []).append(one)
    return [
        Board(
            project=project,
            sides=[
                Side(jurisdiction=unit, report=newest.get((project.pk, None, unit.pk)))
                for unit in units.get(project.pk, [])
            ],
            steps=[
                Step(
                    milestone=one,
                    sides=[
                        Side(jurisdiction=unit, report=newest.get((project.pk, one.pk, unit.pk)))
                        for unit in units.get(project.pk, [])
                    ],
                )
                for one in steps.get(project.pk, [])
            ],
        )
        for project in projects
    ]
