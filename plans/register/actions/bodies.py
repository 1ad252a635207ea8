"""Creating a plan and naming its first coordinator."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan
from plans.register.rules import ACTS, BODY_ROLES, require
from plans.register.steps import give_role, take_role
from stakeholders.people.models import Organization
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def admit_body(*, actor: Actor, plan: Plan, organization: Organization, role: Role) -> None:
    """Let the people of a body take part in a plan in `role`: an expert group, an observer, the
    drafting team. Safe to repeat. Raises NotVisible, Refused, Invalid for another role.
    """
    require("body.admit", ACTS, actor=actor, plan=plan)
    if role not in BODY_ROLES:
        raise Invalid(
            {
                "role": _(
                    "A body drafts, comments, advises or observes; only parties submit and sign."
                )
            }
        )
    give_role(plan=plan, holder=f"org-{organization.pk}", role=role)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="body.admit",
        subject=f"organization:{organization.pk}",
        effects={"role": role.value},
    )


@transaction.atomic
def dismiss_body(
    *, actor: Actor, plan: Plan, organization: Organization, role: Role, reason: str
) -> None:
    """End the part of a body in a plan: its people lose sight of it with their next request.

    What they wrote stays. Raises NotVisible, Refused, Invalid without a reason, Conflict for a
    body that takes no part in that role.
    """
    require("body.dismiss", ACTS, actor=actor, plan=plan)
    if role not in BODY_ROLES:
        raise Invalid({"role": _("The joint office is not dismissed from its plan.")})
    if not reason.strip():
        raise Invalid({"reason": _("Say why the body no longer takes part.")})
    if not take_role(plan=plan, holder=f"org-{organization.pk}", role=role):
        raise Conflict(_("This body takes no part in this role."))
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="body.dismiss",
        subject=f"organization:{organization.pk}",
        effects={"role": role.value, "reason": canonical.digest(reason.strip())},
    )
