"""Lifting one reservation by its holder, without declaring everything anew."""

import json
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from consult.ballots.models import Position
from consult.ballots.seen import require_seen
from consult.ballots.steps import Letter, Stance, take_positions
from consult.phase3_identification.actions.declaring import CLOSED
from consult.phase3_identification.checks import require_two, require_within
from consult.phase3_identification.models import (
    Declaration,
    Reservation,
    ReservationLift,
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import (
    agreed_by_lift,
    current_sign_off,
    declaration_of,
    frozen_of,
    get_reservation,
    has_ended,
    wording_seen,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.telling import short_title
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.people.models import Mandate
from stakeholders.people.queries import coordinators_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

AGREE, RESERVED = PositionValue.AGREE.value, PositionValue.AGREE_RESERVED.value


@transaction.atomic
def lift_reservation(
    *, actor: Actor, plan: Plan, pk: int, reason: str, seen: str | None = None
) -> ReservationLift:
    """End one reservation of the actor's jurisdiction with a reason.

    While its sign-off is open the party agrees with that one article in its present wording: a
    declaration with a receipt of its own, that touches no other position. Afterwards the
    reservation is lifted and the statement stays as it was signed. `seen`: the wording on the page
    (`wording_seen`), None where there was no page. Raises NotVisible, Refused, Invalid, Conflict
    (lifted already; another wording by now; a sealed sign-off, where the act would say what is
    sealed).
    """
    plan = lock_plan(plan)
    found = get_reservation(actor=actor, plan=plan, pk=pk)
    is_own = str(found.jurisdiction_id) == actor.inside
    require("reservation.lift", ACTS, actor=actor, plan=plan, own=is_own)
    if hasattr(found, "lift"):
        raise Conflict(_("This reservation was lifted already."))
    if actor.items is not None and found.item.key not in actor.items:
        text = _("Your mandate is limited to some articles and does not reach all that concern us.")
        raise Invalid({"": text})
    if not reason.strip():
        raise Invalid({"reason": _("Lifting a reservation needs its reason.")})
    said = reason.strip()
    sign_off = current_sign_off(plan)
    row = agreed_by_lift(found, plan=plan)
    declaration, position = None, None
    if sign_off is not None and not has_ended(sign_off):
        _require_takes(sign_off)
    require_seen(seen, now=wording_seen(row))
    if sign_off is not None and row is not None:
        declaration, position = _agree(actor, sign_off, row, said)
    lift = ReservationLift.objects.create(
        reservation=found,
        position=position,
        mandate_id=actor.mandate,
        reason=said,
        at=clock.now(),
    )
    _tell(plan, found)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="reservation.lift",
        subject=f"reservation:{found.pk}",
        effects={
            "item": found.item.key,
            "reason": canonical.digest(said),
            "declaration": declaration.hash if declaration else None,
        },
    )
    return lift


def _require_takes(sign_off: SignOff) -> None:
    """Conflict where an open sign-off takes no such word."""
    if sign_off.is_sealed:
        text = _("This sign-off is sealed: lift it by taking your position anew.")
        raise Conflict(text)
    if sign_off.closes_at is not None and clock.now() >= sign_off.closes_at:
        raise Conflict(CLOSED)
    frozen_of(sign_off.plan)


def _agree(
    actor: Actor, sign_off: SignOff, row: SignOffBallot, reason: str
) -> tuple[Declaration | None, Position | None]:
    """Agreement with the one article in the open sign-off."""
    last = declaration_of(sign_off, code=actor.jurisdiction_code)
    if last is None:
        return None, None
    require_two(sign_off, actor=actor, prepared_by=None)
    require_within(actor, [row])
    position = take_positions(
        actor=actor, stances=[Stance(ballot=row.ballot, value=AGREE)], letter=Letter()
    )[0]
    return _declaration(actor, sign_off, last, row, position, reason), position


def _declaration(
    actor: Actor,
    sign_off: SignOff,
    last: Declaration,
    row: SignOffBallot,
    position: Position,
    reason: str,
) -> Declaration:
    """The former declaration less that reservation: whole in what it says, and naming under `items`
    the one article on which a position was taken."""
    said: dict[str, Any] = json.loads(last.content)
    exceptions = {key: one for key, one in said["exceptions"].items() if key != row.item.key}
    if said["general"]["value"] != AGREE:
        exceptions[row.item.key] = {"value": AGREE, "text": "", "wording": ""}
    frozen = frozen_of(sign_off.plan)
    mandate = Mandate.objects.select_related("user").get(pk=actor.mandate)
    content = canonical.canonical(
        {
            **said,
            "revision": {"number": frozen.number, "hash": frozen.hash},
            "mandate": actor.mandate,
            "signatory": mandate.user.name_zh,
            "items": {row.item.key: row.version.hash},
            "exceptions": exceptions,
            "lifts": {"item": row.item.key, "reason": reason, "after": last.hash},
            "at": position.at,
        }
    )
    return Declaration.objects.create(
        sign_off=sign_off,
        revision=frozen,
        jurisdiction_id=actor.jurisdiction,
        mandate_id=actor.mandate,
        key=position.declaration,
        decided_by=last.decided_by,
        meeting=last.meeting,
        decided_on=last.decided_on,
        content=content,
        hash=canonical.digest(content),
        nonce=canonical.new_nonce(),
        at=position.at,
    )


def _tell(plan: Plan, found: Reservation) -> None:
    notify(
        people=coordinators_of(plan_key=plan.key, at=clock.now()),
        kind="reservation.lift",
        title=format_lazy(
            _("{party} has lifted a reservation · {plan}"),
            party=found.jurisdiction,
            plan=short_title(plan),
        ),
        url=reverse("identification:reservation", args=[plan.key, found.pk]),
        key=f"reservation.lift:{found.pk}",
        plan_key=plan.key,
    )
