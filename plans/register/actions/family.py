"""The place of a plan in its family, and the parties' signatures and weights."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plans.register.enums import CO_MAKING
from plans.register.models import Party, Plan
from plans.register.queries import possible_parents
from plans.register.rules import ACTS, require
from plans.register.steps import lock_plan, set_parent
from stakeholders.record import steps as record
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

MOST = Decimal("999999.999")


def check_parent(*, actor: Actor, kind: str, parent: Plan | None) -> None:
    """Invalid for an upper plan the actor may not see, or one of no higher kind.

    Since the kind rises with every step upwards, a family has no circle.
    """
    if parent is None:
        return
    if not possible_parents(actor=actor, kind=kind).filter(pk=parent.pk).exists():
        text = _(
            "Choose a plan of a higher kind that you may see: an overall plan stands above "
            "special-topic plans, both above detailed ones."
        )
        raise Invalid({"parent": text})


@transaction.atomic
def set_parent_plan(*, actor: Actor, plan: Plan, parent: Plan | None) -> Plan:
    """Put a plan below an upper one, or (None) below none, before its text is identified.

    Answers given to a former upper plan are kept and shown no more. NotVisible, Refused, Invalid.
    """
    require("plan.set_parent", ACTS, actor=actor, plan=plan)
    plan = lock_plan(plan)
    require("plan.set_parent", ACTS, actor=actor, plan=plan)
    check_parent(actor=actor, kind=plan.kind, parent=parent)
    former = plan.parent_id
    set_parent(plan=plan, parent=parent)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="plan.set_parent",
        subject=f"plan:{plan.key}",
        effects={"parent": plan.parent_id, "former": former},
    )
    return plan


@transaction.atomic
def change_party(*, actor: Actor, plan: Plan, code: str, must_sign: bool, weight: Decimal) -> Party:
    """Whether a party must sign and what it weighs, until the charter fixes it (phase 1).

    NotVisible for a jurisdiction that is no party, Refused, Invalid, Conflict for one that left.
    """
    require("party.change", ACTS, actor=actor, plan=plan)
    plan = lock_plan(plan)
    require("party.change", ACTS, actor=actor, plan=plan)
    party = Party.objects.filter(plan=plan, jurisdiction=code).first()
    if party is None:
        raise NotVisible
    if party.left_at is not None:
        raise Conflict(_("This party has left the plan."))
    if not 0 < weight <= MOST:
        raise Invalid({"weight": _("A weight is a figure above zero.")})
    if must_sign and party.role not in CO_MAKING:
        raise Invalid({"must_sign": _("Only co-making parties sign.")})
    former = [party.must_sign, str(party.weight.normalize())]
    party.must_sign, party.weight = must_sign, weight
    party.save(update_fields=["must_sign", "weight"])
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="party.change",
        subject=f"plan:{plan.key}",
        effects={"code": code, "former": former, "now": [must_sign, str(weight.normalize())]},
    )
    return party
