"""Carrying an open sign-off over to a newly frozen revision."""

import json
from collections.abc import Mapping, Sequence

from consult.ballots.enums import Outcome
from consult.ballots.steps import end_ballots
from consult.consensus.changes import HARMLESS, ChangeKind, Fate, Manifest, ManifestItem
from consult.consensus.changes import Position as Held
from consult.consensus.staleness import staleness
from consult.phase3_identification.board import CHARTER
from consult.phase3_identification.models import (
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import (
    current_sign_off,
    has_ended,
    held_positions,
)
from consult.phase3_identification.steps.ballots import (
    electors_of,
    open_item_ballots,
    signing_weights,
)
from plans.register.models import Plan, Revision, RevisionItem
from plans.register.queries import entries_of
from plans.text.changes import Standing, change_kind
from stakeholders.terms.actor import Actor


def carry_sign_off(*, plan: Plan, revision: Revision, actor: Actor) -> dict[str, object]:
    """Carry an open sign-off to a newly frozen revision; the effects for the caller's entry.

    A changed item gets a new ballot among the concerned of both wordings and its old one ends as
    superseded; unchanged ones keep ballot and positions. Empty when no sign-off is open.
    """
    sign_off = current_sign_off(plan)
    if sign_off is None or has_ended(sign_off):
        return {}
    last = live_ballots_anywhere(sign_off)
    entries = list(entries_of(revision))
    kept = {row.item_id for row in entries}
    changed = [
        entry
        for entry in entries
        if entry.item_id not in last or last[entry.item_id].version_id != entry.version_id
    ]
    changes = _changes(revision, changed, last)
    fallen = [] if sign_off.is_sealed else _fates(sign_off, last, entries, changes)
    over = [last[e.item_id] for e in changed if e.item_id in last]
    over += [row for item, row in last.items() if item not in kept]
    end_ballots(
        ballots=[row.ballot for row in over if not hasattr(row.ballot, "end")],
        outcome=Outcome.SUPERSEDED.value,
    )
    concerned = {
        e.item_id: {*e.version.concerned, *last[e.item_id].version.concerned}
        for e in changed
        if e.item_id in last
    }
    weights = signing_weights(plan)
    signed = [
        e for e in changed if electors_of(concerned.get(e.item_id, e.version.concerned), weights)
    ]
    opened = open_item_ballots(
        sign_off=sign_off,
        revision=revision,
        entries=signed,
        concerned=concerned,
        changes=changes,
    )
    effects: dict[str, object] = {
        "sign_off": sign_off.pk,
        "superseded": sorted(row.item.key for row in over),
        "opened": {row.item.key: row.ballot_id for row in opened},
    }
    if not sign_off.is_sealed:
        effects["stale"] = [[fate.item, fate.party, fate.reason.value] for fate in fallen]
    return effects


def live_ballots_anywhere(sign_off: SignOff) -> dict[int, SignOffBallot]:
    """Item id -> its newest ballot, whatever revision it was opened on."""
    rows = (
        SignOffBallot.objects.filter(sign_off=sign_off)
        .order_by("item_id", "-pk")
        .distinct("item_id")
        .select_related("item", "version", "ballot__end")
    )
    return {row.item_id: row for row in rows}


def _changes(
    revision: Revision, changed: Sequence[RevisionItem], last: Mapping[int, SignOffBallot]
) -> dict[int, str]:
    """Item id -> the change kind of a changed item against the wording of its last ballot.

    The publisher's claim holds only against the revision just before and only where it can be
    true; otherwise the text counts as changed, so that no consent outlives what it was given to.
    """
    before = dict(
        RevisionItem.objects.filter(
            revision__plan=revision.plan_id, revision__number=revision.number - 1
        ).values_list("item_id", "version_id")
    )
    kinds = {}
    for entry in changed:
        old = last.get(entry.item_id)
        kinds[entry.item_id] = entry.change
        if old is None or ChangeKind(entry.change) not in HARMLESS:
            continue
        if set(entry.version.concerned) != set(old.version.concerned):
            kinds[entry.item_id] = ChangeKind.STRENGTH_OR_CONCERN.value
        elif before.get(entry.item_id) != old.version_id or not _may_be_moved(entry, old):
            kinds[entry.item_id] = ChangeKind.TEXT.value
    return kinds


def _may_be_moved(entry: RevisionItem, old: SignOffBallot) -> bool:
    """Whether what the revision calls moved differs in nothing that binds (its theme may)."""
    if entry.change != ChangeKind.MOVED.value:
        return True
    before, after = (
        Standing(wording=json.loads(version.content), number="", heading="")
        for version in (old.version, entry.version)
    )
    found = change_kind(before, after, authentic=entry.revision.plan.authentic_language)
    return found.value in (ChangeKind.MOVED.value, ChangeKind.UNCHANGED.value)


def _fates(
    sign_off: SignOff,
    last: Mapping[int, SignOffBallot],
    entries: Sequence[RevisionItem],
    changes: Mapping[int, str],
) -> list[Fate]:
    """The consents that fall with the new wordings, by the pure rule of staleness."""
    held = held_positions(sign_off)
    old = Manifest(tuple(_manifest_item(row) for row in last.values()))
    new = Manifest(tuple(_manifest_item(entry) for entry in entries))
    fates = staleness(
        old=old,
        new=new,
        kinds={
            e.item.key: frozenset({ChangeKind(changes.get(e.item_id, "unchanged"))})
            for e in entries
        },
        positions=[
            Held(party=code, item=last[item].item.key, value=row.value, has_text=bool(row.text))
            for (item, code), row in held.items()
            if item in last and row.ballot_id == last[item].ballot_id
        ],
        parties=sorted({code for _item, code in held}),
        charter=CHARTER,
    )
    return [fate for fate in fates if fate.is_stale]


def _manifest_item(row: SignOffBallot | RevisionItem) -> ManifestItem:
    return ManifestItem(row.item.key, row.version.hash, frozenset(row.version.concerned))
