"""Row writes of the sign-off: ballots per item, declarations, carrying over to a new revision."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome, PositionValue, SubjectKind
from consult.ballots.models import Position
from consult.ballots.steps import Letter, Stance, Subject, end_ballots, open_ballots, take_positions
from consult.consensus.changes import HARMLESS, ChangeKind, Fate, Manifest, ManifestItem
from consult.consensus.changes import Position as Held
from consult.consensus.staleness import staleness
from consult.phase1_organization.queries import charter_in_force, rule_for
from consult.phase3_identification.board import CHARTER
from consult.phase3_identification.models import (
    Declaration,
    Reservation,
    ReservationLift,
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import (
    current_sign_off,
    has_ended,
    held_positions,
    signing_parties,
)
from plans.register.models import Plan, Revision, RevisionItem
from plans.register.queries import entries_of
from plans.text.changes import Standing, change_kind
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict


@dataclass(frozen=True, kw_only=True)
class ReservationText:
    """What a reservation says besides its reason: scope, review, what would lift it."""

    text_en: str = ""
    scope: str = ""
    review_on: date | None = None
    lifted_if_zh: str = ""
    lifted_if_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Stand:
    """What a party says: in general (`item` empty), or as an exception for one item."""

    value: str
    item: str = ""
    text: str = ""
    wording: str = ""
    reservation: ReservationText = ReservationText()


def electors_of(concerned: Iterable[str], weights: Mapping[str, str]) -> list[tuple[str, str]]:
    """(code, weight) of the signing parties among the concerned."""
    return [(code, weights[code]) for code in sorted(set(concerned)) if code in weights]


def signing_weights(plan: Plan) -> dict[str, str]:
    return {str(p.jurisdiction_id): str(p.weight) for p in signing_parties(plan)}


def open_item_ballots(
    *,
    sign_off: SignOff,
    revision: Revision,
    entries: Sequence[RevisionItem],
    concerned: Mapping[int, Iterable[str]],
    changes: Mapping[int, str],
) -> list[SignOffBallot]:
    """Open a ballot per entry, under the charter's rule for its class as it stands now.

    `concerned`: item id -> codes, where they are more than the version's own (a changed item);
    `changes`: item id -> change kind, where it is not the entry's own.
    """
    charter = charter_in_force(sign_off.plan)
    if charter is None:
        raise Conflict(_("No charter is in force."))
    weights = signing_weights(sign_off.plan)
    rules: dict[tuple[str, str], Mapping[str, object]] = {}
    subjects = []
    for entry in entries:
        kind = (entry.version.strength, entry.item.kind)
        if kind not in rules:
            rules[kind] = rule_for(charter, strength=kind[0], kind=kind[1])
        codes = concerned.get(entry.item_id, entry.version.concerned)
        subjects.append(
            Subject(
                kind=SubjectKind.ITEM.value,
                id=entry.item.key,
                hash=entry.version.hash,
                rule=rules[kind],
                electors=electors_of(codes, weights),
            )
        )
    ballots = open_ballots(
        plan=sign_off.plan,
        subjects=subjects,
        charter_version=str(sign_off.charter_number),
        closes_at=sign_off.closes_at,
        is_sealed=sign_off.is_sealed,
    )
    return SignOffBallot.objects.bulk_create(
        SignOffBallot(
            sign_off=sign_off,
            item=entry.item,
            version=entry.version,
            revision=revision,
            change=changes.get(entry.item_id, entry.change),
            ballot=ballot,
        )
        for entry, ballot in zip(entries, ballots, strict=True)
    )


def write_declaration(
    *,
    actor: Actor,
    sign_off: SignOff,
    revision: Revision,
    ballots: Sequence[SignOffBallot],
    stands: Mapping[str, Stand],
    general: Stand,
    letter: Letter,
    decided_by: str,
    signatory: str,
) -> Declaration:
    """Write one position per ballot of the party (`stands`: item key -> exception), the
    reservations, the lifts of former ones, and the declaration that binds them."""
    chosen = [stands.get(row.item.key, general) for row in ballots]
    positions = take_positions(
        actor=actor,
        stances=[
            Stance(ballot=row.ballot, value=s.value, text=s.text, wording=s.wording)
            for row, s in zip(ballots, chosen, strict=True)
        ],
        letter=letter,
    )
    lift_reservations(sign_off=sign_off, positions=positions)
    Reservation.objects.bulk_create(
        Reservation(
            item=row.item,
            jurisdiction_id=actor.jurisdiction_code or "",
            position=position,
            text_zh=stand.text.strip(),
            **vars(stand.reservation),
        )
        for row, stand, position in zip(ballots, chosen, positions, strict=True)
        if stand.value == PositionValue.AGREE_RESERVED.value
    )
    now = clock.now()
    said = {
        "signatory": signatory,
        "decided_by": decided_by,
        "letter": {"number": letter.number, "on": letter.on, "issuer": letter.issuer},
        "general": {"value": general.value, "text": general.text},
        "items": {row.item.key: row.version.hash for row in ballots},
        "exceptions": {key: _said(stand) for key, stand in sorted(stands.items())},
        "at": now,
    }
    content = _declared(actor, sign_off, revision, said)
    return Declaration.objects.create(
        sign_off=sign_off,
        revision=revision,
        jurisdiction_id=actor.jurisdiction_code or "",
        mandate_id=actor.mandate_id or 0,
        key=positions[0].declaration,
        decided_by=decided_by,
        content=content,
        hash=canonical.digest(content),
        nonce=canonical.new_nonce(),
        at=now,
    )


def _declared(
    actor: Actor, sign_off: SignOff, revision: Revision, said: Mapping[str, object]
) -> str:
    """The canonical text of a declaration: who speaks, to which text, and what was said."""
    return canonical.canonical(
        {
            "algorithm": canonical.ALGORITHM,
            "plan": sign_off.plan.key,
            "sign_off": sign_off.pk,
            "revision": {"number": revision.number, "hash": revision.hash},
            "jurisdiction": actor.jurisdiction_code,
            "mandate": actor.mandate_id,
            **said,
        }
    )


def _said(stand: Stand) -> dict[str, object]:
    said: dict[str, object] = {
        "value": stand.value,
        "text": stand.text,
        "wording": stand.wording,
    }
    if stand.value == PositionValue.AGREE_RESERVED.value:
        said["reservation"] = vars(stand.reservation)
    return said


def lift_reservations(*, sign_off: SignOff, positions: Sequence[Position]) -> list[ReservationLift]:
    """End every standing reservation of the party that its new positions replace."""
    ballots = {row.ballot_id: row.item_id for row in sign_off.item_ballots.all()}
    by_item = {ballots[position.ballot_id]: position for position in positions}
    standing = Reservation.objects.filter(
        item__in=by_item, jurisdiction=positions[0].jurisdiction_id, lift__isnull=True
    )
    return ReservationLift.objects.bulk_create(
        ReservationLift(reservation=row, position=by_item[row.item_id], at=positions[0].at)
        for row in standing
    )


def end_item_ballots(*, plan: Plan, keys: Sequence[str], reason: str) -> list[str]:
    """End the ballots of some items without result (they go back to phase 2); keys that ended.

    The sign-off of the others goes on; positions stay and are carried to the next wording.
    """
    sign_off = current_sign_off(plan)
    if sign_off is None or has_ended(sign_off):
        return []
    rows = sign_off.item_ballots.filter(item__key__in=keys, ballot__end__isnull=True)
    found = list(rows.select_related("ballot", "item"))
    end_ballots(
        ballots=[row.ballot for row in found],
        outcome=Outcome.WITHOUT_RESULT.value,
        reason=reason,
    )
    return sorted(row.item.key for row in found)


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
