"""What stands of the positions taken over several revisions: staleness, folded.

The board, the duties, the carrying over and the impact page all read this one function, so that none of them can
differ from the others about whose consent stands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from consult.consensus.changes import (
    DIFFERENCE,
    HARMLESS,
    ChangeKind,
    CharterOptions,
    Family,
    Fate,
    Manifest,
    ManifestItem,
    Position,
    Reason,
)
from consult.consensus.staleness import changed_headings, next_positions, staleness

Cell = tuple[str, str]
Fates = Mapping[Cell, tuple[Fate, ...]]
UNCHANGED = frozenset({ChangeKind.UNCHANGED})
WEIGHT = {Family.OBJECTED: 2, Family.RESERVED: 1}


@dataclass(frozen=True, slots=True)
class Stage:
    """A revision on which consent was asked: how it differs from the stage before, and the positions taken on it.

    Every position names its item; one on a removed item keeps or ends the difference that stands there. With a stage
    that asks anew (`is_anew`, a new sign-off) consent has to be given again; only objections and reservations go on.
    """

    manifest: Manifest
    kinds: Mapping[str, frozenset[ChangeKind]] = field(default_factory=dict)
    positions: tuple[Position, ...] = ()
    is_anew: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """What stands after the last stage: per item and party the word said on it and what passed on to it.

    The kinds of a fate are all kinds of change since the position was taken, its reason is why it fell first. On an
    item that is no longer in the text only objections and reservations are left. `last` are the fates of the last
    transition as `staleness` gives them, of the items that it touched.
    """

    fates: Fates
    last: tuple[Fate, ...] = ()

    def heaviest(self, cell: Cell, *, charter: CharterOptions) -> Fate | None:
        """Return what a cell shows: an objection outweighs a reservation, and both outweigh a consent."""
        found = self.fates.get(cell, ())
        return max(found, key=lambda fate: _weight(fate, charter), default=None)

    def is_changed(self, cell: Cell) -> bool:
        """Return whether the text changed under a position of the cell, whatever the position."""
        return any(is_changed(fate) for fate in self.fates.get(cell, ()))


def is_changed(fate: Fate) -> bool:
    """Return whether something that matters changed since the position was taken."""
    return fate.is_stale or not fate.kinds <= HARMLESS


def history(stages: Sequence[Stage], *, charter: CharterOptions) -> History:
    """Return what stands of all positions after the last of `stages`, which are in the order of time.

    A consent on a removed item ends with it: there is nothing to renew.
    """
    if not stages:
        return History({})
    fates = _said({}, stages[0].positions)
    former = stages[0].manifest
    last: tuple[Fate, ...] = ()
    for stage in stages[1:]:
        if stage.is_anew:
            fates = _differences(fates, charter)
        fates, last = _turned(fates, former, stage, charter)
        fates = _said(fates, stage.positions)
        former = stage.manifest
    here = {item.id for item in former.items}
    standing = {
        cell: some
        for cell, some in fates.items()
        if cell[0] in here or any(charter.families[fate.value] in DIFFERENCE for fate in some)
    }
    return History(standing, last)


def _differences(fates: Fates, charter: CharterOptions) -> Fates:
    """Return the objections and reservations alone; the consent inside a reservation has to be given again."""
    kept: dict[Cell, tuple[Fate, ...]] = {}
    for cell, some in fates.items():
        for fate in some:
            family = charter.families[fate.value]
            if family is Family.RESERVED:
                fate = replace(fate, is_stale=True, reason=Reason.ASKED_ANEW)
            if family in DIFFERENCE:
                kept[cell] = (*kept.get(cell, ()), fate)
    return kept


def _said(fates: Fates, positions: Iterable[Position]) -> Fates:
    """Return the fates with new words: each replaces all that stood in its cell."""
    said = {
        (held.item or "", held.party): (
            Fate(held.item or "", held.party, held, held.is_stale, Reason.NO_CHANGE, UNCHANGED),
        )
        for held in positions
    }
    return {**fates, **said}


def _turned(
    fates: Fates, former: Manifest, stage: Stage, charter: CharterOptions
) -> tuple[Fates, tuple[Fate, ...]]:
    """Return the fates after one transition, and those of it alone. Items that no change touches keep theirs."""
    turning = _touched(former, stage, charter)
    positions = next_positions(
        (fate for cell, some in fates.items() if cell[0] in turning for fate in some), general=()
    )
    found = staleness(
        old=_only(former, turning),
        new=_only(stage.manifest, turning),
        kinds=stage.kinds,
        positions=positions,
        parties=sorted({held.party for held in positions}),
        charter=charter,
    )
    turned: dict[Cell, tuple[Fate, ...]] = {
        cell: some for cell, some in fates.items() if cell[0] not in turning
    }
    succeeded = _succeeded(former, stage.manifest)
    for fate in found:
        is_difference = charter.families[fate.value] in DIFFERENCE
        if fate.is_removed and (not is_difference or fate.item in succeeded):
            continue
        cell = (fate.item, fate.party)
        turned[cell] = (*turned.get(cell, ()), _with_past(fate, fates.get(cell, ())))
    return turned, found


def _touched(former: Manifest, stage: Stage, charter: CharterOptions) -> frozenset[str]:
    """Return the items that a transition touches, with those they came from."""
    before = {item.id: item for item in former.items}
    after = {item.id: item for item in stage.manifest.items}
    if changed_headings(old=former, new=stage.manifest, charter=charter):
        touched = {*before, *after}
    else:
        touched = {
            item
            for item in {*before, *after}
            if stage.kinds.get(item, UNCHANGED) != UNCHANGED or _differ(before, after, item)
        }
    origins = {name for item in touched & after.keys() for name in after[item].predecessors}
    return frozenset(touched | origins)


def _succeeded(former: Manifest, manifest: Manifest) -> frozenset[str]:
    """Return the items that a new item came from."""
    known = {item.id: item.predecessors for item in former.items}
    return frozenset(
        name
        for item in manifest.items
        for name in item.predecessors
        if name not in known.get(item.id, ())
    )


def _differ(
    before: Mapping[str, ManifestItem], after: Mapping[str, ManifestItem], item: str
) -> bool:
    old, new = before.get(item), after.get(item)
    if old is None or new is None:
        return True
    return (old.hash, old.concerned, old.predecessors) != (
        new.hash,
        new.concerned,
        new.predecessors,
    )


def _only(manifest: Manifest, items: frozenset[str]) -> Manifest:
    return Manifest(tuple(item for item in manifest.items if item.id in items), manifest.headings)


def _with_past(fate: Fate, past: tuple[Fate, ...]) -> Fate:
    """Return the fate with what its position went through before; what waits for renewal goes on waiting."""
    fate = replace(fate, is_stale=fate.is_stale or fate.position.is_stale)
    before = next((one for one in past if one.passed_from == fate.passed_from), None)
    if before is None:
        return fate
    kinds = fate.kinds | before.kinds
    if len(kinds) > 1:
        kinds -= UNCHANGED
    keeps = fate.reason in (Reason.ALREADY_STALE, Reason.NO_CHANGE, Reason.DIFFERENCE_STAYS)
    # What arrived here and is left on a removed item has not moved on: else a later step would drop it.
    is_left = fate.is_removed and before.reason is Reason.DIFFERENCE_PASSES_ON
    keeps = keeps and before.reason is not Reason.NO_CHANGE and not is_left
    reason = before.reason if keeps else fate.reason
    return replace(fate, kinds=kinds, reason=reason)


def _weight(fate: Fate, charter: CharterOptions) -> int:
    return WEIGHT.get(charter.families[fate.value], 0)
