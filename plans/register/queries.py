"""Reading plans and revisions, within what the actor may see."""

from django.db.models import QuerySet

from plans.register.models import Item, ItemDraft, Plan, Revision, RevisionItem
from stakeholders.access.queries import with_grant
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import NotVisible


def visible_plans(*, actor: Actor) -> QuerySet[Plan]:
    """The plans `actor` may see: one set-based condition, used by every surface."""
    plans = Plan.objects.select_related("region", "frozen", "in_force")
    if actor.kind is ActorKind.SYSTEM:
        return plans
    plans = with_grant(plans, group_id=actor.group_id, grant="view")
    return plans.filter(key=actor.plan_key) if actor.plan_key else plans


def get_plan(*, actor: Actor, key: str) -> Plan:
    """One plan by its key. NotVisible when it is not there or not for `actor`."""
    plan = visible_plans(actor=actor).filter(key=key).first()
    if plan is None:
        raise NotVisible
    return plan


def revisions_of(plan: Plan) -> QuerySet[Revision]:
    return plan.revisions.order_by("-number")


def latest_revision(plan: Plan) -> Revision | None:
    return revisions_of(plan).first()


def get_revision(plan: Plan, *, number: int) -> Revision:
    """One revision of a plan the caller has loaded by `get_plan`. NotVisible when missing."""
    revision = plan.revisions.filter(number=number).first()
    if revision is None:
        raise NotVisible
    return revision


def entries_of(revision: Revision) -> QuerySet[RevisionItem]:
    """The items of a revision in order, with item and version."""
    return revision.entries.select_related("item", "version").order_by("position")


def drafts_of(plan: Plan) -> QuerySet[ItemDraft]:
    return ItemDraft.objects.filter(item__plan=plan).select_related("item")


def get_item(plan: Plan, *, key: str) -> Item:
    item = plan.items.filter(key=key).first()
    if item is None:
        raise NotVisible
    return item
