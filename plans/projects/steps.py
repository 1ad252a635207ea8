"""Row writes on joint projects, their parties and milestones."""

from datetime import date
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from plans.projects.models import Milestone, Project, ProjectParty
from plans.projects.queries import items_by_key
from plans.projects.sheet import Sheet
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict


def create_project(*, plan: Plan, key: str, sheet: Sheet) -> Project:
    """A new project with its parties and provisions."""
    project = Project(plan=plan, key=key, created_at=clock.now(), edits=0)
    return _write(project, sheet)


def save_project(*, project: Project, edits: int, sheet: Sheet) -> Project:
    """Replace everything the sheet holds, if nobody saved since `edits` was read.

    `project` is the locked row. Raises Conflict carrying it when somebody did.
    """
    if project.edits != edits:
        raise Conflict(_("Somebody saved this project after you opened it."), theirs=project)
    return _write(project, sheet)


def _write(project: Project, sheet: Sheet) -> Project:
    for name in (
        "name_zh",
        "name_en",
        "theme",
        "description_zh",
        "description_en",
        "place_zh",
        "place_en",
        "budget",
        "year_from",
        "year_until",
        "lead_body",
    ):
        setattr(project, name, getattr(sheet, name))
    project.edits += 1
    project.save()
    project.provisions.set(items_by_key(project.plan, keys=sheet.provisions).values())
    ProjectParty.objects.filter(project=project).delete()
    ProjectParty.objects.bulk_create(
        [
            ProjectParty(
                project=project,
                jurisdiction_id=one.code,
                role=one.role,
                cost_share=one.cost_share,
                benefit_share=one.benefit_share,
                basis_zh=one.basis_zh,
                basis_en=one.basis_en,
            )
            for one in sheet.parties
        ]
    )
    return project


def lock_project(project: Project) -> Project:
    """The project's row, locked until the end of the transaction, as it stands now."""
    locked = Project.objects.select_for_update(of=("self",)).select_related("plan")
    return locked.get(pk=project.pk)


def create_milestone(
    *, project: Project, title_zh: str, title_en: str, owner: str, due_on: date, weight: Decimal
) -> Milestone:
    """The next milestone of a project; `project` is the locked row."""
    last = Milestone.objects.filter(project=project).aggregate(last=Max("number"))["last"]
    return Milestone.objects.create(
        project=project,
        number=(last or 0) + 1,
        title_zh=title_zh,
        title_en=title_en,
        owner_id=owner,
        due_on=due_on,
        weight=weight,
    )
