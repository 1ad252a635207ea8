"""Listing what an upper plan requires, and answering it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plans.register.enums import TransmissionValue
from plans.register.models import Plan, TransmissionAnswer, UpperRequirement
from plans.register.queries import Transmitted, carrying_choices
from plans.register.rules import ACTS, require
from plans.register.steps import (
    Demanded,
    answer_required,
    lock_plan,
    save_requirement,
)
from plans.register.steps import add_requirement as add_row
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def add_requirement(*, actor: Actor, plan: Plan, demanded: Demanded) -> UpperRequirement:
    """List a binding content of an upper plan that is not on this site. Refused, Invalid."""
    require("requirement.add", ACTS, actor=actor, plan=plan)
    _check(demanded)
    row = add_row(plan=lock_plan(plan), demanded=demanded)
    _append(actor, plan, "requirement.add", row)
    return row


@transaction.atomic
def edit_requirement(
    *, actor: Actor, plan: Plan, requirement: UpperRequirement, edits: int, demanded: Demanded
) -> UpperRequirement:
    """Change a listed requirement; its answers show as given on a former wording.

    Refused, Invalid, Conflict when somebody saved it meanwhile.
    """
    require("requirement.edit", ACTS, actor=actor, plan=plan)
    _check(demanded)
    row = save_requirement(requirement=requirement, edits=edits, changes={**demanded.fields()})
    _append(actor, plan, "requirement.edit", row)
    return row


@transaction.atomic
def remove_requirement(
    *, actor: Actor, plan: Plan, requirement: UpperRequirement, edits: int
) -> None:
    """Take a requirement from the list; what was answered is kept. Refused, Conflict."""
    require("requirement.remove", ACTS, actor=actor, plan=plan)
    row = save_requirement(requirement=requirement, edits=edits, changes={"is_removed": True})
    _append(actor, plan, "requirement.remove", row)


@transaction.atomic
def answer_transmission(
    *,
    actor: Actor,
    plan: Plan,
    row: Transmitted,
    wording: str,
    value: str,
    reason: str = "",
    carried_by: Sequence[str] = (),
) -> TransmissionAnswer:
    """Say how the plan answers one binding content of its upper plan.

    `row` was read by `get_required` for the actor; `wording` is the hash of what the answerer had
    before its eyes. Refused, Invalid, Conflict when the upper wording changed meanwhile.
    """
    require("transmission.answer", ACTS, actor=actor, plan=plan)
    if wording != row.required.wording:
        raise Conflict(_("The wording of the upper plan has changed. Read it and answer again."))
    if value not in TransmissionValue.values:
        raise Invalid({"value": _("Choose one of the values.")})
    if value != TransmissionValue.ADOPTED and not reason.strip():
        raise Invalid({"reason": _("Give the reason why the upper plan is not adopted as it is.")})
    known = {key for key, _title in carrying_choices(plan)}
    if not set(carried_by) <= known:
        raise Invalid({"carried_by": _("This plan has no such item.")})
    answer = answer_required(
        plan=plan,
        actor=actor,
        required=row.required,
        value=value,
        reason=reason.strip(),
        carried_by=list(dict.fromkeys(carried_by)),
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="transmission.answer",
        subject=f"plan:{plan.key}",
        effects={
            "answer": answer.pk,
            "item": answer.item_id,
            "requirement": answer.requirement_id,
            "wording": answer.wording,
            "value": value,
            "reason": canonical.digest(answer.reason) if answer.reason else "",
            "carried_by": answer.carried_by,
        },
    )
    return answer


def _check(demanded: Demanded) -> None:
    if not demanded.title_zh.strip():
        raise Invalid({"title_zh": _("Name what is required.")})
    if not demanded.source.strip():
        raise Invalid({"source": _("Name the document that requires it.")})


def _append(actor: Actor, plan: Plan, act: str, row: UpperRequirement) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"requirement:{row.pk}",
        effects={"number": row.number, "wording": row.wording},
    )
