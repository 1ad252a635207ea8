"""The reminder policy that counts for a plan, and the ones before it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from consult.desk.models import ReminderPolicy
from consult.desk.windows import DEFAULT, Policy
from plans.register.models import Plan


@dataclass(frozen=True, kw_only=True)
class InForce:
    """What counts for a plan. `since` is when it was set: what it would have sent before, it does
    not send; None for the policy of the site, which nobody set. `number` is then 0."""

    policy: Policy = DEFAULT
    since: datetime | None = None
    number: int = 0


def policies_of(plans: Collection[int]) -> Mapping[int, InForce]:
    """Id of the plan -> what counts for it; plans without a policy of their own are left out.
    One query; unscoped, for the sweep."""
    rows = ReminderPolicy.objects.filter(plan__in=plans).order_by("plan_id", "-number")
    return {row.plan_id: _in_force(row) for row in rows.distinct("plan_id")}


def policy_of(plan: Plan) -> InForce:
    """What counts for one plan. One query."""
    return policies_of([plan.pk]).get(plan.pk, InForce())


def versions_of(plan: Plan) -> QuerySet[ReminderPolicy]:
    """Every policy the plan ever had, the newest first, with who set it."""
    rows = ReminderPolicy.objects.filter(plan=plan).order_by("-number")
    return rows.select_related("mandate__user", "mandate__jurisdiction", "mandate__organization")


def as_policy(row: ReminderPolicy) -> Policy:
    """A stored version as the windows are computed from."""
    return Policy(
        before=tuple(row.before),
        every=row.every,
        office_after=row.office_after,
        escalate_after=row.escalate_after,
        hour=row.hour,
    )


def _in_force(row: ReminderPolicy) -> InForce:
    return InForce(policy=as_policy(row), since=row.at, number=row.number)
