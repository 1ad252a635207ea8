"""Reading plans and revisions, within what the actor may see."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from plans.register.enums import Stage
from plans.register.manifest import bundle_text
from plans.register.models import Item, ItemDraft, ItemVersion, Plan, Revision, RevisionItem
from plans.register.reading import Reading, read
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.errors import NotVisible


def revisions_of(plan: Plan) -> QuerySet[Revision]:
    return plan.revisions.order_by("-number")


def whole_revisions(rows: QuerySet[Revision]) -> QuerySet[Revision]:
    """Those that hold the whole text: a part adopted first says nothing of the rest of the plan."""
    return rows.exclude(stage=Stage.ADOPTED_PART)


def newest_revisions() -> QuerySet[Revision]:
    """Unscoped: `latest_revision` of every plan."""
    later = Revision.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    return whole_revisions(Revision.objects.filter(~Exists(whole_revisions(later))))


def latest_revision(plan: Plan) -> Revision | None:
    """The newest state of the whole plan."""
    return whole_revisions(revisions_of(plan)).first()


def approved_since(revision: Revision, *, item_id: int) -> RevisionItem | None:
    """The item in the approved text, where that came after this revision and words it otherwise."""
    newest = latest_revision(revision.plan)
    if newest is None or newest.number <= revision.number or newest.stage != Stage.APPROVED:
        return None
    found = {
        entry.revision_id: entry
        for entry in RevisionItem.objects.filter(
            revision__in=(revision, newest), item_id=item_id
        ).select_related("version", "revision")
    }
    now, then = found.get(newest.pk), found.get(revision.pk)
    if now is None or then is None or now.version_id == then.version_id:
        return None
    return now


def revision_before(revision: Revision) -> Revision | None:
    """The state of the whole plan before this revision; the numbers between them are parts."""
    rows = Revision.objects.filter(plan=revision.plan_id, number__lt=revision.number)
    return whole_revisions(rows).defer("manifest").order_by("-number").first()


def former_number(revision: Revision) -> int | None:
    """The number of the state before, for the differences from it; None for the first and for a
    part, which would only show the rest of the plan as taken out."""
    former = None if revision.is_part else revision_before(revision)
    return former.number if former else None


def get_whole_revision(plan: Plan, *, number: int) -> Revision:
    """`get_revision` of a state of the whole plan. NotVisible for a part."""
    revision = get_revision(plan, number=number)
    if revision.is_part:
        raise NotVisible
    return revision


def get_revision(plan: Plan, *, number: int) -> Revision:
    """One revision of a plan the caller has loaded by `get_plan`. NotVisible when missing."""
    revision = plan.revisions.filter(number=number).first()
    if revision is None:
        raise NotVisible
    return revision


def entries_of(revision: Revision) -> QuerySet[RevisionItem]:
    """The items of a revision in order, with item and version."""
    return revision.entries.select_related("item", "version").order_by("position")


class Held(NamedTuple):
    """Where a revision holds an item, and by which hash; no wording is read for it."""

    item_id: int
    version_id: int
    hash: str
    number: str
    heading: str


def held_by(revision: Revision) -> dict[int, Held]:
    """Item id -> where the revision holds it, in order. One query, whatever the texts weigh."""
    rows = revision.entries.order_by("position").values_list(
        "item_id", "version_id", "version__hash", "number", "heading"
    )
    return {row[0]: Held(*row) for row in rows}


def bundle_of(revision: Revision) -> str:
    """A revision with the wordings of all its items, as `standalone.py` verifies it. One query."""
    rows = revision.entries.values_list("item__key", "version__content")
    return bundle_text(manifest=revision.manifest, digest=revision.hash, contents=dict(rows))


def canonical_contents(versions: Iterable[int]) -> dict[int, str]:
    """Version id -> canonical content. One query."""
    rows = ItemVersion.objects.filter(pk__in=list(versions))
    return dict(rows.values_list("pk", "content"))


def drafts_of(plan: Plan) -> QuerySet[ItemDraft]:
    return ItemDraft.objects.filter(item__plan=plan).select_related("item")


def get_item(plan: Plan, *, key: str) -> Item:
    item = plan.items.filter(key=key).first()
    if item is None:
        raise NotVisible
    return item


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
