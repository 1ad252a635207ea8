"""Row writes of a declaration: positions, reservations, lifts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from consult.ballots.enums import PositionValue
from consult.ballots.models import Position
from consult.ballots.steps import Letter, Stance, take_positions
from consult.phase3_identification.models import (
    Declaration,
    Reservation,
    ReservationLift,
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import former_items
from plans.register.models import Revision
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor


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
    """End every standing reservation of the party that its new positions replace, also one that
    passed on from a predecessor to the item spoken on now."""
    ballots = {row.ballot_id: row.item_id for row in sign_off.item_ballots.all()}
    by_item = {ballots[position.ballot_id]: position for position in positions}
    passed = former_items(sign_off.plan, by_item)
    by_item |= {former: by_item[heir] for former, heir in passed.items()}
    standing = Reservation.objects.filter(
        item__in=by_item, jurisdiction=positions[0].jurisdiction_id, lift__isnull=True
    )
    return ReservationLift.objects.bulk_create(
        ReservationLift(reservation=row, position=by_item[row.item_id], at=positions[0].at)
        for row in standing
    )
