"""Every open duty, from all phases: a fixed number of queries for any number of plans."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from consult.desk import sources
from consult.desk.leavers import of_present
from consult.desk.owing import owes
from plans.register.models import Plan
from plans.register.queries import light_plans, visible_plans
from stakeholders.terms.actor import SYSTEM, Actor
from stakeholders.terms.duty import Duty
from stakeholders.terms.reading import one_reading


def collect(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Every open duty on `plans`, the earliest deadline first. Unscoped: the caller filters.

    One reading: what several sources need alike, the calendar before all, is read once.
    """
    with one_reading():
        found = [duty for source in sources.DUTIES for duty in source(plans=plans, now=now)]
        return in_order(of_present(found, plans=plans, now=now)) if plans else []


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """By deadline; what has none comes last. A duty named twice is kept once."""
    once = {duty.key: duty for duty in duties}
    dated = [duty for duty in once.values() if duty.due_at is not None]
    undated = [duty for duty in once.values() if duty.due_at is None]
    return [*sorted(dated, key=lambda duty: (duty.due_at, duty.key)), *undated]


def duties_of(*, actor: Actor, now: datetime) -> list[Duty]:
    """What the actor's mandate owes at `now`, also to plans it was only invited to."""
    plans = plans_of(actor=actor)
    keys = {plan.pk: plan.key for plan in plans}
    return mine_of(collect(plans=plans, now=now), keys, actor=actor, now=now)


def mine_of(
    duties: Iterable[Duty], keys: dict[int, str], *, actor: Actor, now: datetime
) -> list[Duty]:
    """Those of `duties` the actor owes (`keys`: of the plans, by id), with what plans it was only
    invited to ask of it."""
    mine = [d for d in duties if owes(duty=d, actor=actor, plan_key=keys[d.plan_id])]
    for source in sources.DUTIES_OF_INVITED:
        mine += [d for d in source(actor=actor, now=now) if _is_for(d, actor)]
    return in_order(mine)


def _is_for(duty: Duty, actor: Actor) -> bool:
    return not duty.roles or (actor.role is not None and actor.role.value in duty.roles)


def plans_of(*, actor: Actor) -> list[Plan]:
    """The plans the actor sees, without the long texts of their revisions."""
    return list(light_plans(visible_plans(actor=actor)))


def all_plans() -> list[Plan]:
    """Every plan, for the sweep only."""
    return list(light_plans(visible_plans(actor=SYSTEM)))
