"""Whose duty it is, and who may learn of it. Pure."""

from consult.desk.kinds import acts_of
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Duty


def owes(*, duty: Duty, actor: Actor, plan_key: str) -> bool:
    """Whether the actor's mandate makes it the one who has to do `duty`. Pure.

    A coordinator's duty without a holder is owed by the whole joint office of the plan,
    whichever jurisdiction or body its people come from.
    """
    if duty.user_id is not None:
        return duty.user_id == actor.user_id
    role = actor.role.value if actor.role else None
    if not actor.speaks or not actor.may_touch_plan(plan_key):
        return False
    if actor.acts is not None and acts_of(duty.kind).isdisjoint(actor.acts):
        return False
    if duty.roles and role not in duty.roles:
        return False
    if duty.holder_code is None and duty.organization_id is None:
        return role == Role.COORDINATOR and Role.COORDINATOR.value in duty.roles
    return is_of_holder(duty=duty, actor=actor)


def is_of_holder(*, duty: Duty, actor: Actor) -> bool:
    """Whether the duty lies on the jurisdiction or organization the actor acts for. Pure."""
    if duty.holder_code is not None:
        return duty.holder_code == actor.jurisdiction_code
    return duty.organization_id is not None and duty.organization_id == actor.organization_id


def may_know(*, duty: Duty, actor: Actor) -> bool:
    """Whether the actor may learn that `duty` is owed, where it oversees others' duties. Pure."""
    if duty.secret_of is None:
        return True
    return duty.secret_of == actor.user_id or is_of_inside(duty=duty, actor=actor)


def is_of_inside(*, duty: Duty, actor: Actor) -> bool:
    """Whether the duty lies on the jurisdiction whose inside the actor sees. Pure."""
    return actor.inside is not None and duty.holder_code == actor.inside
