"""Files of a plan and its items, within what the actor may see."""

from django.db.models import QuerySet

from plans.register.enums import BASE_PURPOSES, Classification
from plans.register.models import Attachment, Plan
from stakeholders.terms.errors import NotVisible


def attachments_of(plan: Plan) -> QuerySet[Attachment]:
    """All attachments that stand, in the order they were added. Unscoped: for steps and gates."""
    return plan.attachments.standing().select_related("item", "file").order_by("pk")


def base_attachments(plan: Plan) -> list[Attachment]:
    """The base map and the base figures (底图底数) that stand. Unscoped."""
    return list(attachments_of(plan).filter(purpose__in=[one.value for one in BASE_PURPOSES]))


def visible_attachments(
    plan: Plan, *, sees_draft: bool, item: str = "", purpose: str = "", removed: bool | str = False
) -> QuerySet[Attachment]:
    """The attachments for a reader of the plan; internal ones and those of items that were never
    published are for those who see the draft. `removed` adds those taken out."""
    rows = plan.attachments.select_related("item", "file", "removal").order_by("-pk")
    if not removed:
        rows = rows.standing()
    if not sees_draft:
        rows = rows.exclude(classification=Classification.INTERNAL).exclude(
            item__isnull=False, item__revision_entries__isnull=True
        )
    if item:
        rows = rows.filter(item__key=item)
    return rows.filter(purpose=purpose) if purpose else rows


def in_order(rows: QuerySet[Attachment], order: str) -> QuerySet[Attachment]:
    """Sorted by one of title, purpose, item, openness, added; "-" before it turns it round."""
    name = order.removeprefix("-")
    column = {"title": "title_zh", "item": "item__key", "openness": "classification"}.get(name)
    column = column or {"purpose": "purpose"}.get(name, "pk")
    sign = "-" if order.startswith("-") else ""
    return rows.order_by(f"{sign}{column}", "-pk")


def get_attachment(plan: Plan, *, number: int, sees_draft: bool) -> Attachment:
    """One attachment, removed or not, of a plan loaded by `get_plan`. NotVisible."""
    found = visible_attachments(plan, sees_draft=sees_draft, removed=True).filter(pk=number).first()
    if found is None:
        raise NotVisible
    return found
