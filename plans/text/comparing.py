"""Two states of a plan compared item by item: two revisions, or a revision and the working draft.

What did not change is never loaded or parsed: ids of versions are compared, and only wordings that
differ are read. The texts themselves are compared for the items one page shows.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from plans.register.enums import ChangeKind
from plans.register.models import ItemVersion, Plan, Revision, RevisionItem
from plans.register.queries import drafts_of, revision_before
from plans.register.steps import Place, version_content
from plans.text.changes import Standing, change_kind
from plans.text.queries import Claimed, confirmed_claims, outline
from stakeholders.terms import canonical


@dataclass(frozen=True, kw_only=True)
class ItemState:
    """How one state holds an item. `version_id` is 0 in the working draft; the wording is filled
    where it is needed."""

    key: str
    kind: str
    version_id: int
    hash: str
    number: str
    heading: str
    change: str = ""
    claim: str = ""
    wording: Mapping[str, object] = field(default_factory=dict)

    @property
    def standing(self) -> Standing:
        return Standing(
            wording=self.wording, number=self.number, heading=self.heading, claim=self.claim
        )


@dataclass(frozen=True, kw_only=True)
class State:
    """A revision, or with number None the working draft, as it is compared."""

    number: int | None
    manifest: Mapping[str, Any]
    revision: Revision | None
    items: Mapping[str, ItemState]

    @property
    def authentic(self) -> str:
        return str(self.manifest.get("authentic_language") or "zh")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One item in both states and the kind of its change."""

    kind: ChangeKind
    old: ItemState | None
    new: ItemState | None

    @property
    def item(self) -> ItemState:
        found = self.new or self.old
        assert found is not None  # noqa: S101 - an item stands in one of the two at least
        return found

    @property
    def key(self) -> str:
        return self.item.key


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Both states with what changed, in the order of the new one, removed items last."""

    old: State
    new: State
    changes: Sequence[Change]
    unchanged: int

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """How many items of each kind, in the order of the kinds, without those of none."""
        counts: Counter[ChangeKind] = Counter()
        counts.update(one.kind for one in self.changes if one.kind is not ChangeKind.UNCHANGED)
        counts[ChangeKind.UNCHANGED] = self.unchanged
        return {kind: counts[kind] for kind in ChangeKind if counts[kind]}

    def of(self, kinds: Collection[str]) -> list[Change]:
        """The changes of these kinds; of all without one."""
        return [one for one in self.changes if not kinds or one.kind.value in kinds]


def compare(*, old: Revision, new: Revision, only_changes: bool = True) -> Comparison:
    """Two revisions of one plan. Four queries, however much changed."""
    here, there = _places(old), _places(new)
    both = [dict(here), dict(there)]
    if only_changes:
        # Same version, number and heading: nothing more to read. Compared here and not by a join,
        # which costs the square of the items while the statistics of the tables are young.
        same = {pk for pk, place in here.items() if there.get(pk, ())[1:] == place[1:]}
        both = [{pk: one for pk, one in side.items() if pk not in same} for side in both]
    entries = [place[0] for side in both for place in side.values()]
    held = _items(entries)
    before, after = (
        _state(one, {item.key: item for item in held.get(one.pk, [])}) for one in (old, new)
    )
    return _compared(before, after, total=len(there))


def _places(revision: Revision) -> dict[int, tuple[int, int, str, str]]:
    """Item id -> (entry, version, number, heading). One query that joins nothing."""
    rows = revision.entries.order_by().values_list(
        "item_id", "pk", "version_id", "number", "heading"
    )
    return {item: (pk, version, number, heading) for item, pk, version, number, heading in rows}


def compare_draft(*, plan: Plan, old: Revision) -> Comparison:
    """A revision and the working draft. A fixed number of queries; the caller asks for sight."""
    items = draft_items(plan, since=old)
    places = [place[0] for place in _places(old).values()]
    before = _state(old, {one.key: one for one in _items(places).get(old.pk, [])})
    headings = [[one.key, one.title_zh, one.title_en] for one in outline(plan)[0]]
    manifest = {
        **before.manifest,
        "title": {"zh": plan.title_zh, "en": plan.title_en},
        "horizon": [plan.horizon_from, plan.horizon_until],
        "authentic_language": plan.authentic_language,
        "headings": _headings(before.manifest, headings, items.values()),
    }
    after = State(number=None, manifest=manifest, revision=None, items=items)
    return _compared(before, after, total=len(items))


def draft_items(plan: Plan, *, since: Revision) -> dict[str, ItemState]:
    """Item key -> how the working draft holds it. Provisions have the numbers they would be
    published with; what other slices place keeps the number it had."""
    _chapters, places = outline(plan)
    placed = {place.item.pk: place for place in places}
    rows = since.entries.order_by("position").only("revision_id", "item_id", "number", "heading")
    held = {row.item_id: row for row in rows}
    confirmed = confirmed_claims(plan)
    found: dict[int, ItemState] = {}
    for draft in drafts_of(plan).filter(is_removed=False).order_by("item_id"):
        at: Place | RevisionItem | None = placed.get(draft.item_id) or held.get(draft.item_id)
        wording = version_content(draft)
        found[draft.item_id] = ItemState(
            key=draft.item.key,
            kind=draft.item.kind,
            version_id=0,
            hash=canonical.digest_of(wording),
            number=at.number if at else "",
            heading=at.heading if at else "",
            claim=draft.change_claim if draft.item_id in confirmed else "",
            wording=wording,
        )
    order = [*placed, *(pk for pk in held if pk not in placed), *found]
    return {found[pk].key: found[pk] for pk in dict.fromkeys(order) if pk in found}


def _headings(
    manifest: Mapping[str, Any], headings: list[list[str]], items: Iterable[ItemState]
) -> list[list[str]]:
    """The headings of the draft: those of the text, then the old ones other slices still use."""
    known = {row[0] for row in headings}
    used = {one.heading for one in items}
    kept = [row for row in manifest.get("headings", []) if row[0] in used and row[0] not in known]
    return [*headings, *kept]


def _state(revision: Revision, items: Mapping[str, ItemState]) -> State:
    return State(
        number=revision.number,
        manifest=json.loads(revision.manifest),
        revision=revision,
        items=items,
    )


def _items(entries: Sequence[int]) -> dict[int, list[ItemState]]:
    """Revision id -> how it holds these entries, in order, without wordings. One query."""
    names = ("item__key", "item__kind", "version_id", "version__hash", "number", "heading")
    rows = RevisionItem.objects.filter(pk__in=entries).order_by("position")
    found: dict[int, list[ItemState]] = {}
    for revision, key, kind, version, digest, number, heading, change in rows.values_list(
        "revision_id", *names, "change"
    ):
        item = ItemState(
            key=key,
            kind=kind,
            version_id=version,
            hash=digest,
            number=number,
            heading=heading,
            change=change,
        )
        found.setdefault(revision, []).append(item)
    return found


def _compared(before: State, after: State, *, total: int) -> Comparison:
    keys = [*after.items, *(key for key in before.items if key not in after.items)]
    pairs = [(before.items.get(key), after.items.get(key)) for key in keys]
    wordings = wordings_of(one for pair in pairs if _differ(*pair) for one in pair if one)
    is_next = _is_next(before, after)
    changes = []
    for old, new in pairs:
        old, new = (with_wording(one, wordings) for one in (old, new))
        kind = _kind(old, new, before.authentic, after.authentic)
        # A change let pass as editorial when it was published stays said so.
        if is_next and kind is ChangeKind.TEXT and new and new.change == ChangeKind.EDITORIAL:
            kind = ChangeKind.EDITORIAL
        changes.append(Change(kind=kind, old=old, new=new))
    changed = sum(one.kind is not ChangeKind.UNCHANGED and one.new is not None for one in changes)
    return Comparison(old=before, new=after, changes=changes, unchanged=total - changed)


def _is_next(before: State, after: State) -> bool:
    """Whether nothing but parts adopted first was published between the two. A query only where
    a number lies between them."""
    if before.number is None or after.number is None or after.revision is None:
        return False
    if after.number <= before.number + 1:
        return after.number == before.number + 1
    former = revision_before(after.revision)
    return former is not None and former.number == before.number


def _differ(old: ItemState | None, new: ItemState | None) -> bool:
    return old is not None and new is not None and old.hash != new.hash


def _kind(
    old: ItemState | None, new: ItemState | None, formerly: str, authentic: str
) -> ChangeKind:
    """Without a look at the wording where the hashes are the same."""
    if old is None:
        return ChangeKind.ADDED
    if new is None:
        return ChangeKind.REMOVED
    if old.hash == new.hash:
        is_there = (old.number, old.heading) == (new.number, new.heading)
        return ChangeKind.UNCHANGED if is_there else ChangeKind.MOVED
    return change_kind(old.standing, new.standing, authentic=authentic, formerly=formerly)


def wordings_of(items: Iterable[ItemState]) -> dict[str, Mapping[str, object]]:
    """Hash -> wording. At most one query, for those that were not read yet.

    A hash covers the key of the item, so that it names one wording of one item.
    """
    wanted = list(items)
    found = {one.hash: one.wording for one in wanted if one.wording}
    missing = {one.version_id for one in wanted if one.version_id and one.hash not in found}
    if missing:
        rows = ItemVersion.objects.filter(pk__in=missing).values_list("hash", "content")
        found |= {digest: json.loads(content) for digest, content in rows}
    return found


def with_wording(
    item: ItemState | None, wordings: Mapping[str, Mapping[str, object]]
) -> ItemState | None:
    found = wordings.get(item.hash) if item else None
    return replace(item, wording=found) if item and found else item


def between_versions(old: ItemVersion, new: ItemVersion, *, authentic: str) -> Change:
    """Two published wordings of one item, wherever they stood."""
    before, after = (_item_of(one) for one in (old, new))
    return Change(kind=_kind(before, after, authentic, authentic), old=before, new=after)


def claimed_change(claimed: Claimed) -> Change:
    """The change a claim is about: the published wording and that of the draft."""
    old = _item_of(claimed.entry.version)
    old = replace(old, number=claimed.entry.number, heading=claimed.entry.heading)
    wording = version_content(claimed.draft)
    new = replace(old, version_id=0, hash=claimed.claim.hash, wording=wording)
    return Change(kind=ChangeKind.EDITORIAL, old=old, new=new)


def _item_of(version: ItemVersion) -> ItemState:
    wording = json.loads(version.content)
    return ItemState(
        key=str(wording.get("item", "")),
        kind=str(wording.get("kind", "")),
        version_id=version.pk,
        hash=version.hash,
        number="",
        heading="",
        wording=wording,
    )
