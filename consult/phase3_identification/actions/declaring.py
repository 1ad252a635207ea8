"""A party takes its positions, once for all items that concern it."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.steps import Letter
from consult.phase3_identification.checks import checked_stands, rows_of
from consult.phase3_identification.models import (
    Declaration,
    SignOff,
)
from consult.phase3_identification.queries import (
    declaration_of,
    frozen_of,
    require_own_steps,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.steps import (
    Stand,
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
    former: int | None = None,
) -> Declaration:
    """Take the positions of the actor's jurisdiction on all items that concern it.

    `general` holds for each item without an exception. The newest declaration replaces the former
    one entirely: what it does not restate is lifted. `former` is the declaration the person had
    seen, so that of parallel ones only the first is taken. Raises Refused, Invalid, Conflict.
    """
    plan = lock_plan(plan)
    require("position.take", ACTS, actor=actor, plan=plan, own=True)
    sign_off = open_one(plan)
    if sign_off.closes_at is not None and clock.now() >= sign_off.closes_at:
        raise Conflict(CLOSED)
    if revision_hash != frozen_of(plan).hash:
        raise Conflict(_("The text has changed since you opened this page: read it again."))
    last = declaration_of(sign_off, code=actor.jurisdiction_code)
    if (last.pk if last else None) != former:
        raise Conflict(_("Your jurisdiction has declared since you opened this page."), theirs=last)
    require_own_steps(sign_off, code=actor.jurisdiction)
    rows = rows_of(sign_off, frozen_of(plan), code=actor.jurisdiction_code)
    stands = checked_stands(rows, general, exceptions)
    mandate = Mandate.objects.select_related("user").get(pk=actor.mandate_id or 0)
    declaration = write_declaration(
        actor=actor,
        sign_off=sign_off,
        revision=frozen_of(plan),
        ballots=rows,
        stands=stands,
        general=general,
        letter=letter or Letter(),
        decided_by=decided_by,
        signatory=mandate.user.name_zh,
    )
    _tell_declared(plan, sign_off, declaration)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="position.take",
        subject=f"sign_off:{sign_off.pk}",
        effects=_declared(sign_off, declaration, general, stands, last),
    )
    return declaration


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
        _("Your position on {plan} is taken; the receipt stands on the sign-off page"),
        plan=short_title(plan),
    )
    notify(
        people=[declaration.mandate.user_id],
        kind="position.receipt",
        title=receipt,
        url=url,
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
