"""Row writes of a declaration: positions, reservations, lifts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from consult.ballots.enums import PositionValue
from consult.ballots.models import Position
from consult.ballots.steps import Letter, Stance, take_positions
from consult.phase3_identification.models import (
    Condition,
    Declaration,
    Reservation,
    ReservationLift,
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import former_items
from plans.register.models import Revision
from stakeholders.files.models import StoredFile
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
class ConditionText:
    """What an agreement in principle asks for; `by`: the party that should meet it ("" : the
    joint office)."""

    text: str
    by: str = ""
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Stand:
    """What a party says: in general (`item` empty), or as an exception for one item."""

    value: str
    item: str = ""
    text: str = ""
    wording: str = ""
    reservation: ReservationText = ReservationText()
    conditions: tuple[ConditionText, ...] = ()

    @property
    def asked(self) -> tuple[ConditionText, ...]:
        """Its conditions; one entered as a plain text is one condition."""
        if self.value != PositionValue.AGREE_IN_PRINCIPLE.value:
            return ()
        if self.conditions or not self.text.strip():
            return self.conditions
        return (ConditionText(text=self.text.strip()),)

    @property
    def words(self) -> str:
        """What a cell shows of it: its text, or its conditions one a line."""
        return self.text.strip() or "\n".join(one.text.strip() for one in self.asked)


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a position rests on: the body that decided, at which meeting, when; the stamped file of
    the official letter."""

    body: str = ""
    meeting: str = ""
    on: date | None = None
    file: StoredFile | None = None


def write_declaration(
    *,
    actor: Actor,
    sign_off: SignOff,
    revision: Revision,
    ballots: Sequence[SignOffBallot],
    stands: Mapping[str, Stand],
    general: Stand,
    letter: Letter,
    basis: Basis,
    signatory: str,
) -> Declaration:
    """Write one position per ballot of the party (`stands`: item key -> exception), the
    reservations, the conditions, the lifts of former reservations, and the declaration that binds
    them."""
    chosen = [stands.get(row.item.key, general) for row in ballots]
    positions = take_positions(
        actor=actor,
        stances=[
            Stance(ballot=row.ballot, value=s.value, text=s.words, wording=s.wording)
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
    said = said_of(ballots, stands, general, letter, basis)
    content = declared_text(actor, sign_off, revision, {**said, "signatory": signatory, "at": now})
    declaration = Declaration.objects.create(
        sign_off=sign_off,
        revision=revision,
        jurisdiction_id=actor.jurisdiction_code or "",
        mandate_id=actor.mandate_id or 0,
        key=positions[0].declaration,
        decided_by=basis.body,
        meeting=basis.meeting,
        decided_on=basis.on,
        letter_file=basis.file,
        content=content,
        hash=canonical.digest(content),
        nonce=canonical.new_nonce(),
        at=now,
    )
    write_conditions(
        declaration=declaration,
        asked={
            None: general.asked,
            **{row.item_id: s.asked for row in ballots if (s := stands.get(row.item.key))},
        },
    )
    return declaration


def said_of(
    ballots: Sequence[SignOffBallot],
    stands: Mapping[str, Stand],
    general: Stand,
    letter: Letter,
    basis: Basis,
) -> dict[str, object]:
    """What a party says, in plain form. What came later stands in it only where it is said."""
    decided = {"meeting": basis.meeting, "decided_on": basis.on}
    paper: dict[str, object] = {"number": letter.number, "on": letter.on, "issuer": letter.issuer}
    if basis.file is not None:
        paper["file"] = basis.file.sha256
    return {
        "decided_by": basis.body,
        **{name: said for name, said in decided.items() if said},
        "letter": paper,
        "general": _general(general),
        "items": {row.item.key: row.version.hash for row in ballots},
        "exceptions": {key: plain_stand(stand) for key, stand in sorted(stands.items())},
    }


def declared_text(
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


def plain_stand(stand: Stand) -> dict[str, object]:
    """A stand as a declaration's content holds it."""
    said: dict[str, object] = {
        "value": stand.value,
        "text": stand.text,
        "wording": stand.wording,
        **_conditions(stand),
    }
    if stand.value == PositionValue.AGREE_RESERVED.value:
        said["reservation"] = vars(stand.reservation)
    return said


def stand_in(said: Mapping[str, Any], *, item: str = "") -> Stand:
    """The stand that a declaration's content holds: `plain_stand` read back."""
    kept = dict(said.get("reservation") or {})
    return Stand(
        item=item,
        value=said["value"],
        text=said.get("text") or "",
        wording=said.get("wording") or "",
        conditions=tuple(
            ConditionText(text=one["text"], by=one["by"], due_on=day_in(one["due_on"]))
            for one in said.get("conditions") or []
        ),
        reservation=ReservationText(**{**kept, "review_on": day_in(kept.get("review_on"))}),
    )


def day_in(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _general(stand: Stand) -> dict[str, object]:
    wording = {"wording": stand.wording} if stand.wording else {}
    return {"value": stand.value, "text": stand.text, **wording, **_conditions(stand)}


def _conditions(stand: Stand) -> dict[str, object]:
    asked = [vars(one) for one in stand.asked]
    return {"conditions": asked} if asked else {}


def write_conditions(
    *, declaration: Declaration, asked: Mapping[int | None, Sequence[ConditionText]]
) -> list[Condition]:
    """The conditions of a declaration by item id (None: of its general agreement).

    One that the party has asked for before in this sign-off in the same words restates that one.
    """
    if not any(asked.values()):
        return []
    former = Condition.objects.filter(
        declaration__sign_off=declaration.sign_off_id,
        declaration__jurisdiction=declaration.jurisdiction_id,
        restates__isnull=True,
    )
    known = {(row.item_id, row.text): row for row in former}
    return Condition.objects.bulk_create(
        Condition(
            declaration=declaration,
            item_id=item,
            number=number,
            text=one.text.strip(),
            by_id=one.by or None,
            due_on=one.due_on,
            restates=known.get((item, one.text.strip())),
        )
        for item, rows in asked.items()
        for number, one in enumerate(rows, start=1)
    )


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
