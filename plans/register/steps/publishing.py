"""Row writes on plans, parties, items, drafts, versions and revisions."""

from collections.abc import Mapping, Sequence

from django.db.models import Max

from plans.register.enums import ChangeKind
from plans.register.manifest import (
    Heading,
    Place,
    Sealed,
    attachment_rows,
    manifest_text,
    seal,
)
from plans.register.models import (
    ItemDraft,
    ItemVersion,
    Plan,
    Revision,
    RevisionItem,
)
from plans.register.queries import attachments_of
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor


def publish_revision(
    *,
    plan: Plan,
    actor: Actor,
    stage: str,
    headings: Sequence[Heading],
    places: Sequence[Place],
    changes: Mapping[str, str],
    charter_version: str,
    sealed: Mapping[int, Sealed] | None = None,
    note_zh: str = "",
    note_en: str = "",
) -> Revision:
    """Freeze the drafts of `places`, in that order, into the next revision.

    Knows no kinds: provisions, indicators and map features come alike. `changes` is item key ->
    ChangeKind against the revision before. `sealed` (item id -> wording) is what a caller that
    holds the plan's row lock has computed from the drafts already.
    """
    now = clock.now()
    held = [p.item.draft for p in places] if sealed else _fresh_drafts(plan, places)
    wordings = sealed or {d.item_id: seal(d) for d in held}
    versions = _versions(wordings, held)
    number = (plan.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    manifest = manifest_text(
        plan=plan,
        number=number,
        stage=stage,
        headings=headings,
        places=places,
        hashes={pk: one.hash for pk, one in wordings.items()},
        charter_version=charter_version,
        attachments=attachment_rows(attachments_of(plan)),
    )
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
                version_id=versions[place.item.pk],
                position=position,
                number=place.number,
                heading=place.heading,
                change=changes.get(place.item.key, ChangeKind.ADDED.value),
            )
            for position, place in enumerate(places, start=1)
        ]
    )
    return revision


def _fresh_drafts(plan: Plan, places: Sequence[Place]) -> list[ItemDraft]:
    wanted = {place.item.pk for place in places}
    drafts = ItemDraft.objects.filter(item__plan=plan).select_related("item")
    return [one for one in drafts if one.item_id in wanted]


def _versions(sealed: Mapping[int, Sealed], drafts: Sequence[ItemDraft]) -> dict[int, int]:
    """Item id -> id of its version with the draft's content, new rows only for new wordings."""
    known = {
        item_id: pk
        for pk, item_id, digest in ItemVersion.objects.filter(
            item__in=sealed, hash__in={one.hash for one in sealed.values()}
        ).values_list("pk", "item_id", "hash")
        if digest == sealed[item_id].hash
    }
    now = clock.now()
    new = [
        ItemVersion(
            item_id=d.item_id,
            content=sealed[d.item_id].text,
            strength=d.strength,
            competence=d.competence,
            is_given=d.is_given,
            concerned=sorted(d.concerned),
            hash=sealed[d.item_id].hash,
            created_at=now,
        )
        for d in drafts
        if d.item_id not in known
    ]
    return known | {one.item_id: one.pk for one in ItemVersion.objects.bulk_create(new)}


def freeze(*, plan: Plan, revision: Revision | None, reason: str = "") -> None:
    """Name the frozen revision, or lift the lock with None."""
    plan.frozen = revision
    plan.lock_reason = reason
    plan.save(update_fields=["frozen", "lock_reason"])


def set_in_force(*, plan: Plan, revision: Revision) -> None:
    """Name the approved revision as the text in force."""
    plan.in_force = revision
    plan.save(update_fields=["in_force"])
