"""Row writes on plans, parties, items, drafts, versions and revisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from plans.register.enums import ChangeKind
from plans.register.models import (
    Item,
    ItemDraft,
    ItemVersion,
    Party,
    Plan,
    Revision,
    RevisionItem,
)
from plans.register.rules import grants_for
from stakeholders.access import steps as access
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A chapter as the manifest holds it."""

    key: str
    title_zh: str
    title_en: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an item stands in the next revision."""

    item: Item
    number: str
    heading: str = ""


def add_party(*, plan: Plan, code: str, role: str, must_sign: bool, weight: str = "1") -> Party:
    """Make a jurisdiction a party and give its role groups their grants on the plan."""
    party, _created = Party.objects.update_or_create(
        plan=plan,
        jurisdiction_id=code,
        defaults={
            "role": role,
            "must_sign": must_sign,
            "weight": weight,
            "joined_at": clock.now(),
            "left_at": None,
        },
    )
    # The coordinator is named by the convenor for this plan (`give_role`), not by being a party.
    grants = {
        group_role.value: grants
        for group_role, grants in grants_for(party_role=role).items()
        if group_role is not Role.COORDINATOR
    }
    # Who takes part in another role than before keeps nothing of the former one.
    others = [one.value for one in Role if one is not Role.COORDINATOR]
    access.revoke(holder=code, roles=others, target=plan)
    access.give(holder=code, grants=grants, target=plan)
    return party


def give_role(*, plan: Plan, holder: str, role: Role, party_role: str = "convenor") -> None:
    """Give one role group its grants on the plan (the coordinator, a joint body, an expert)."""
    grants = grants_for(party_role=party_role)[role]
    access.give(holder=holder, grants={role.value: grants}, target=plan)


def take_role(*, plan: Plan, holder: str, role: Role) -> int:
    """Take all grants of one role group on the plan back; how many there were."""
    return access.revoke(holder=holder, roles=[role.value], target=plan)


def lock_plan(plan: Plan) -> Plan:
    """The plan's row, locked until the end of the transaction, as it stands now."""
    return Plan.objects.select_for_update().get(pk=plan.pk)


def create_item(
    *,
    plan: Plan,
    key: str,
    kind: str,
    content: Mapping[str, object],
    strength: str,
    concerned: Sequence[str],
    actor: Actor,
    competence: str = "county",
    is_given: bool = False,
    given_source: str = "",
) -> Item:
    """A new item with its first draft. `content` is the JSON shape of its kind."""
    now = clock.now()
    item = Item.objects.create(plan=plan, key=key, kind=kind, created_at=now)
    ItemDraft.objects.create(
        item=item,
        content=dict(content),
        strength=strength,
        competence=competence,
        is_given=is_given,
        given_source=given_source,
        concerned=sorted(set(concerned)),
        edited_at=now,
        edited_mandate_id=actor.mandate_id,
    )
    return item


def edit_draft(
    *, draft: ItemDraft, edits: int, actor: Actor, changes: Mapping[str, object]
) -> ItemDraft:
    """Save `changes` (fields of ItemDraft) if nobody saved since `edits` was read.

    Raises Conflict carrying the present draft when somebody did.
    """
    draft = ItemDraft.objects.select_for_update().select_related("item").get(pk=draft.pk)
    if draft.edits != edits:
        raise Conflict(_("Somebody saved this item after you opened it."), theirs=draft)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.concerned = sorted(set(draft.concerned))
    draft.edits += 1
    draft.edited_at = clock.now()
    draft.edited_mandate_id = actor.mandate_id
    draft.save()
    return draft


def version_content(draft: ItemDraft) -> dict[str, object]:
    """What the hash of a version covers: everything but number and place."""
    return {
        "item": draft.item.key,
        "kind": draft.item.kind,
        "content": draft.content,
        "strength": draft.strength,
        "competence": draft.competence,
        "given": draft.is_given,
        "given_source": draft.given_source,
        "concerned": sorted(draft.concerned),
    }


