"""Which consents a new revision lets stand, which have to be renewed, and why.

Consent goes stale only for a party that a change concerns, by the old or the new wording, so nobody can be edited out
of a consent. Objections and reservations stay until their holder lifts them: they pass on to the successors of an item
(split, merge, replace), and stay on an item that was removed without one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from consult.consensus.changes import (
    CONSENT,
    DIFFERENCE,
    HARMLESS,
    STALE,
    ChangeKind,
    CharterOptions,
    Family,
    Fate,
    Manifest,
    ManifestItem,
    Position,
    Reason,
)

Kinds = Mapping[str, frozenset[ChangeKind]]
Items = Mapping[str, ManifestItem]


def staleness(
    *,
    old: Manifest,
    new: Manifest,
    kinds: Kinds,
    positions: Iterable[Position],
    parties: Iterable[str],
    charter: CharterOptions,
) -> tuple[Fate, ...]:
    """Return what becomes of every position of `parties`, in the order of the items (new, then removed) and parties.

    `kinds` gives the change kinds of an item; for an item without an entry the hashes decide, and a changed hash said
    to be unchanged or only moved counts as changed text. The last position of a party on an item counts, and a general
    one replaces all that the party said on items of the old revision before it; what passed on to an item (`origin`)
    stands beside it until the party speaks on the item again. Positions on an item of an earlier revision that is in
    neither manifest are kept as on a removed one. A value without a family raises ValueError: nothing may pass as
    consent unnamed.
    """
    step = _Step(old, new, kinds, charter)
    own, general = _split(positions, charter, frozenset(item.id for item in old.items))
    order = list(parties)
    fates: list[Fate] = []
    for item in step.order(own):
        for party in order:
            held = own.get((item, party), ())
            if not any(not one.origin for one in held) and party in general:
                held = (general[party], *held)
            fates.extend(step.fate(item, party, one) for one in held)
            fates.extend(step.arrivals(item, party, own))
    return tuple(fates)


def next_positions(fates: Iterable[Fate], *, general: Iterable[Position]) -> tuple[Position, ...]:
    """Return the positions in force after a revision: what the next call of `staleness` takes.

    `general` are the general positions before it; they go on for items still to come. What became of each cell is
    told per item. Positions taken afterwards are put behind these and replace them.
    """
    kept = [held for held in general if held.item is None]
    return (*kept, *(_as_position(fate) for fate in fates if not fate.has_moved))


def _as_position(fate: Fate) -> Position:
    return replace(
        fate.position, item=fate.item, is_stale=fate.is_stale, origin=fate.passed_from or ""
    )


def changed_headings(*, old: Manifest, new: Manifest, charter: CharterOptions) -> tuple[str, ...]:
    """Return the changed headings that by the charter renew all consent, in order of name."""
    names = sorted(charter.renewing_headings)
    return tuple(name for name in names if old.headings.get(name) != new.headings.get(name))


def concerned_by(*, old: Manifest, new: Manifest) -> dict[str, frozenset[str]]:
    """Return for each item of either manifest whom its change concerns: who must be asked, by the old wording, the
    new one, or an item that it newly takes the place of.
    """
    step = _Step(old, new, {}, CharterOptions({}))
    return {item.id: step.concerned(item.id) for item in (*new.items, *old.items)}


class _Step:
    """One revision after another: what both manifests say about an item."""

    def __init__(self, old: Manifest, new: Manifest, kinds: Kinds, charter: CharterOptions) -> None:
        self._before, self._after = _items(old), _items(new)
        self._claimed, self._charter = kinds, charter
        self._is_plan_changed = bool(changed_headings(old=old, new=new, charter=charter))
        self._former = {item.id: self._new_predecessors(item) for item in new.items}
        self._succeeded = {name for former in self._former.values() for name in former}

    def _new_predecessors(self, item: ManifestItem) -> tuple[str, ...]:
        known = self._before[item.id].predecessors if item.id in self._before else ()
        return tuple(name for name in item.predecessors if name not in (*known, item.id))

    def order(self, own: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield the items of the new revision, those it removed, and those removed before that still bear a word."""
        yield from self._after
        yield from (gone for gone in self._before if gone not in self._after)
        long_gone = dict.fromkeys(item for item, _party in own)
        yield from (i for i in long_gone if i not in self._after and i not in self._before)

    def concerned(self, item: str) -> frozenset[str]:
        """Return whom the change of an item concerns: by either wording, or by an item it takes the place of."""
        former = (_concerned(name, self._before) for name in self._former.get(item, ()))
        here = _concerned(item, self._before) | _concerned(item, self._after)
        return here.union(*former)

    def fate(self, item: str, party: str, held: Position) -> Fate:
        """Return what becomes of one position on an item."""
        change = _kinds(item, self._before, self._after, self._claimed)
        family = self._charter.families[held.value]
        concerned = self.concerned(item)
        reason = _reason(
            held, family, change, party in concerned, self._is_plan_changed, self._charter
        )
        if (
            reason is Reason.DIFFERENCE_STAYS
            and item not in self._after
            and item in self._succeeded
            and held.item is not None
        ):
            reason = Reason.DIFFERENCE_PASSES_ON
        return Fate(item, party, held, reason in STALE, reason, change, held.origin or None)

    def arrivals(
        self, item: str, party: str, own: Mapping[tuple[str, str], Sequence[Position]]
    ) -> Iterator[Fate]:
        """Yield the objections and reservations that the party's word on a predecessor hands on to an item."""
        change = _kinds(item, self._before, self._after, self._claimed)
        standing = {held.origin for held in own.get((item, party), ())}
        for name in self._former.get(item, ()):
            for held in own.get((name, party), ()):
                root = held.origin or name
                family = self._charter.families[held.value]
                if family in DIFFERENCE and root not in standing:
                    standing.add(root)
                    reason = Reason.DIFFERENCE_PASSES_ON
                    is_stale = family is Family.RESERVED and self._charter.renew_reserved
                    yield Fate(item, party, held, is_stale, reason, change, root)


