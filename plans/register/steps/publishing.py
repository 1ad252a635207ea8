"""Row writes on plans, parties, items, drafts, versions and revisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.register.enums import ChangeKind
from plans.register.models import (
    Item,
    ItemDraft,
    ItemVersion,
    Plan,
    Revision,
    RevisionItem,
)
from plans.register.steps.items import version_content
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor


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


def set_in_force(*, plan: Plan, revision: Revision) -> None:
    """Name the approved revision as the text in force."""
    plan.in_force = revision
    plan.save(update_fields=["in_force"])
