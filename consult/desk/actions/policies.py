"""Setting when and whom a plan reminds."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.desk.checks import check_policy
from consult.desk.models import ReminderPolicy
from consult.desk.policies import policy_of
from consult.desk.rules import ACTS
from consult.desk.steps import write_policy
from consult.desk.windows import Policy
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict


@transaction.atomic
def set_reminders(*, actor: Actor, plan: Plan, policy: Policy, base: int) -> ReminderPolicy:
    """Set the policy that counts for the plan from now on; it sends nothing of before.

    `base` is the number of the policy the actor has read, 0 for that of the site. Refused;
    Invalid by field; Conflict where another was set meanwhile or nothing would change.
    """
    require("reminders.set", ACTS, actor=actor, plan=plan)
    check_policy(policy)
    plan = lock_plan(plan)
    standing = policy_of(plan)
    if standing.number != base:
        raise Conflict(_("Another policy was set meanwhile: read it first."))
    if standing.number and standing.policy == policy:
        raise Conflict(_("This policy counts already."))
    row = write_policy(plan=plan, actor=actor, policy=policy)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="reminders.set",
        subject=f"reminder_policy:{row.pk}",
        effects={
            "number": row.number,
            "before": list(policy.before),
            "every": policy.every,
            "office_after": policy.office_after,
            "escalate_after": policy.escalate_after,
            "hour": policy.hour.isoformat("minutes"),
        },
    )
    return row
