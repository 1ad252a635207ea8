"""Carrying an open sign-off over to a newly frozen revision."""

import json
from collections.abc import Iterable, Mapping, Sequence

from consult.ballots.enums import Outcome
from consult.ballots.models import Elector
from consult.ballots.steps import end_ballots
from consult.consensus.changes import ChangeKind
from consult.phase3_identification.models import (
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import (
    current_sign_off,
    has_ended,
)
from consult.phase3_identification.queries.prospects import (
    Coming,
    Prospect,
    hashes_in,
    prospect,
)
from consult.phase3_identification.steps.ballots import (
    electors_of,
    open_item_ballots,
    signing_weights,
)
from consult.phase3_identification.steps.telling_stale import tell_carried
from plans.register.models import Plan, Revision, RevisionItem
from plans.register.queries import entries_of, revision_before
from stakeholders.terms.actor import Actor


def carry_sign_off(*, plan: Plan, revision: Revision, actor: Actor) -> dict[str, object]:
    """Carry an open sign-off to a newly frozen revision; the effects for the caller's entry.

    A changed item gets a new ballot among the concerned of both wordings and all who still hold
    something on it; its old one ends as superseded; unchanged ones keep ballot and positions, and
    get another ballot where theirs ended without result (the item was taken back). An
    objection or reservation on a removed item without successor gets a ballot of its own, in which
    its holder may lift it. Whoever is asked again is told. Empty when no sign-off is open.
    """
    sign_off = current_sign_off(plan)
    if sign_off is None or has_ended(sign_off):
        return {}
    last = live_ballots_anywhere(sign_off)
    entries = list(entries_of(revision))
    found = prospect(
        sign_off,
        coming=[_coming(entry) for entry in entries],
        manifest=json.loads(revision.manifest),
        before=hashes_in(revision_before(revision)),
    )
    changed = [entry for entry in entries if entry.item.key in found.changed]
    asked = _asked(sign_off, found, last)
    over = _over(found, last, is_sealed=sign_off.is_sealed)
    end_ballots(
        ballots=[row.ballot for row in over if not hasattr(row.ballot, "end")],
        outcome=Outcome.SUPERSEDED.value,
    )
    again = [entry for entry in entries if entry.item.key in found.reopened]
    opened = _open(sign_off, revision, found, [*changed, *again], last, asked)
    tell_carried(
        sign_off=sign_off,
        revision=revision,
        found=found,
        entries=entries,
        asked=_told(found, changed, asked),
    )
    effects: dict[str, object] = {
        "sign_off": sign_off.pk,
        "superseded": sorted(row.item.key for row in over),
        "opened": {row.item.key: row.ballot_id for row in opened},
    }
    if not sign_off.is_sealed:
        effects["stale"] = [[fate.item, fate.party, fate.reason.value] for fate in found.fallen]
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


def _coming(entry: RevisionItem) -> Coming:
    return Coming(
        key=entry.item.key,
        hash=entry.version.hash,
        concerned=entry.version.concerned,
        change=entry.change,
        content=entry.version.content,
    )


def _asked(
    sign_off: SignOff, found: Prospect, last: Mapping[int, SignOffBallot]
) -> dict[str, set[str]]:
    """Item key -> the parties of its new ballot: the concerned of both wordings and who still holds
    something on it; of a removed item the holders alone.

    Of a sealed sign-off every party of the old ballots: who holds what must not show in who is
    asked.
    """
    moving = [*found.changed, *found.gone, *found.reopened]
    origins = {item.id: item.predecessors for item in found.stage.manifest.items}
    own = {row.item.key: row for row in last.values()}
    kept = own if sign_off.is_sealed else {key: own[key] for key in found.reopened}
    electors = _electors(kept.values())
    asked = {}
    for key in moving:
        codes = set(found.owing(key))
        for name in (key, *origins.get(key, ())):
            codes |= electors.get(name, set())
        asked[key] = codes
    return asked


def _electors(rows: Iterable[SignOffBallot]) -> dict[str, set[str]]:
    keys = {row.ballot_id: row.item.key for row in rows}
    found: dict[str, set[str]] = {}
    pairs = Elector.objects.filter(ballot__in=keys).order_by()
    for ballot, code in pairs.values_list("ballot_id", "jurisdiction_id"):
        found.setdefault(keys[ballot], set()).add(str(code))
    return found


def _told(
    found: Prospect, changed: Sequence[RevisionItem], asked: Mapping[str, set[str]]
) -> dict[str, set[str]]:
    """Item key -> all whom a change concerns, by the old or the new wording, or who hold something."""
    return {
        entry.item.key: {
            *entry.version.concerned,
            *asked[entry.item.key],
            *(found.live[entry.item.key].concerned if entry.item.key in found.live else ()),
        }
        for entry in changed
    }


def _over(
    found: Prospect, last: Mapping[int, SignOffBallot], *, is_sealed: bool
) -> list[SignOffBallot]:
    """The ballots that end: of changed and gone items, and of removed ones that bear nothing more.

    Of a sealed sign-off these stay until its end: who holds what must not show in what is left.
    """
    ending = {key for key in {*found.changed, *found.gone} if key in found.live}
    ending |= {
        key for key in found.removed if key in found.here or not (is_sealed or found.owing(key))
    }
    return [row for row in last.values() if row.item.key in ending]


def _open(
    sign_off: SignOff,
    revision: Revision,
    found: Prospect,
    changed: Sequence[RevisionItem],
    last: Mapping[int, SignOffBallot],
    asked: Mapping[str, set[str]],
) -> list[SignOffBallot]:
    weights = signing_weights(sign_off.plan)
    told = _told(found, changed, asked)
    concerned = {entry.item_id: told[entry.item.key] for entry in changed}
    succeeded = {name for item in found.stage.manifest.items for name in item.predecessors}
    left = [
        RevisionItem(revision=revision, item=row.item, version=row.version, change="removed")
        for row in last.values()
        if row.item.key in found.gone
        and row.item.key not in succeeded
        and electors_of(asked[row.item.key], weights)
    ]
    concerned |= {entry.item_id: asked[entry.item.key] for entry in left}
    changes = {entry.item_id: _change(found, entry.item.key).value for entry in changed} | {
        entry.item_id: ChangeKind.REMOVED.value for entry in left
    }
    return open_item_ballots(
        sign_off=sign_off,
        revision=revision,
        entries=[e for e in (*changed, *left) if electors_of(concerned[e.item_id], weights)],
        concerned=concerned,
        changes=changes,
    )


def _change(found: Prospect, key: str) -> ChangeKind:
    return next(iter(found.stage.kinds.get(key, ())), ChangeKind.UNCHANGED)
