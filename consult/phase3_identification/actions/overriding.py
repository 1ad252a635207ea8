"""Adopting a guiding item although its rule is not met, as the charter says, by two people."""

import json

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.models import TwoPersonEnd, TwoPersonProposal
from consult.ballots.steps import both, confirm_as_second, propose_for_two, refuse_as_second
from consult.phase3_identification.board import BoardRow, board
from consult.phase3_identification.models import Override
from consult.phase3_identification.queries import (
    frozen_of,
    life_of,
    prepared_overrides,
)
from consult.phase3_identification.queries.overrides import (
    ACT,
    Prepared,
    is_overridable,
    subject_of,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.steps import write_override
from consult.phase3_identification.telling import open_one, short_title, tell
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@transaction.atomic
def prepare_override(
    *, actor: Actor, plan: Plan, item: str, reason: str, signatory_of: str
) -> TwoPersonProposal:
    """Lay the override of one item before a signatory of a party that signs: the second person.

    Raises Refused; Conflict where the charter knows no override, before the hour while parties are
    missing, for an item that passes, is overridden or waits; Invalid for a binding or given item,
    without a reason, or a party that does not sign.
    """
    plan = lock_plan(plan)
    require("override.prepare", ACTS, actor=actor, plan=plan)
    row = _failing(plan, item)
    if not reason.strip():
        raise Invalid({"reason": _("An override needs its reason.")})
    sign_off = row.ballot.sign_off
    if signatory_of not in {unit.code for unit in life_of(sign_off, at=clock.now()).parties}:
        raise Invalid({"signatory_of": _("Choose a party that signs.")})
    if any(one.ballot.pk == row.ballot.pk for one in prepared_overrides(sign_off)):
        raise Conflict(_("The override of this item waits for its second person already."))
    proposal = propose_for_two(
        actor=actor,
        plan=plan,
        act=ACT,
        subject=subject_of(row.ballot),
        content={"item": row.key, "hash": row.ballot.version.hash, "reason": reason.strip()},
        jurisdiction=signatory_of,
    )
    _tell_signatory(plan, row, proposal)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="override.prepare",
        subject=subject_of(row.ballot),
        effects={
            "item": row.key,
            "wording": row.ballot.version.hash,
            "proposal": proposal.hash,
            "reason": canonical.digest(reason.strip()),
        },
    )
    return proposal


@transaction.atomic
def confirm_override(*, actor: Actor, plan: Plan, item: str, proposal_hash: str) -> Override:
    """Confirm a prepared override as the signatory it was laid before; the item is overridden.

    Raises Refused, NotVisible, Conflict (answered, replaced, or the item passes by now).
    """
    plan = lock_plan(plan)
    require("override.confirm", ACTS, actor=actor, plan=plan, own=True)
    prepared = _prepared(plan, item)
    if prepared.proposal.hash != proposal_hash:
        raise Conflict(_("Another override was prepared since you opened this page."))
    ended = confirm_as_second(actor=actor, proposal=prepared.proposal)
    row = _failing(plan, item)
    said = json.loads(prepared.proposal.content)
    if row.ballot.pk != prepared.ballot.pk or said["hash"] != row.ballot.version.hash:
        raise Conflict(_("The text of this item has changed since the override was prepared."))
    made = write_override(
        actor=actor, ballot=row.ballot, proposal=prepared.proposal, reason=said["reason"]
    )
    codes = [unit.code for unit in life_of(row.ballot.sign_off, at=made.at).parties]
    title = format_lazy(_("Article {number} is overridden"), number=row.number)
    tell(plan, codes=codes, kind="override.confirm", title=title, url=_page(plan))
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="override.confirm",
        subject=subject_of(row.ballot),
        effects={
            "item": item,
            "wording": row.ballot.version.hash,
            "reason": canonical.digest(made.reason),
            **both(ended),
        },
    )
    return made


@transaction.atomic
def refuse_override(*, actor: Actor, plan: Plan, item: str, reason: str) -> TwoPersonEnd:
    """Refuse a prepared override with the reason: the item stays as its rule has it."""
    plan = lock_plan(plan)
    require("override.refuse", ACTS, actor=actor, plan=plan, own=True)
    prepared = _prepared(plan, item)
    ended = refuse_as_second(actor=actor, proposal=prepared.proposal, reason=reason)
    title = _("An override was refused by its second person")
    codes = [str(prepared.proposal.jurisdiction_id)]
    tell(plan, codes=codes, kind="override.refuse", title=title, url=_page(plan))
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="override.refuse",
        subject=subject_of(prepared.ballot),
        effects={"proposal": ended.proposal.hash, "reason": canonical.digest(ended.reason)},
    )
    return ended


def _failing(plan: Plan, item: str) -> BoardRow:
    """The row of an item that may be overridden now. Unscoped: the hour or all have spoken."""
    sign_off = open_one(plan)
    life = life_of(sign_off, at=clock.now())
    if life.why_not_override is not None:
        raise Conflict(life.why_not_override)
    rows = board(sign_off=sign_off, revision=frozen_of(plan)).rows
    row = next((row for row in rows if row.key == item), None)
    if row is None:
        raise NotVisible
    if not is_overridable(row.ballot):
        text = _("Only guiding provisions can be overridden, never binding or given ones.")
        raise Invalid({"item": text})
    if row.override is not None:
        raise Conflict(_("This item is overridden already."))
    if not row.is_decided_here:
        raise Conflict(_("This item is not decided here: there is nothing to override."))
    if row.passes:
        raise Conflict(_("This item passes: there is nothing to override."))
    return row


def _prepared(plan: Plan, item: str) -> Prepared:
    found = [one for one in prepared_overrides(open_one(plan)) if one.ballot.item.key == item]
    if not found:
        raise Conflict(_("No override of this item waits for a second person."))
    return found[0]


def _page(plan: Plan) -> str:
    return reverse("identification:overrides", args=[plan.key])


def _tell_signatory(plan: Plan, row: BoardRow, proposal: TwoPersonProposal) -> None:
    code = str(proposal.jurisdiction_id)
    people = people_of(codes=[code], roles=[Role.SIGNATORY], at=proposal.at, plan_key=plan.key).get(
        code, []
    )
    title = _("The override of article {number} waits for your word · {plan}")
    notify(
        people=people,
        kind="override.prepare",
        title=format_lazy(title, number=row.number, plan=short_title(plan)),
        url=reverse("identification:confirm_override", args=[plan.key, row.key]),
        key=f"override.prepare:{proposal.pk}",
        plan_key=plan.key,
    )
