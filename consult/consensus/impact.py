"""What a new revision costs in consent: whose falls, why, and which single change causes most of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from consult.consensus.changes import (
    HARMLESS,
    CharterOptions,
    Fate,
    Manifest,
    Reason,
)
from consult.consensus.staleness import changed_headings


class CauseKind(StrEnum):
    """What changed: an item (with what it was split from or merged into), or a heading of the plan."""

    ITEM = "item"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Cause:
    """One change: the items it touches (several for a split or merge), or the name of a heading."""

    kind: CauseKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one change does: the fates it makes fall, and how many would stand but for this change alone."""

    cause: Cause
    fallen: tuple[Fate, ...]
    alone: int

    @property
    def parties(self) -> tuple[str, ...]:
        """Return whose consent it makes fall, in order of first mention."""
        return tuple(dict.fromkeys(fate.party for fate in self.fallen))


@dataclass(frozen=True, slots=True)
class Impact:
    """All consents that fall, per party and per change; the change that costs most comes first."""

    fallen: tuple[Fate, ...]
    effects: tuple[Effect, ...]
    by_party: Mapping[str, tuple[Fate, ...]]

    @property
    def heaviest(self) -> Effect | None:
        """Return the change without which most consents would stand; None when none falls."""
        return self.effects[0] if self.effects else None


def impact(
    fates: Iterable[Fate], *, old: Manifest, new: Manifest, charter: CharterOptions
) -> Impact:
    """Return what the fates of one revision say about its changes.

    `fates` are those of `staleness` for the same manifests and charter. A consent may fall for two changes at once
    (a heading that renews all consent, and its item): then neither of them alone would save it.
    """
    fallen = tuple(fate for fate in fates if fate.falls)
    headings = [
        Cause(CauseKind.HEADING, (name,))
        for name in changed_headings(old=old, new=new, charter=charter)
    ]
    groups = _groups(old, new)
    # Only whom the old item concerned would fall for a heading alone.
    before = {item.id: item.concerned for item in old.items}
    effects: dict[Cause, list[Fate]] = {}
    alone: dict[Cause, int] = {}
    for fate in fallen:
        is_old = fate.party in before.get(fate.item, ())
        causes = list(headings) if fate.reason is Reason.PLAN_CHANGED and is_old else []
        if not fate.kinds <= HARMLESS:
            causes.append(Cause(CauseKind.ITEM, groups.get(fate.item, (fate.item,))))
        for cause in causes:
            effects.setdefault(cause, []).append(fate)
            alone[cause] = alone.get(cause, 0) + (len(causes) == 1)
    rows = [Effect(cause, tuple(some), alone[cause]) for cause, some in effects.items()]
    rows.sort(key=lambda effect: (-effect.alone, -len(effect.fallen)))
    return Impact(fallen, tuple(rows), _by_party(fallen))


def _by_party(fallen: Iterable[Fate]) -> dict[str, tuple[Fate, ...]]:
    found: dict[str, tuple[Fate, ...]] = {}
    for fate in fallen:
        found[fate.party] = (*found.get(fate.party, ()), fate)
    return found


def _groups(old: Manifest, new: Manifest) -> dict[str, tuple[str, ...]]:
    """Return for each item that a split, merge or replacement touches all items of that one change."""
    known = {item.id: item.predecessors for item in old.items}
    group: dict[str, set[str]] = {}
    for item in new.items:
        linked = {name for name in item.predecessors if name not in known.get(item.id, ())}
        if not linked:
            continue
        joined = {item.id, *linked}
        for name in list(joined):
            joined |= group.get(name, set())
        for name in joined:
            group[name] = joined
    order = [item.id for item in (*old.items, *new.items)]
    ranks = {name: rank for rank, name in reversed(list(enumerate(order)))}
    return {
        name: tuple(sorted(joined, key=lambda one: (ranks.get(one, len(order)), one)))
        for name, joined in group.items()
    }