def publish_revision(
    *,
    plan: Plan,
    actor: Actor,
    stage: str,
    headings: Sequence[Heading],
    places: Sequence[Place],
    changes: Mapping[str, str],
    charter_version: str,
    note_zh: str = "",
    note_en: str = "",
) -> Revision:
    """Freeze the drafts of `places`, in that order, into the next revision.

    Knows no kinds: provisions, indicators and map features come alike. `changes` is item key ->
    ChangeKind against the revision before. The caller holds the plan's row lock.
    """
    now = clock.now()
    drafts = {
        d.item_id: d for d in ItemDraft.objects.filter(item__plan=plan).select_related("item")
    }
    versions = _versions([drafts[p.item.pk] for p in places])
    last = plan.revisions.order_by("-number").first()
    number = last.number + 1 if last else 1
    manifest = _manifest(plan, number, stage, headings, places, versions, charter_version)
    revision = Revision.objects.create(
        plan=plan,
        number=number,
        stage=stage,
        manifest=manifest,
        hash=canonical.digest(manifest),
        published_at=now,
        published_mandate_id=actor.mandate_id,
        note_zh=note_zh,
        note_en=note_en,
    )
    RevisionItem.objects.bulk_create(
        [
            RevisionItem(
                revision=revision,
                item=place.item,
                version=versions[place.item.pk],
                position=position,
                number=place.number,
                heading=place.heading,
                change=changes.get(place.item.key, ChangeKind.ADDED.value),
            )
            for position, place in enumerate(places, start=1)
        ]
    )
    return revision


def _manifest(
    plan: Plan,
    number: int,
    stage: str,
    headings: Sequence[Heading],
    places: Sequence[Place],
    versions: Mapping[int, ItemVersion],
    charter_version: str,
) -> str:
    """The canonical text a revision's hash covers; numbers and order stand here, not in items."""
    return canonical.canonical(
        {
            "plan": plan.key,
            "number": number,
            "stage": stage,
            "title": {"zh": plan.title_zh, "en": plan.title_en},
            "horizon": [plan.horizon_from, plan.horizon_until],
            "authentic_language": plan.authentic_language,
            "charter": charter_version,
            "headings": [[h.key, h.title_zh, h.title_en] for h in headings],
            "items": [
                [p.item.key, p.item.kind, p.number, p.heading, versions[p.item.pk].hash]
                for p in places
            ],
            "attachments": [],
        }
    )


def _versions(drafts: Sequence[ItemDraft]) -> dict[int, ItemVersion]:
    """Item id -> its version with the draft's content, new rows only for new wordings."""
    texts = {d.item_id: canonical.canonical(version_content(d)) for d in drafts}
    hashes = {pk: canonical.digest(text) for pk, text in texts.items()}
    known = {
        v.item_id: v
        for v in ItemVersion.objects.filter(item__in=texts)
        if v.hash == hashes[v.item_id]
    }
    now = clock.now()
    new = [
        ItemVersion(
            item_id=d.item_id,
            content=texts[d.item_id],
            strength=d.strength,
            competence=d.competence,
            is_given=d.is_given,
            concerned=sorted(d.concerned),
            hash=hashes[d.item_id],
            created_at=now,
        )
        for d in drafts
        if d.item_id not in known
    ]
    for version in ItemVersion.objects.bulk_create(new):
        known[version.item_id] = version
    return known


def freeze(*, plan: Plan, revision: Revision | None, reason: str = "") -> None:
    """Name the frozen revision, or lift the lock with None."""
    plan.frozen = revision
    plan.lock_reason = reason
    plan.save(update_fields=["frozen", "lock_reason"])


def set_phase(*, plan: Plan, phase: int) -> None:
    plan.phase = phase
    plan.save(update_fields=["phase"])


def set_in_force(*, plan: Plan, revision: Revision) -> None:
    """Name the approved revision as the text in force."""
    plan.in_force = revision
    plan.save(update_fields=["in_force"])
