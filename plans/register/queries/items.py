"""One item through its versions: what each says, which revisions hold it, whence it came."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from plans.register.enums import Stage
from plans.register.manifest import SHORT, hex_of, version_content
from plans.register.models import (
    ConcernChange,
    Item,
    ItemDraft,
    ItemVersion,
    Lineage,
    Plan,
    RevisionItem,
)
from plans.register.queries.plans import visible_plans
from plans.register.queries.revisions import get_item
from plans.register.reading import Reading, read
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


def free_key(plan: Plan, *, stem: str) -> str:
    """The first of `stem-1`, `stem-2` and so on that is no item's key. One query."""
    taken = set(plan.items.values_list("key", flat=True))
    numbers = range(1, len(taken) + 2)
    return next(f"{stem}-{n}" for n in numbers if f"{stem}-{n}" not in taken)


@dataclass(frozen=True)
class HeldVersion:
    """A version with the entries of the revisions that hold it, newest first."""

    version: ItemVersion
    entries: list[RevisionItem] = field(default_factory=list)

    @property
    def hex(self) -> str:
        return hex_of(self.version.hash)

    @property
    def short(self) -> str:
        return self.hex[:SHORT]

    @cached_property
    def reading(self) -> Reading:
        """The wording under the number of the newest revision that holds it."""
        entry = self.entries[0]
        return read(json.loads(self.version.content), number=entry.number, heading=entry.heading)


@dataclass(frozen=True, kw_only=True)
class Kin:
    """An item this one came from, or that came from it; its sign and title as last published."""

    key: str
    kind: str
    reading: Reading

    @property
    def label(self) -> str:
        """ "Article 5 Taipu River", or the title alone where it has no number yet."""
        title = in_language(self.reading, "title")
        return f"{self.reading.number_label} {title}" if self.reading.number else title


def visible_item(plan: Plan, *, key: str, sees_draft: bool) -> Item:
    """One item; for whom the draft is not there only if it was published. NotVisible."""
    item = get_item(plan, key=key)
    if not sees_draft and not item.revision_entries.exists():
        raise NotVisible
    return item


def item_rows(plan: Plan, *, sees_draft: bool) -> QuerySet[Item]:
    """The items of a plan, each with the wording, hash, number and revision it was last published
    with, and how many versions it has. One query."""
    entries = (
        RevisionItem.objects.filter(item=OuterRef("pk"))
        .exclude(revision__stage=Stage.ADOPTED_PART)
        .order_by("-revision__number")
    )
    rows = plan.items.annotate(
        size=Count("versions", distinct=True),
        last_content=Subquery(entries.values("version__content")[:1]),
        last_hash=Subquery(entries.values("version__hash")[:1]),
        last_number=Subquery(entries.values("number")[:1]),
        last_revision=Subquery(entries.values("revision__number")[:1]),
    ).order_by("pk")
    if sees_draft:
        return rows
    return rows.filter(Exists(RevisionItem.objects.filter(item=OuterRef("pk"))))


def versions_seen(*, actor: Actor) -> QuerySet[ItemVersion]:
    """The wordings that stand in a published revision of any plan `actor` sees."""
    published = Exists(RevisionItem.objects.filter(version=OuterRef("pk")))
    plans = visible_plans(actor=actor).order_by().values("pk")
    return ItemVersion.objects.filter(published, item__plan__in=plans)


def versions_of(item: Item) -> list[HeldVersion]:
    """All versions of an item, newest first, with the revisions that hold each. One query."""
    entries = (
        RevisionItem.objects.filter(item=item)
        .select_related("revision", "version")
        .defer("revision__manifest")
        .order_by("-revision__number")
    )
    held: dict[int, HeldVersion] = {}
    for entry in entries:
        held.setdefault(entry.version_id, HeldVersion(entry.version)).entries.append(entry)
    return list(held.values())


def get_version(item: Item, *, digits: str) -> HeldVersion:
    """The version whose hash begins with `digits` (hex, at least 12). NotVisible otherwise."""
    if len(digits) < SHORT or not set(digits) <= set("0123456789abcdef"):
        raise NotVisible
    found = [one for one in versions_of(item) if one.hex.startswith(digits)]
    if len(found) != 1:
        raise NotVisible
    return found[0]


def draft_of(item: Item) -> ItemDraft:
    return ItemDraft.objects.select_related("item").get(item=item)


def draft_reading(draft: ItemDraft) -> Reading:
    return read(version_content(draft))


def origins_of(item: Item, *, sees_draft: bool) -> list[Kin]:
    """The items this one came from. Two queries."""
    rows = list(item.origins.select_related("predecessor"))
    return _kin([(row, row.predecessor) for row in rows], sees_draft=sees_draft)


def continuations_of(item: Item, *, sees_draft: bool) -> list[Kin]:
    """The items that came from this one. Two queries."""
    rows = list(item.continuations.select_related("item"))
    return _kin([(row, row.item) for row in rows], sees_draft=sees_draft)


def concern_changes(item: Item) -> QuerySet[ConcernChange]:
    """Who declared itself concerned and who renounced, newest first."""
    rows = item.concern_changes.select_related("jurisdiction").defer("jurisdiction__boundary")
    return rows.order_by("-pk")


def _kin(rows: Sequence[tuple[Lineage, Item]], *, sees_draft: bool) -> list[Kin]:
    published = last_readings(item.pk for _row, item in rows)
    drafts = ItemDraft.objects.select_related("item").filter(
        item__in=[item.pk for _row, item in rows if item.pk not in published] if sees_draft else []
    )
    readings = published | {draft.item_id: draft_reading(draft) for draft in drafts}
    return [
        Kin(key=item.key, kind=row.kind, reading=readings[item.pk])
        for row, item in rows
        if item.pk in readings
    ]


def last_readings(items: Iterable[int]) -> dict[int, Reading]:
    """Item id -> how it was last published; items never published are left out. One query."""
    entries = (
        RevisionItem.objects.filter(item__in=list(items))
        .select_related("version")
        .order_by("item_id", "-revision__number")
        .distinct("item_id")
    )
    return {
        one.item_id: read(json.loads(one.version.content), number=one.number, heading=one.heading)
        for one in entries
    }
