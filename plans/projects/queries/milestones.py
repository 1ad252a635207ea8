"""Reading milestones: as they stand, what they said before, what waits for what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from plans.projects.models import Milestone, MilestoneChange, MilestoneNeed, Project
from plans.projects.needs import Need, too_early
from plans.register.models import Plan
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Linked:
    """A milestone that another one needs, or that needs it."""

    milestone: Milestone
    is_too_early: bool

    @property
    def name(self) -> str:
        return name_of(self.milestone)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A milestone with its first date, what it said before, and what it waits for."""

    milestone: Milestone
    changes: Sequence[MilestoneChange]
    needs: Sequence[Linked]
    needed_by: Sequence[Linked]

    @property
    def name(self) -> str:
        return name_of(self.milestone)

    @property
    def first_due_on(self) -> date:
        return self.changes[0].due_on if self.changes else self.milestone.due_on

    @property
    def slipped(self) -> int:
        """By how many days it is later than first said; negative: earlier."""
        return (self.milestone.due_on - self.first_due_on).days

    @property
    def gained(self) -> int:
        return -self.slipped

    @property
    def is_too_early(self) -> bool:
        """Whether it is due before something it needs."""
        return any(one.is_too_early for one in self.needs)


def name_of(milestone: Milestone) -> str:
    """Project and number: PJ1.2."""
    return f"{milestone.project.key}.{milestone.number}"


def milestones_of(project: Project) -> QuerySet[Milestone]:
    found = Milestone.objects.filter(project=project).select_related("owner", "project")
    return found.defer("owner__boundary").order_by("number")


def get_milestone(project: Project, *, number: int) -> Milestone:
    """One milestone of a project the reader sees. NotVisible when it is not there (any more)."""
    found = milestones_of(project).filter(number=number).first()
    if found is None:
        raise NotVisible
    return found


def rows_of(projects: Sequence[Project]) -> dict[int, list[Row]]:
    """Project (id) -> its milestones in order. Three queries for any number of projects."""
    milestones = list(
        Milestone.objects.filter(project__in=projects)
        .select_related("owner", "project")
        .defer("owner__boundary")
        .order_by("project_id", "number")
    )
    changes = changes_of(milestones)
    before, after = _linked(milestones)
    found: dict[int, list[Row]] = {project.pk: [] for project in projects}
    for one in milestones:
        row = Row(
            milestone=one,
            changes=changes.get(one.pk, []),
            needs=before.get(one.pk, []),
            needed_by=after.get(one.pk, []),
        )
        found[one.project_id].append(row)
    return found


def changes_of(milestones: Iterable[Milestone]) -> dict[int, list[MilestoneChange]]:
    """Milestone (id) -> what it said before, oldest first. One query."""
    found: dict[int, list[MilestoneChange]] = {}
    rows = MilestoneChange.objects.filter(milestone__in=list(milestones)).order_by("pk")
    for row in rows.select_related("owner", "mandate__user").defer("owner__boundary"):
        found.setdefault(row.milestone_id, []).append(row)
    return found


def removed_of(project: Project) -> list[MilestoneChange]:
    """What the milestones taken out said last, with the reason. One query."""
    rows = MilestoneChange.objects.filter(
        milestone__project=project, milestone__removed_at__isnull=False
    )
    newest = rows.order_by("milestone_id", "-pk").distinct("milestone_id")
    shown = newest.select_related("owner", "mandate__user", "milestone")
    return list(shown.defer("owner__boundary"))


def _linked(
    milestones: Sequence[Milestone],
) -> tuple[Mapping[int, list[Linked]], Mapping[int, list[Linked]]]:
    """What each needs and what needs it, also across projects. One query."""
    keys = [one.pk for one in milestones]
    rows = MilestoneNeed.objects.filter(milestone__in=keys) | MilestoneNeed.objects.filter(
        needs__in=keys
    )
    named = rows.select_related("milestone__project", "needs__project").order_by("pk")
    dates: dict[int, date] = {}
    pairs = list(named)
    for row in pairs:
        dates |= {row.milestone_id: row.milestone.due_on, row.needs_id: row.needs.due_on}
    wrong = too_early(dates, [(row.milestone_id, row.needs_id) for row in pairs])
    before: dict[int, list[Linked]] = {}
    after: dict[int, list[Linked]] = {}
    for row in pairs:
        is_wrong = (row.milestone_id, row.needs_id) in wrong
        needed = Linked(milestone=row.needs, is_too_early=is_wrong)
        waiting = Linked(milestone=row.milestone, is_too_early=is_wrong)
        before.setdefault(row.milestone_id, []).append(needed)
        after.setdefault(row.needs_id, []).append(waiting)
    return before, after


def needs_in(plan: Plan) -> list[Need]:
    """Unscoped, for actions: every need of a plan."""
    rows = MilestoneNeed.objects.filter(milestone__project__plan=plan)
    return list(rows.values_list("milestone", "needs"))


def milestones_by_name(plan: Plan, *, names: Iterable[str]) -> dict[str, Milestone]:
    """Unscoped, for actions: the milestones of a plan among `names` (PJ1.2). One query."""
    asked = set(names)
    keys = {name.rpartition(".")[0] for name in asked}
    rows = Milestone.objects.filter(project__plan=plan, project__key__in=keys)
    found = {name_of(one): one for one in rows.select_related("project")}
    return {name: one for name, one in found.items() if name in asked}
