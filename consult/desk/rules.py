"""Who sees who is late, and who runs the sweep."""

from collections.abc import Mapping

from plans.register.models import Plan
from plans.register.rules import require
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import ActRule, Reason, Verdict

ACTS: Mapping[str, ActRule] = {
    "duty.oversee": ActRule(roles=frozenset({Role.COORDINATOR}), grant="coordinate"),
    "reminders.set": ActRule(roles=frozenset({Role.COORDINATOR}), grant="coordinate"),
    "duty.nudge": ActRule(roles=frozenset({Role.COORDINATOR}), grant="coordinate"),
}


def require_oversight(*, actor: Actor, plan: Plan) -> None:
    """Refuse unless the actor coordinates the plan: only it sees who is late."""
    require("duty.oversee", ACTS, actor=actor, plan=plan)


def require_system(*, actor: Actor, act: str) -> None:
    """Sweeps run as SYSTEM only. Refused for everybody else."""
    if actor.kind is not ActorKind.SYSTEM:
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act=act))
