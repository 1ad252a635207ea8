"""Reading joint projects, for whoever sees the plan."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from plans.projects.models import Project, ProjectParty
from plans.register.enums import ItemKind
from plans.register.models import Item, ItemDraft, Plan
from plans.register.queries import latest_revision, visible_plans
from plans.register.rules import sees_draft
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Provision:
    """A provision as it is named on the page of a project."""

    key: str
    number: str
    title_zh: str
    title_en: str


def projects_of(*, actor: Actor, plan: Plan) -> QuerySet[Project]:
    """The projects of a plan in order of number, with their parties and `steps` (milestones)."""
    return (
        projects_seen(actor=actor)
        .filter(plan=plan)
        .select_related("plan", "lead_body", "known")
        .prefetch_related(Prefetch("parties", _parties()))
        .annotate(steps=Count("milestones", filter=Q(milestones__removed_at__isnull=True)))
        .order_by("key")
    )


def projects_seen(*, actor: Actor) -> QuerySet[Project]:
    """The projects of all plans that `actor` sees."""
    return Project.objects.filter(plan__in=visible_plans(actor=actor).values("pk"))


def _parties() -> QuerySet[ProjectParty]:
    units = ProjectParty.objects.select_related("jurisdiction").defer("jurisdiction__boundary")
    return units.order_by("role", "jurisdiction_id")


def get_project(*, actor: Actor, plan: Plan, key: str) -> Project:
    """One project of a plan. NotVisible when it is not there or not for `actor`."""
    found = projects_of(actor=actor, plan=plan).filter(key=key).first()
    if found is None:
        raise NotVisible
    return found


def lead_code_of(project: Project) -> str | None:
    """The code of the jurisdiction that leads, None where a joint body does."""
    leads = ProjectParty.objects.filter(project=project, role="lead")
    return leads.values_list("jurisdiction_id", flat=True).first()


def party_codes(project: Project) -> list[str]:
    found = ProjectParty.objects.filter(project=project).order_by("jurisdiction_id")
    return list(found.values_list("jurisdiction_id", flat=True))


def provisions_of(plan: Plan, *, project: Project | None = None) -> list[Provision]:
    """The provisions of the working draft, or those `project` carries out. Three queries at most.

    Numbers are those of the text in force, else of the last revision.
    """
    drafts = ItemDraft.objects.filter(
        item__plan=plan, item__kind=ItemKind.PROVISION, is_removed=False
    )
    if project is not None:
        drafts = drafts.filter(item__projects=project)
    rows = drafts.values_list("item__key", "content__title__zh", "content__title__en")
    numbers = _numbers(plan)
    found = [
        Provision(key=key, number=numbers.get(key, ""), title_zh=zh or key, title_en=en or "")
        for key, zh, en in rows
    ]
    return sorted(found, key=lambda one: (not one.number, one.number.zfill(9), one.key))


def provisions_seen(*, actor: Actor, plan: Plan) -> list[Provision]:
    """The provisions `actor` may choose from: those of the working draft for who sees drafts, else
    those of the text in force or of the last revision. Four queries at most."""
    if sees_draft(actor=actor, plan=plan):
        return provisions_of(plan)
    revision = plan.in_force or latest_revision(plan)
    if revision is None:
        return []
    rows = revision.entries.filter(item__kind=ItemKind.PROVISION).order_by("position")
    found = []
    for key, number, content in rows.values_list("item__key", "number", "version__content"):
        title = json.loads(content)["content"].get("title") or {}
        zh, en = str(title.get("zh") or key), str(title.get("en") or "")
        found.append(Provision(key=key, number=number, title_zh=zh, title_en=en))
    return found


def _numbers(plan: Plan) -> dict[str, str]:
    revision = plan.in_force or latest_revision(plan)
    if revision is None:
        return {}
    return dict(revision.entries.values_list("item__key", "number"))


def items_by_key(plan: Plan, *, keys: Iterable[str]) -> dict[str, Item]:
    """Unscoped, for actions: the provisions of a plan among `keys`."""
    found = Item.objects.filter(plan=plan, kind=ItemKind.PROVISION, key__in=list(keys))
    return {item.key: item for item in found}


def names_in(plan: Plan) -> list[str]:
    """Unscoped, for the check of editorial claims: what the plan's projects are called."""
    rows = Project.objects.filter(plan=plan).values_list("name_zh", "name_en")
    return [name for pair in rows for name in pair if name]


def candidates(plan: Plan, *, project: Project | None = None) -> QuerySet[Jurisdiction]:
    """Who can be named in a project's form: the parties of the plan and those already named."""
    named = Jurisdiction.objects.filter(parties__plan=plan, parties__left_at__isnull=True)
    codes = set(named.values_list("pk", flat=True))
    if project is not None:
        codes |= set(party_codes(project))
    return Jurisdiction.objects.filter(pk__in=codes).defer("boundary").order_by("code")
