"""A party asks, before it has spoken, that items go back to preparation; the office refuses.

Accepting moves the phase, so it is an act of the workflow.
"""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.checks import open_request, refuse_asking, rows_of
from consult.phase3_identification.models import ReopeningAnswer, ReopeningRequest, SignOff
from consult.phase3_identification.queries import (
    electorate,
    frozen_of,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.steps import answer_request, write_request
from consult.phase3_identification.telling import open_one, tell
from plans.register.models import Item, Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Invalid


@transaction.atomic
def ask_to_reopen(
    *, actor: Actor, plan: Plan, items: Sequence[str], reason: str
) -> ReopeningRequest:
    """Ask for items (keys) that concern the actor's jurisdiction to go back to preparation.

    Raises Refused; Invalid without items or reason or for a foreign item; Conflict once the party
    has taken its position, after the charter's days or the closing hour, or while one waits.
    """
    plan = lock_plan(plan)
    require("reopening.ask", ACTS, actor=actor, plan=plan, own=True)
    sign_off = open_one(plan)
    refuse_asking(sign_off, code=actor.jurisdiction_code)
    if not reason.strip():
        raise Invalid({"reason": _("Say why the text should be opened again.")})
    rows = rows_of(sign_off, frozen_of(plan), code=actor.jurisdiction_code)
    by_key = {row.item.key: row.item for row in rows}
    wanted = sorted(set(items))
    if not wanted or not set(wanted) <= by_key.keys():
        raise Invalid({"items": _("Name items that concern your jurisdiction.")})
    chosen: list[Item] = [by_key[key] for key in wanted]
    row = write_request(actor=actor, sign_off=sign_off, items=chosen, reason=reason.strip())
    _tell(plan, sign_off, "reopening.ask", _("A party asks to reopen articles"))
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="reopening.ask",
        subject=f"reopening:{row.pk}",
        effects={
            "sign_off": sign_off.pk,
            "items": wanted,
            "reason": canonical.digest(row.reason),
        },
    )
    return row


@transaction.atomic
def refuse_reopening(*, actor: Actor, plan: Plan, pk: int, reason: str) -> ReopeningAnswer:
    """Refuse a request with the compulsory reason. Raises Refused, NotVisible, Invalid, Conflict."""
    plan = lock_plan(plan)
    require("reopening.refuse", ACTS, actor=actor, plan=plan)
    row = open_request(plan, pk=pk)
    if not reason.strip():
        raise Invalid({"reason": _("A refusal needs its reason.")})
    answer = answer_request(actor=actor, row=row, is_accepted=False, reason=reason.strip())
    _tell(plan, row.sign_off, "reopening.refuse", _("A request to reopen was refused"))
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="reopening.refuse",
        subject=f"reopening:{row.pk}",
        effects={"sign_off": row.sign_off_id, "reason": canonical.digest(answer.reason)},
    )
    return answer


def _tell(plan: Plan, sign_off: SignOff, kind: str, title: Text) -> None:
    """Every party learns of it: what one asks concerns the text of all."""
    url = reverse("identification:reopenings", args=[plan.key])
    codes = [unit.code for unit in electorate(sign_off)]
    tell(plan, codes=codes, kind=kind, title=title, url=url)
