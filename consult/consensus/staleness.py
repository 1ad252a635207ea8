"""Which consents a new revision lets stand, which have to be renewed, and why.

Consent goes stale only for a party that a change concerns, by the old or the new wording, so nobody can be edited out
of a consent. Objections and reservations stay until their holder lifts them, also on an item that was removed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

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


def staleness(
    *,
    old: Manifest,
    new: Manifest,
    kinds: Mapping[str, frozenset[ChangeKind]],
    positions: Iterable[Position],
    parties: Iterable[str],
    charter: CharterOptions,
) -> tuple[Fate, ...]:
    """Return what becomes of every position of `parties`, in the order of the items (new, then removed) and parties.

    `kinds` gives the change kinds of an item; for an item without an entry the hashes decide, and a changed hash said
    to be unchanged or only moved counts as changed text. The last position of a party on an item counts. A value
    without a family raises ValueError: nothing may pass as consent unnamed.
    """
    before, after = {item.id: item for item in old.items}, {item.id: item for item in new.items}
    own, general = _split(positions, charter)
    is_plan_changed = any(
        old.headings.get(name) != new.headings.get(name) for name in charter.renewing_headings
    )
    order = list(parties)
    successors = _successors(new, before)
    fates = []
    for item in (*after, *(gone for gone in before if gone not in after)):
        change = _kinds(item, before, after, kinds)
        concerned = _concerned(item, before) | _concerned(item, after)
        for party in order:
            held = own.get((item, party)) or general.get(party)
            if held is not None:
                family = charter.families[held.value]
                reason = _reason(held, family, change, party in concerned, is_plan_changed, charter)
                if reason is Reason.DIFFERENCE_STAYS and item not in after and item in successors:
                    reason = Reason.DIFFERENCE_PASSES_ON
                fates.append(Fate(item, party, held, reason in STALE, reason, change))
            fates.extend(_arrivals(item, party, after, before, own, charter))
    return tuple(fates)


def consent_impact(fates: Iterable[Fate]) -> list[tuple[str, int]]:
    """Return the items whose change newly makes consent stale, with how many, the heaviest first."""
    falls = Counter(
        fate.item for fate in fates if fate.is_stale and fate.reason is not Reason.ALREADY_STALE
    )
    return sorted(falls.items(), key=lambda entry: -entry[1])


def _split(
    positions: Iterable[Position], charter: CharterOptions
) -> tuple[dict[tuple[str, str], Position], dict[str, Position]]:
    own: dict[tuple[str, str], Position] = {}
    general: dict[str, Position] = {}
    for held in positions:
        if held.value not in charter.families:
            raise ValueError(f"value {held.value!r} has no family")
        if held.item is None:
            general[held.party] = held
        else:
            own[held.item, held.party] = held
    return own, general


def _successors(new: Manifest, before: Mapping[str, ManifestItem]) -> frozenset[str]:
    return frozenset(
        former for item in new.items for former in item.predecessors if former in before
    )


def _concerned(item: str, manifest: Mapping[str, ManifestItem]) -> frozenset[str]:
    return manifest[item].concerned if item in manifest else frozenset()


def _kinds(
    item: str,
    before: Mapping[str, ManifestItem],
    after: Mapping[str, ManifestItem],
    kinds: Mapping[str, frozenset[ChangeKind]],
) -> frozenset[ChangeKind]:
    """Return the change kinds of an item; what the two manifests show outweighs what was claimed."""
    if item not in before:
        return frozenset({ChangeKind.ADDED})
    if item not in after:
        return frozenset({ChangeKind.REMOVED})
    claimed = kinds.get(item, frozenset())
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


def _arrivals(
    item: str,
    party: str,
    after: Mapping[str, ManifestItem],
    before: Mapping[str, ManifestItem],
    own: Mapping[tuple[str, str], Position],
    charter: CharterOptions,
) -> list[Fate]:
    """Return the objections and reservations that a party's position on a predecessor hands on to a new item."""
    if item in before or item not in after:
        return []
    change = frozenset({ChangeKind.ADDED})
    former = ((name, own.get((name, party))) for name in after[item].predecessors)
    return [
        Fate(item, party, held, False, Reason.DIFFERENCE_PASSES_ON, change, name)
        for name, held in former
        if held is not None and charter.families[held.value] in DIFFERENCE
    ]
