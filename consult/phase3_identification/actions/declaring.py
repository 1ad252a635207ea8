"""A party takes its positions, once for all items that concern it."""

import json
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.steps import Letter
from consult.phase3_identification.checks import (
    checked_stands,
    days_said,
    refuse_adopted,
    require_letter,
    require_spoken_to,
    require_two,
    require_within,
    rows_of,
)
from consult.phase3_identification.models import (
    Declaration,
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import (
    declaration_of,
    frozen_of,
    letter_needed,
    party_codes,
    require_own_steps,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.steps import (
    Basis,
    Stand,
    said_of,
    write_declaration,
)
from consult.phase3_identification.telling import open_one, short_title
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.people.models import Mandate
from stakeholders.people.queries import coordinators_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict

CLOSED = _("The sign-off is closed and takes no more positions.")
SPOKEN = _("Your jurisdiction has declared since you opened this page.")
REPLAYED = _("This very position was taken already: it counts once. Its receipt stands.")


@transaction.atomic
def declare(
    *,
    actor: Actor,
    plan: Plan,
    revision_hash: str,
    general: Stand,
    exceptions: Sequence[Stand] = (),
    letter: Letter | None = None,
    decided_by: str = "",
    basis: Basis | None = None,
    former: int | None = None,
    prepared_by: int | None = None,
    two: Mapping[str, object] | None = None,
) -> Declaration:
    """Take the positions of the actor's jurisdiction on all items that concern it.

    `general` holds for each item without an exception. The newest declaration replaces the former
    one entirely: what it does not restate is lifted. `former` is the declaration the person had
    seen, so that of parallel ones only the first is taken. `prepared_by`: the first person, where
    the charter asks for two; `two`: what the record says of both. Raises Refused, Invalid, Conflict.
    """
    plan = lock_plan(plan)
    require("position.take", ACTS, actor=actor, plan=plan, own=True)
    sign_off = open_one(plan)
    basis, letter = basis or Basis(body=decided_by), letter or Letter()
    require_two(sign_off, actor=actor, prepared_by=prepared_by)
    require_own_steps(sign_off, code=actor.jurisdiction)
    last = declaration_of(sign_off, code=actor.jurisdiction_code)
    rows, stands = checked(
        actor=actor,
        sign_off=sign_off,
        revision_hash=revision_hash,
        said=(general, exceptions, letter, basis),
        seen=(former, last),
    )
    mandate = Mandate.objects.select_related("user").get(pk=actor.mandate_id or 0)
    declaration = write_declaration(
        actor=actor,
        sign_off=sign_off,
        revision=frozen_of(plan),
        ballots=rows,
        stands=stands,
        general=general,
        letter=letter,
        basis=basis,
        signatory=mandate.user.name_zh,
    )
    _tell_declared(plan, sign_off, declaration)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="position.take",
        subject=f"sign_off:{sign_off.pk}",
        effects={**_declared(sign_off, declaration, general, stands, last), **(two or {})},
    )
    return declaration


def checked(
    *,
    actor: Actor,
    sign_off: SignOff,
    revision_hash: str,
    said: tuple[Stand, Sequence[Stand], Letter, Basis],
    seen: tuple[int | None, Declaration | None],
) -> tuple[list[SignOffBallot], dict[str, Stand]]:
    """The ballots of the party and its exceptions, or the first reason why nothing is taken."""
    plan, frozen = sign_off.plan, frozen_of(sign_off.plan)
    general, exceptions, letter, basis = said
    former, last = seen
    if sign_off.closes_at is not None and clock.now() >= sign_off.closes_at:
        raise Conflict(CLOSED)
    require_spoken_to(plan, revision_hash, frozen)
    rows = rows_of(sign_off, frozen, code=actor.jurisdiction_code)
    if (last.pk if last else None) != former:
        stands = {stand.item: stand for stand in exceptions}
        again = said_of(rows, stands, general, letter, basis)
        is_replay = last is not None and _is_same(actor, last, again)
        raise Conflict(REPLAYED if is_replay else SPOKEN, theirs=last)
    require_within(actor, rows)
    refuse_adopted(sign_off, rows, exceptions)
    said_before = days_said(json.loads(last.content)) if last else frozenset()
    stands = checked_stands(rows, general, exceptions, units=party_codes(plan), said=said_before)
    if letter_needed(sign_off):
        require_letter(letter, basis)
    return rows, stands


def _is_same(actor: Actor, last: Declaration, said: Mapping[str, object]) -> bool:
    """Whether the last declaration is this very one, sent by the same person before."""
    taken = json.loads(last.content)
    same = json.loads(canonical.canonical(said))
    return last.mandate_id == actor.mandate_id and same == {name: taken.get(name) for name in same}


def _declared(
    sign_off: SignOff,
    declaration: Declaration,
    general: Stand,
    stands: dict[str, Stand],
    former: Declaration | None,
) -> dict[str, object]:
    """What the record says of a declaration: of a sealed one its commitment only."""
    if sign_off.is_sealed:
        commitment = canonical.commitment(declaration.content, declaration.nonce)
        return {"revision": declaration.revision.hash, "commitment": commitment}
    return {
        "revision": declaration.revision.hash,
        "declaration": declaration.hash,
        "general": general.value,
        "exceptions": {key: stand.value for key, stand in stands.items()},
        "replaces": former.hash if former else None,
    }


def _tell_declared(plan: Plan, sign_off: SignOff, declaration: Declaration) -> None:
    """A receipt to the signatory; to the joint office only that the party has answered."""
    url = reverse("identification:overview", args=[plan.key])
    receipt = format_lazy(
        _("Your position on {plan} is taken. Receipt {hash}"),
        plan=short_title(plan),
        hash=declaration.hash,
    )
    notify(
        people=[declaration.mandate.user_id],
        kind="position.receipt",
        title=receipt,
        url=reverse("identification:receipt", args=[plan.key, declaration.pk]),
        key=f"position.receipt:{declaration.pk}",
        plan_key=plan.key,
    )
    title = format_lazy(
        _("{party} has taken its position · {plan}"),
        party=declaration.jurisdiction,
        plan=short_title(plan),
    )
    notify(
        people=coordinators_of(plan_key=plan.key, at=declaration.at),
        kind="position.take",
        title=title,
        url=url,
        key=f"position.take:{declaration.pk}",
        plan_key=plan.key,
    )