def _split(
    positions: Iterable[Position], charter: CharterOptions, items: frozenset[str]
) -> tuple[dict[tuple[str, str], tuple[Position, ...]], dict[str, Position]]:
    """Return the positions in force per cell, and the general ones per party.

    A word on the item itself replaces all that stood in the cell; one that passed on stands beside it. A general word
    speaks of the `items` of its revision only: a difference left on a removed item outlives it.
    """
    own: dict[tuple[str, str], tuple[Position, ...]] = {}
    general: dict[str, Position] = {}
    for held in positions:
        if held.value not in charter.families:
            raise ValueError(f"value {held.value!r} has no family")
        if held.item is None:
            general[held.party] = held
            for cell in [cell for cell in own if cell[1] == held.party and cell[0] in items]:
                del own[cell]
        elif held.origin:
            others = (o for o in own.get((held.item, held.party), ()) if o.origin != held.origin)
            own[held.item, held.party] = (*others, held)
        else:
            own[held.item, held.party] = (held,)
    return own, general


def _items(manifest: Manifest) -> dict[str, ManifestItem]:
    return {item.id: item for item in manifest.items}


def _concerned(item: str, manifest: Items) -> frozenset[str]:
    return manifest[item].concerned if item in manifest else frozenset()


def _kinds(item: str, before: Items, after: Items, kinds: Kinds) -> frozenset[ChangeKind]:
    """Return the change kinds of an item; what the two manifests show outweighs what was claimed."""
    if item not in after:
        return frozenset({ChangeKind.REMOVED})
    if item not in before:
        return frozenset({ChangeKind.ADDED})
    claimed = kinds.get(item, frozenset()) - {ChangeKind.ADDED, ChangeKind.REMOVED}
    if before[item].concerned != after[item].concerned:
        return claimed - {ChangeKind.UNCHANGED} | {ChangeKind.STRENGTH_OR_CONCERN}
    if before[item].hash != after[item].hash and claimed <= {
        ChangeKind.UNCHANGED,
        ChangeKind.MOVED,
    }:
        return claimed - {ChangeKind.UNCHANGED} | {ChangeKind.TEXT}
    return claimed or frozenset({ChangeKind.UNCHANGED})


def _reason(
    held: Position,
    family: Family,
    change: frozenset[ChangeKind],
    is_concerned: bool,
    is_plan_changed: bool,
    charter: CharterOptions,
) -> Reason:
    is_consent = family in CONSENT or (family is Family.RESERVED and charter.renew_reserved)
    if not is_consent:
        return Reason.DIFFERENCE_STAYS if family in DIFFERENCE else Reason.NO_CONSENT
    if held.is_stale:
        return Reason.ALREADY_STALE
    if is_plan_changed and is_concerned:
        return Reason.PLAN_CHANGED
    if change <= HARMLESS:
        return Reason.NO_CHANGE if change == {ChangeKind.UNCHANGED} else Reason.HARMLESS_CHANGE
    if not is_concerned:
        return Reason.NOT_CONCERNED
    if family is Family.RESERVED:
        return Reason.RESERVED_ITEM_CHANGED
    if ChangeKind.ADDED in change:
        return Reason.ITEM_ADDED
    return Reason.ITEM_REMOVED if ChangeKind.REMOVED in change else Reason.ITEM_CHANGED
