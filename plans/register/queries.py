"""Reading plans and revisions, within what the actor may see."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from plans.register.enums import GrantName
from plans.register.models import Item, ItemDraft, Party, Plan, Revision, RevisionItem
from plans.register.reading import Reading, read
from stakeholders.access.queries import (
    grants_by_holder,
    holders_with_grant,
    with_any_grant,
    with_grant,
)
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import RoleName
from stakeholders.people.models import Organization
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import NotVisible


def visible_plans(*, actor: Actor) -> QuerySet[Plan]:
    """The plans `actor` may see: one set-based condition, used by every surface."""
    plans = Plan.objects.all()
    if actor.kind is ActorKind.SYSTEM:
        return plans
    plans = with_grant(plans, group_id=actor.group_id, grant="view")
    return plans.filter(key=actor.plan_key) if actor.plan_key else plans


def visible_to_any(*, actors: Iterable[Actor]) -> QuerySet[Plan]:
    """The plans a person sees under one or another of its mandates. One condition for all.

    It ignores the plan a mandate is limited to: the caller asks `may_touch_plan`.
    """
    groups = {actor.group_id for actor in actors if actor.group_id is not None}
    return with_any_grant(Plan.objects.all(), group_ids=groups, grant="view")


def get_plan(*, actor: Actor, key: str) -> Plan:
    """One plan by its key. NotVisible when it is not there or not for `actor`."""
    plans = visible_plans(actor=actor).select_related("region", "frozen", "in_force")
    plan = plans.filter(key=key).first()
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


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading of a revision with what stands under it."""

    key: str
    title_zh: str
    title_en: str
    readings: list[Reading]


def plan_rows(*, actor: Actor) -> QuerySet[Plan]:
    """The plans `actor` may see, each with `size` (parties) and `last_number` (revision)."""
    last = Revision.objects.filter(plan=OuterRef("pk")).order_by("-number").values("number")[:1]
    parties = Party.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    size = Coalesce(Subquery(parties.values(n=Count("pk"))), 0)
    return (
        visible_plans(actor=actor)
        .select_related("region", "frozen", "in_force")
        .defer("frozen__manifest", "in_force__manifest")
        .annotate(size=size, last_number=Subquery(last))
        .order_by("key")
    )


def parties_of(plan: Plan) -> QuerySet[Party]:
    """The parties with their jurisdictions, outlines included, those who left at the end."""
    return plan.parties.select_related("jurisdiction").order_by("left_at", "jurisdiction_id")


def names_of(codes: Iterable[str]) -> dict[str, Jurisdiction]:
    """Code -> jurisdiction, without its outline. One query."""
    return Jurisdiction.objects.defer("boundary").in_bulk(set(codes))


def readings_of(revision: Revision) -> list[Reading]:
    """The items of a revision in order, as people read them. One query."""
    return [reading_of(entry) for entry in entries_of(revision)]


def titles_of(revision: Revision | None) -> dict[str, str]:
    """Item key -> its sign and title in the revision, for lists that name items. One query."""
    readings = readings_of(revision) if revision else []
    return {one.key: f"{one.number_label} {in_language(one, 'title')}" for one in readings}


def reading_of(entry: RevisionItem) -> Reading:
    return read(
        json.loads(entry.version.content),
        number=entry.number,
        heading=entry.heading,
        change=entry.change,
    )


def sections_of(revision: Revision) -> list[Section]:
    """The revision as it is read: headings of its manifest with their items. One query."""
    titles = {key: (zh, en) for key, zh, en in json.loads(revision.manifest)["headings"]}
    sections = []
    for key, found in groupby(readings_of(revision), lambda reading: reading.heading):
        zh, en = titles.get(key, ("", ""))
        sections.append(Section(key=key, title_zh=zh, title_en=en, readings=list(found)))
    return sections


@dataclass(frozen=True)
class Body:
    """An organization that takes part in a plan without being a party, in one role."""

    organization: Organization
    role: RoleName


def bodies_of(plan: Plan) -> list[Body]:
    """The joint office, drafting team, experts and observers of a plan; two queries."""
    groups = holders_with_grant(target=plan, grant="view").filter(holder__startswith="org-")
    found = [(int(g.holder.removeprefix("org-")), RoleName(g.role)) for g in groups]
    known = Organization.objects.in_bulk([pk for pk, _role in found])
    bodies = [Body(known[pk], role) for pk, role in found if pk in known]
    return sorted(bodies, key=lambda body: (body.organization.key, body.role.value))


def get_body(plan: Plan, *, organization: str, role: str) -> Body:
    """One body of a plan the caller has loaded by `get_plan`. NotVisible when it takes no part."""
    for body in bodies_of(plan):
        if body.organization.key == organization and body.role.value == role:
            return body
    raise NotVisible


@dataclass(frozen=True)
class Granted:
    """What the people of one holder may do on a plan in one role."""

    holder: str
    role: RoleName
    jurisdiction: Jurisdiction | None
    organization: Organization | None
    grants: list[GrantName]


def grants_of(plan: Plan, *, role: str = "", grant: str = "") -> list[Granted]:
    """Who was granted what on a plan, by holder and role; three queries, however many.

    `role` and `grant` leave the role groups that match.
    """
    held = {
        key: grants
        for key, grants in grants_by_holder(target=plan).items()
        if role in ("", key[1]) and (not grant or grant in grants)
    }
    bodies = {h: int(h.removeprefix("org-")) for h, _role in held if h.startswith("org-")}
    organizations = Organization.objects.in_bulk(set(bodies.values()))
    units = names_of(h for h, _role in held if h not in bodies)
    order = list(RoleName)
    return [
        Granted(
            holder=holder,
            role=RoleName(name),
            jurisdiction=units.get(holder),
            organization=organizations.get(bodies.get(holder, 0)),
            grants=[one for one in GrantName if one.value in grants],
        )
        for (holder, name), grants in sorted(
            held.items(), key=lambda row: (row[0][0], order.index(RoleName(row[0][1])))
        )
    ]
