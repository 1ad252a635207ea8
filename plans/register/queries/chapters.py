"""Reading one revision chapter by chapter, so that a long text opens as fast as a short one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from django.db.models import Count, Min, QuerySet

from plans.register.enums import ChangeKind
from plans.register.models import ItemVersion, Plan, Revision, RevisionItem
from plans.register.queries.revisions import entries_of, reading_of, whole_revisions
from plans.register.reading import Reading
from stakeholders.finding.expressions import says
from stakeholders.finding.words import terms_of
from stakeholders.terms.errors import NotVisible

PART = 40  # items of a chapter that are sent at once
TAGS = {"zh": "zh-Hans", "en": "en"}


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A chapter in the contents of a revision, with how many items stand under it."""

    key: str
    title_zh: str
    title_en: str
    count: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PART))


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The headings of a revision in order, and the language that was authentic in it."""

    headings: list[Heading]
    authentic: str

    def get(self, key: str | None) -> Heading:
        """The heading with `key`, the first one for None. NotVisible when it is not there."""
        for heading in self.headings:
            if key is None or heading.key == key:
                return heading
        raise NotVisible

    def after(self, heading: Heading, page: int) -> tuple[Heading, int] | None:
        """What follows page `page` of `heading`; None at the end of the text."""
        if page < heading.pages:
            return heading, page + 1
        index = self.headings.index(heading) + 1
        return (self.headings[index], 1) if index < len(self.headings) else None


@dataclass(frozen=True, kw_only=True)
class Column:
    """An item in one language; an empty text is a missing translation and said to be one."""

    language: str
    title: str
    text: str
    is_authentic: bool

    @property
    def tag(self) -> str:
        return TAGS[self.language]


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One item as a reader sees it: in the languages asked for, and as it is in force."""

    reading: Reading
    hash: str
    columns: list[Column]
    in_force: list[Column] = field(default_factory=list)
    stands: str = ""  # what the text in force has to this item: "same", "other" or "none"


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A run of items under one heading."""

    heading: Heading
    passages: list[Passage]
    page: int = 1


def contents_of(revision: Revision) -> Contents:
    """The headings that hold items. One query, however many items."""
    manifest = json.loads(revision.manifest)
    titles = {row[0]: (row[1], row[2]) for row in manifest["headings"]}
    rows = (
        revision.entries.order_by()
        .values("heading")
        .annotate(count=Count("pk"), first=Min("position"))
        .order_by("first")
    )
    headings = []
    for row in rows:
        zh, en = titles.get(row["heading"], ("", ""))
        headings.append(Heading(key=row["heading"], title_zh=zh, title_en=en, count=row["count"]))
    return Contents(headings=headings, authentic=str(manifest["authentic_language"]))


def entries_in(revision: Revision, *, heading: str, page: int = 1) -> QuerySet[RevisionItem]:
    """One page of the items under a heading."""
    return entries_of(revision).filter(heading=heading)[(page - 1) * PART : page * PART]


def place_of(revision: Revision, *, item: str) -> tuple[str, int]:
    """Under which heading an item stands, and on which page of it. NotVisible when nowhere."""
    entry = revision.entries.filter(item__key=item).first()
    if entry is None:
        raise NotVisible
    before = revision.entries.filter(heading=entry.heading, position__lt=entry.position).count()
    return entry.heading, before // PART + 1


def found_in(revision: Revision, *, text: str) -> QuerySet[RevisionItem]:
    """The items whose title or text holds each of the terms in `text`, as every search reads it."""
    terms = terms_of(text)
    if not terms:
        return entries_of(revision).none()
    held = revision.entries.order_by().values("version")
    versions = ItemVersion.objects.filter(says(ItemVersion, terms), pk__in=held)
    return entries_of(revision).filter(version__in=versions.values("pk"))


def passages_of(
    entries: Iterable[RevisionItem],
    *,
    languages: Sequence[str],
    authentic: str,
    in_force: Revision | None = None,
) -> list[Passage]:
    """The items as passages; with a revision `in_force`, beside what it holds. At most a query."""
    found = list(entries)
    beside: Mapping[int, RevisionItem] = {}
    if in_force is not None:
        held = entries_of(in_force).filter(item__in=[one.item_id for one in found])
        beside = {one.item_id: one for one in held}
    passages = []
    for entry in found:
        reading, other = reading_of(entry), beside.get(entry.item_id)
        stands = "none" if other is None else "other"
        if other is not None and other.version_id == entry.version_id:
            stands = "same"
        passages.append(
            Passage(
                reading=reading,
                hash=entry.version.hash,
                columns=_columns(reading, languages, authentic),
                in_force=_columns(reading_of(other), languages, authentic)
                if other is not None and stands == "other"
                else [],
                stands=stands if in_force is not None else "",
            )
        )
    return passages


def chapters_of(contents: Contents, passages: Iterable[Passage]) -> list[Chapter]:
    """Passages in order under their headings."""
    return [
        Chapter(heading=contents.get(key), passages=list(found))
        for key, found in groupby(passages, lambda one: one.reading.heading)
    ]


def _columns(reading: Reading, languages: Sequence[str], authentic: str) -> list[Column]:
    return [
        Column(
            language=code,
            title=str(getattr(reading, f"title_{code}")),
            text=str(getattr(reading, f"text_{code}")),
            is_authentic=code == authentic,
        )
        for code in languages
    ]


@dataclass(frozen=True, kw_only=True)
class RevisionRow:
    """A revision in the list: what changed in it, by kind, and the one before; nothing of a part,
    which is no state of the whole plan. `size`: how many items it holds."""

    revision: Revision
    counts: list[tuple[str, int]]
    size: int
    former: int | None


def rows_of(plan: Plan, revisions: Iterable[Revision]) -> list[RevisionRow]:
    """Revisions with the number of items per kind of change. Two queries, however many.

    An item that was taken out has no row of its own: it is what the former one held too many.
    """
    shown = list(revisions)
    wholes = whole_revisions(plan.revisions.all())
    former = {new: old for old, new in pairwise(sorted(wholes.values_list("number", flat=True)))}
    asked = {one.number for one in shown} | {
        former[one.number] for one in shown if one.number in former
    }
    kinds: dict[int, dict[str, int]] = {}
    rows = (
        RevisionItem.objects.filter(revision__plan=plan, revision__number__in=asked)
        .order_by()
        .values_list("revision__number", "change")
        .annotate(count=Count("pk"))
    )
    for number, change, count in rows:
        kinds.setdefault(number, {})[change] = count
    return [
        RevisionRow(
            revision=one,
            counts=[]
            if one.is_part
            else _counts(kinds.get(one.number, {}), kinds.get(former.get(one.number, 0))),
            size=sum(kinds.get(one.number, {}).values()),
            former=former.get(one.number),
        )
        for one in shown
    ]


def _counts(own: Mapping[str, int], former: Mapping[str, int] | None) -> list[tuple[str, int]]:
    counts = {kind: own.get(kind, 0) for kind in ChangeKind.values}
    if former is not None:
        kept = sum(own.values()) - counts[ChangeKind.ADDED]
        counts[ChangeKind.REMOVED.value] = sum(former.values()) - kept
    return [(kind, number) for kind, number in counts.items() if number]
