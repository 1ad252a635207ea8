"""The family of a plan (1 + N), of which a reader sees what it may see and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, QuerySet, Value, When

from plans.register.enums import KIND_ORDER
from plans.register.models import Plan
from plans.register.queries.plans import visible_plans
from plans.register.queries.transmission import Counts, counts_of
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Member:
    """A plan of the family with how it answers the plan above it."""

    plan: Plan
    counts: Counts


@dataclass(frozen=True, kw_only=True)
class Family:
    """What the reader may see of a plan's family; `is_whole` False: it has an upper plan unseen."""

    upper: Plan | None
    sisters: list[Plan] = field(default_factory=list)
    lower: list[Member] = field(default_factory=list)
    has_unseen_upper: bool = False

    def __bool__(self) -> bool:
        return bool(self.upper or self.sisters or self.lower)


def family_of(*, actor: Actor, plan: Plan) -> Family:
    """The upper plan, its other lower plans and the plan's own ones. At most eight queries."""
    seen = _in_order(visible_plans(actor=actor))
    upper = seen.filter(pk=plan.parent_id).first() if plan.parent_id else None
    sisters = list(seen.filter(parent=upper).exclude(pk=plan.pk)) if upper else []
    lower = list(seen.filter(parent=plan))
    counts = counts_of(upper=plan, lower=lower)
    return Family(
        upper=upper,
        sisters=sisters,
        lower=[Member(plan=one, counts=counts[one.pk]) for one in lower],
        has_unseen_upper=bool(plan.parent_id) and upper is None,
    )


def upper_plan(*, actor: Actor, plan: Plan) -> Plan | None:
    """The upper plan, where there is one that `actor` may see. One query."""
    if plan.parent_id is None:
        return None
    return visible_plans(actor=actor).select_related("in_force").filter(pk=plan.parent_id).first()


def possible_parents(*, actor: Actor, kind: str = "") -> QuerySet[Plan]:
    """The plans `actor` may see that can stand above one of `kind`, or above any at all."""
    kinds: Sequence[str] = KIND_ORDER[:-1]
    if kind:
        order = [one.value for one in KIND_ORDER]
        kinds = order[: order.index(kind)] if kind in order else ()
    return _in_order(visible_plans(actor=actor)).filter(kind__in=kinds)


def _in_order(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    ranks = [When(kind=kind, then=Value(rank)) for rank, kind in enumerate(KIND_ORDER)]
    return plans.annotate(rank=Case(*ranks, output_field=IntegerField())).order_by("rank", "key")
