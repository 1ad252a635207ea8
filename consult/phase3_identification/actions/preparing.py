"""A position that two persons of a party take: one prepares it, a signatory confirms it."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.models import TwoPersonProposal
from consult.ballots.queries import seconds_of
from consult.ballots.steps import (
    Letter,
    both,
    confirm_as_second,
    propose_for_two,
    refuse_as_second,
)
from consult.phase3_identification.actions.declaring import checked, declare
from consult.phase3_identification.models import Declaration
from consult.phase3_identification.queries import asks_two, declaration_of
from consult.phase3_identification.queries.positions import TAKE, subject_of_position
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.steps import (
    Basis,
    Stand,
    day_in,
    said_of,
    stand_in,
)
from consult.phase3_identification.telling import open_one, short_title
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.notices.steps import notify
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid

SECONDS = frozenset({Role.SIGNATORY.value})


@transaction.atomic
def prepare_position(
    *,
    actor: Actor,
    plan: Plan,
    revision_hash: str,
    general: Stand,
    exceptions: Sequence[Stand] = (),
    letter: Letter | None = None,
    basis: Basis | None = None,
    former: int | None = None,
) -> TwoPersonProposal:
    """Write down the position of the actor's jurisdiction for another person to confirm.

    It is checked as if it were taken now, counts nowhere, and takes the place of what was prepared
    before. Raises Refused, Invalid, Conflict (also where the charter asks for one person only).
    """
    plan = lock_plan(plan)
    require("position.prepare", ACTS, actor=actor, plan=plan, own=True)
    sign_off = open_one(plan)
    if not asks_two(sign_off):
        raise Conflict(_("The charter asks for one person: a signatory takes the position."))
    letter, basis = letter or Letter(), basis or Basis()
    rows, stands = checked(
        actor=actor,
        sign_off=sign_off,
        revision_hash=revision_hash,
        said=(general, exceptions, letter, basis),
        seen=(former, declaration_of(sign_off, code=actor.jurisdiction_code)),
    )
    proposal = propose_for_two(
        actor=actor,
        plan=plan,
        act=TAKE,
        subject=subject_of_position(sign_off),
        content={
            **json.loads(canonical.canonical(said_of(rows, stands, general, letter, basis))),
            "revision": revision_hash,
            "former": former,
            "letter_file": str(basis.file.pk) if basis.file else "",
        },
        jurisdiction=actor.jurisdiction,
    )
    _tell_seconds(plan, proposal)
    _append(actor, plan, "position.prepare", proposal)
    return proposal


@transaction.atomic
def confirm_position(*, actor: Actor, plan: Plan, proposal: TwoPersonProposal) -> Declaration:
    """Take the position that another person has prepared, as it was prepared.

    Raises NotVisible, Refused (who prepared it; who is no signatory), Invalid, Conflict.
    """
    plan = lock_plan(plan)
    require(TAKE, ACTS, actor=actor, plan=plan, own=True)
    end = confirm_as_second(actor=actor, proposal=proposal)
    said = json.loads(proposal.content)
    return declare(
        actor=actor,
        plan=plan,
        revision_hash=said["revision"],
        general=stand_in(said["general"]),
        exceptions=[stand_in(row, item=key) for key, row in said["exceptions"].items()],
        letter=_letter_in(said),
        basis=_basis_in(said),
        former=said["former"],
        prepared_by=proposal.mandate.user_id,
        two=both(end),
    )


@transaction.atomic
def send_back_position(
    *, actor: Actor, plan: Plan, proposal: TwoPersonProposal, reason: str
) -> TwoPersonProposal:
    """Send back what was prepared, with the reason; who prepared it may take it back so.

    Raises NotVisible, Refused, Invalid, Conflict.
    """
    plan = lock_plan(plan)
    require("position.send_back", ACTS, actor=actor, plan=plan, own=True)
    refuse_as_second(actor=actor, proposal=proposal, reason=reason)
    notify(
        people=[proposal.mandate.user_id],
        kind="position.send_back",
        title=format_lazy(
            _("Your prepared position was sent back · {plan}"), plan=short_title(plan)
        ),
        url=reverse("identification:second", args=[plan.key]),
        key=f"position.send_back:{proposal.pk}",
        plan_key=plan.key,
    )
    _append(actor, plan, "position.send_back", proposal)
    return proposal


def _letter_in(said: dict[str, Any]) -> Letter:
    """The letter of a prepared position."""
    letter = said["letter"]
    return Letter(number=letter["number"], on=day_in(letter["on"]), issuer=letter["issuer"])


def _basis_in(said: dict[str, Any]) -> Basis:
    """What a prepared position rests on. Invalid where its stamped letter is gone."""
    pk = said.get("letter_file")
    file = StoredFile.objects.filter(pk=UUID(pk)).first() if pk else None
    if pk and file is None:
        raise Invalid({"letter_file": _("The stamped letter is no longer there.")})
    return Basis(
        body=said.get("decided_by") or "",
        meeting=said.get("meeting") or "",
        on=day_in(said.get("decided_on")),
        file=file,
    )


def _tell_seconds(plan: Plan, proposal: TwoPersonProposal) -> None:
    """Those who may confirm it; nobody outside the jurisdiction."""
    people = seconds_of([proposal], roles=SECONDS, at=clock.now())
    notify(
        people=people.get(proposal.pk, []),
        kind="position.prepare",
        title=format_lazy(
            _("A position is prepared and waits for your confirmation · {plan}"),
            plan=short_title(plan),
        ),
        url=reverse("identification:second", args=[plan.key]),
        key=f"position.prepare:{proposal.pk}",
        plan_key=plan.key,
    )


def _append(actor: Actor, plan: Plan, act: str, proposal: TwoPersonProposal) -> None:
    """Into the inside chain of the jurisdiction: others learn of the position when it is taken."""
    record.append(
        chain=record.inside_chain(code=actor.jurisdiction, key=plan.key),
        actor=actor,
        act=act,
        subject=f"proposal:{proposal.pk}",
        effects={"hash": proposal.hash},
    )
