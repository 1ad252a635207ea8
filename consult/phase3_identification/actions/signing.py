"""Signing the common statement."""

import json

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.seen import require_seen
from consult.ballots.steps import Letter
from consult.phase3_identification.models import (
    Signature,
)
from consult.phase3_identification.queries import (
    current_sign_off,
    get_part_statement,
    statement_of,
)
from consult.phase3_identification.rules import ACTS
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

SIGNED = _("{party} has signed the common statement.")
SIGNED_PART = _("{party} has signed the statement of a part adopted first.")


@transaction.atomic
def sign_statement(
    *,
    actor: Actor,
    plan: Plan,
    letter: Letter | None = None,
    statement: int | None = None,
    seen: str | None = None,
) -> Signature:
    """Sign the common statement for the actor's jurisdiction; `statement`: that of a part adopted
    first, by its id. `seen`: the hash of the statement on the page that was signed, None where
    there was no page. Raises NotVisible, Refused, Conflict (another one stands), Invalid."""
    plan = lock_plan(plan)
    require("statement.sign", ACTS, actor=actor, plan=plan, own=True)
    sign_off = current_sign_off(plan)
    part = None if statement is None else get_part_statement(sign_off, pk=statement)
    found = part or statement_of(sign_off)
    if found is None:
        raise Conflict(_("There is no common statement to sign."))
    require_seen(seen, now=found.hash)
    code = str(actor.jurisdiction_code)
    if code not in {party["code"] for party in json.loads(found.content)["parties"]}:
        raise Invalid({"": _("Your jurisdiction is no party of this statement.")})
    if found.signatures.filter(jurisdiction=code).exists():
        raise Conflict(_("Your jurisdiction has signed already."))
    letter = letter or Letter()
    signature = Signature.objects.create(
        statement=found,
        jurisdiction_id=code,
        mandate_id=actor.mandate_id or 0,
        letter_number=letter.number,
        letter_on=letter.on,
        at=clock.now(),
    )
    words = SIGNED_PART if part else SIGNED
    title = format_lazy(words, party=Jurisdiction.objects.get(pk=code))
    notify(
        people=coordinators_of(plan_key=plan.key, at=signature.at),
        kind="statement.sign",
        title=title,
        url=reverse(f"identification:{'adoption' if part else 'statement'}", args=[plan.key]),
        key=f"statement.sign:{signature.pk}",
        plan_key=plan.key,
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="statement.sign",
        subject=f"statement:{found.pk}",
        effects={
            "statement": found.hash,
            "signature": signature.pk,
            "letter": canonical.digest_of({"number": letter.number, "on": letter.on}),
        },
    )
    return signature
