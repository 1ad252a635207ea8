"""Reading plans and revisions, within what the actor may see."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from plans.register.manifest import bundle_text
from plans.register.models import Item, ItemDraft, ItemVersion, Plan, Revision, RevisionItem
from plans.register.reading import Reading, read
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.errors import NotVisible


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


def light_entries_of(revision: Revision) -> QuerySet[RevisionItem]:
    """As `entries_of`, but of the versions only their hashes are read."""
    return entries_of(revision).defer("version__content")


def bundle_of(revision: Revision) -> str:
    """A revision with the wordings of all its items, as `standalone.py` verifies it. One query."""
    rows = revision.entries.values_list("item__key", "version__content")
    return bundle_text(manifest=revision.manifest, digest=revision.hash, contents=dict(rows))


def contents_of(versions: Iterable[int]) -> dict[int, str]:
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


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading of a revision with what stands under it."""

    key: str
    title_zh: str
    title_en: str
    readings: list[Reading]


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
