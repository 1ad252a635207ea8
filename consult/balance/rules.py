"""Who may agree on quotas and money, pay and confirm: each party for itself, in phase 4."""

from collections.abc import Collection, Mapping

from plans.register.models import Plan
from plans.register.rules import plan_facts
from plans.register.rules import require as require_on_plan
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.rights import ActRule, Relation, Verdict, decide

R = Role
# What binds a party is said by its contact point or its signatory.
BINDING = frozenset({R.CONTACT_POINT, R.SIGNATORY})
_PHASES = frozenset({4})
_OWN = frozenset({Relation.OWN})
_PROPOSING = ActRule(roles=BINDING | {R.DEPUTY, R.PLANNER}, phases=_PHASES, relations=_OWN)
_CONFIRMING = ActRule(roles=BINDING, phases=_PHASES, relations=_OWN)

ACTS: Mapping[str, ActRule] = {
    "transfer.propose": _PROPOSING,
    "transfer.confirm": _CONFIRMING,
    "compensation.propose": _PROPOSING,
    "compensation.confirm": _CONFIRMING,
    # What was paid is reported like other figures of phase 4.
    "settlement.state": ActRule(
        roles=frozenset({R.CONTACT_POINT, R.DEPUTY, R.PLANNER}),
        grant="report",
        phases=_PHASES,
        relations=_OWN,
    ),
    "settlement.confirm": _CONFIRMING,
}


def _is_own(actor: Actor, sides: Collection[str] | None) -> bool:
    """Whether the actor speaks for one of `sides`; None: whether for any party at all."""
    if actor.inside is None:
        return False
    return sides is None or actor.inside in sides


def can(act: str, *, actor: Actor, plan: Plan, sides: Collection[str] | None = None) -> Verdict:
    """The verdict on an act of one of `sides` (None: of the actor's own party)."""
    facts = plan_facts(actor=actor, plan=plan, own=_is_own(actor, sides))
    return decide(act, ACTS[act], facts)


def require(act: str, *, actor: Actor, plan: Plan, sides: Collection[str] | None = None) -> None:
    """NotVisible or Refused unless `can`."""
    require_on_plan(act, ACTS, actor=actor, plan=plan, own=_is_own(actor, sides))
