"""Organizations: who they belong to, and their mandates as far as the reader sees them."""

from django.db.models import Count, Q, QuerySet

from stakeholders.people.models import Mandate, Organization
from stakeholders.people.queries.held import visible_mandates
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

ORDERS = {"key": "key", "name": "name_zh", "kind": "kind"}


def find_organizations(
    *, text: str = "", kind: str = "", code: str = "", belongs: str = "", order: str = ""
) -> QuerySet[Organization]:
    """Organizations with their jurisdictions; `belongs`: "one", "several" or "none".

    The directory is open to everybody who is signed in.
    """
    rows = Organization.objects.prefetch_related("jurisdictions").order_by("key")
    if text:
        rows = rows.filter(
            Q(name_zh__icontains=text) | Q(name_en__icontains=text) | Q(key__icontains=text)
        )
    if kind:
        rows = rows.filter(kind=kind)
    if code:
        rows = rows.filter(jurisdictions=code)
    if belongs:
        rows = _belonging(rows, belongs)
    name = ORDERS.get(order.removeprefix("-"))
    if name:
        rows = rows.order_by(f"-{name}" if order.startswith("-") else name, "key")
    return rows


def _belonging(rows: QuerySet[Organization], how: str) -> QuerySet[Organization]:
    members = Organization.jurisdictions.through.objects
    all_ = members.values("organization_id")
    if how == "none":
        return rows.exclude(pk__in=all_)
    counted = all_.annotate(number=Count("pk"))
    if how == "several":
        return rows.filter(pk__in=counted.filter(Q(("number__gt", 1))).values("organization_id"))
    return rows.filter(pk__in=counted.filter(Q(("number", 1))).values("organization_id"))


def get_organization(*, actor: Actor, key: str) -> Organization:
    """One organization by its key. NotVisible where there is none or nobody is signed in."""
    row = find_organizations().filter(key=key).first() if actor.user_id else None
    if row is None:
        raise NotVisible
    return row


def mandates_in(*, actor: Actor, organization: Organization) -> QuerySet[Mandate]:
    """The mandates of an organization the actor may see."""
    return visible_mandates(actor=actor).filter(organization=organization)


def departments_of(*, actor: Actor) -> QuerySet[Organization]:
    """The organizations for which the actor, a contact point, may name people."""
    if actor.jurisdiction_code is None:
        return Organization.objects.none()
    return Organization.objects.filter(jurisdictions=actor.jurisdiction_code).order_by("key")
