"""The official letter that follows an answer."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps
from consult.phase2_preparation.checks import check_day, check_letter
from consult.phase2_preparation.models import Reply, ReplyLetter
from consult.phase2_preparation.queries import is_past, letters_missing
from consult.phase2_preparation.rules import require
from consult.phase2_preparation.steps import Letter
from consult.phase2_preparation.telling import append
from plans.register.models import Plan
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict


@transaction.atomic
def add_letter(*, actor: Actor, plan: Plan, reply: Reply, letter: Letter) -> ReplyLetter:
    """Add the stamped letter to an answer given orally or without one; the reply is not touched.

    Refused, Invalid, Conflict.
    """
    require("reply.add_letter", actor=actor, plan=plan, code=reply.jurisdiction_id)
    check_letter(letter)
    check_day(letter, at=clock.now())
    one = steps.lock_round(reply.round)
    if not letters_missing(plans=[plan.pk]).filter(pk=reply.pk).exists():
        raise Conflict(_("This answer waits for no letter."))
    row = steps.write_later_letter(reply=reply, actor=actor, letter=letter)
    content = canonical.canonical(
        {
            "letter": canonical.digest_of([row.number, row.on, row.issuer]),
            "letter_file": row.file.sha256,
        }
    )
    sealed = one.is_sealed and not is_past(one, at=clock.now())
    effects = (
        {"commitment": canonical.commitment(content, reply.nonce)}
        if sealed
        else {"content": content}
    )
    append(actor, plan, "reply.add_letter", one, effects)
    return row
