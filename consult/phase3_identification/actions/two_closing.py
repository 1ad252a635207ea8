"""Closing where the charter asks for two: one prepares it, another of the joint office confirms."""

import json

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.models import TwoPersonEnd, TwoPersonProposal
from consult.ballots.steps import both, confirm_as_second, propose_for_two, refuse_as_second
from consult.phase3_identification.actions.closing import close_now
from consult.phase3_identification.checks import refuse_close
from consult.phase3_identification.models import SignOffEnd
from consult.phase3_identification.queries import Life, frozen_of, life_of, subject_of_close
from consult.phase3_identification.queries.life import CLOSE
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.telling import open_one, short_title
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict


@transaction.atomic
def prepare_close(*, actor: Actor, plan: Plan) -> TwoPersonProposal:
    """Lay the close before a second person of the joint office; nothing ends yet.

    Raises Refused, Blocked while parties are missing, Conflict where the charter asks no second
    person or one waits already.
    """
    plan = lock_plan(plan)
    require("sign_off.prepare_close", ACTS, actor=actor, plan=plan)
    life = life_of(open_one(plan), at=clock.now())
    if not life.asks_two:
        raise Conflict(_("The charter lets one person close: no second one is needed."))
    if life.waiting_close is not None:
        raise Conflict(_("The close waits for its second person already."))
    refuse_close(plan, life, is_early=life.is_early)
    proposal = propose_for_two(
        actor=actor,
        plan=plan,
        act=CLOSE,
        subject=subject_of_close(life.sign_off),
        content={"revision": frozen_of(plan).hash, "early": life.is_early},
    )
    title = _("The close of the sign-off waits for a second person · {plan}")
    _tell_office(plan, proposal, format_lazy(title, plan=short_title(plan)), "prepare_close")
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="sign_off.prepare_close",
        subject=subject_of_close(life.sign_off),
        effects={"proposal": proposal.hash, "early": life.is_early},
    )
    return proposal


@transaction.atomic
def confirm_close(*, actor: Actor, plan: Plan, proposal_hash: str) -> SignOffEnd:
    """Confirm the prepared close as the second person; it is done with that.

    `proposal_hash` is what the person has read. Raises Refused (also the same person), Conflict
    when nothing waits, when another was prepared or the text changed; Blocked as closing.
    """
    plan = lock_plan(plan)
    require("sign_off.confirm_close", ACTS, actor=actor, plan=plan)
    life = life_of(open_one(plan), at=clock.now())
    proposal = _waiting(life, proposal_hash)
    ended = confirm_as_second(actor=actor, proposal=proposal)
    if json.loads(proposal.content)["revision"] != frozen_of(plan).hash:
        raise Conflict(_("The text has changed since the close was prepared: prepare it anew."))
    refuse_close(plan, life, is_early=life.is_early)
    effects = {**both(ended), "early": life.is_early}
    return close_now(
        actor=actor, plan=plan, life=life, act="sign_off.confirm_close", effects=effects
    )


@transaction.atomic
def refuse_prepared_close(*, actor: Actor, plan: Plan, reason: str) -> TwoPersonEnd:
    """Send the prepared close back, or take it back, with the reason: the sign-off goes on."""
    plan = lock_plan(plan)
    require("sign_off.refuse_close", ACTS, actor=actor, plan=plan)
    life = life_of(open_one(plan), at=clock.now())
    ended = refuse_as_second(actor=actor, proposal=_waiting(life), reason=reason)
    title = _("The close of the sign-off was sent back · {plan}")
    told = format_lazy(title, plan=short_title(plan))
    _tell_office(plan, ended.proposal, told, "refuse_close")
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="sign_off.refuse_close",
        subject=subject_of_close(life.sign_off),
        effects={"proposal": ended.proposal.hash, "reason": canonical.digest(ended.reason)},
    )
    return ended


def _waiting(life: Life, wanted: str | None = None) -> TwoPersonProposal:
    if life.waiting_close is None:
        raise Conflict(_("No close waits for a second person."))
    if wanted is not None and wanted != life.waiting_close.hash:
        raise Conflict(_("Another close was prepared since you opened this page: read it again."))
    return life.waiting_close


def _tell_office(plan: Plan, proposal: TwoPersonProposal, title: Text, act: str) -> None:
    notify(
        people=coordinators_of(plan_key=plan.key, at=clock.now()),
        kind=f"sign_off.{act}",
        title=title,
        url=reverse("identification:overview", args=[plan.key]),
        key=f"sign_off.{act}:{proposal.pk}",
        plan_key=plan.key,
    )
