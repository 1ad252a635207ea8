"""What a jurisdiction has to settle before it can leave a plan: matters, shares, allocations.

It stands in this slice because it reads what lies above the joint organization.
"""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.models import Matter
from consult.phase1_organization.sentences import name_of
from plans.projects.models import ProjectParty
from plans.register.models import ItemDraft, Plan
from stakeholders.terms.duty import Blocker


def unsettled(plan: Plan, code: str) -> list[Blocker]:
    """Open matters it is a party of, projects it has a part in, figures allotted to it."""
    return [*_matters(plan, code), *_projects(plan, code), *_allotted(plan, code)]


def _matters(plan: Plan, code: str) -> list[Blocker]:
    rows = Matter.objects.filter(
        plan=plan, jurisdictions=code, opened_at__isnull=False, closed_at__isnull=True
    )
    return [
        Blocker(
            code="matter",
            text=format_lazy(
                _("Matter {key} {title} is open."), key=row.key, title=name_of(row, "title")
            ),
            url=reverse("matters:detail", args=[plan.key, row.key]),
        )
        for row in rows.order_by("key")
    ]


def _projects(plan: Plan, code: str) -> list[Blocker]:
    rows = ProjectParty.objects.filter(project__plan=plan, jurisdiction=code)
    return [
        Blocker(
            code="project",
            text=format_lazy(
                _("It has a part in project {project}."), project=name_of(row.project, "name")
            ),
            url=reverse("projects:detail", args=[plan.key, row.project.key]),
        )
        for row in rows.select_related("project").order_by("project__key")
    ]


def _allotted(plan: Plan, code: str) -> list[Blocker]:
    rows = ItemDraft.objects.filter(
        item__plan=plan, is_removed=False, content__allocations__has_key=code
    )
    return [
        Blocker(
            code="allocation",
            text=format_lazy(_("Indicator {item} allots a figure to it."), item=row.item.key),
            url=reverse("register:item", args=[plan.key, row.item.key]),
        )
        for row in rows.select_related("item").order_by("item__key")
    ]
