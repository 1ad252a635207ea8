"""Who may do what with the lists of demands: one table act -> roles."""

from collections.abc import Mapping

from plans.register.models import Plan
from plans.register.rules import plan_facts
from plans.register.rules import require as require_on
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.rights import ActRule, Relation, Verdict, decide

R = Role
EARLY = frozenset({1, 2})
_OFFICE = frozenset({R.COORDINATOR})
_OWN = frozenset({Relation.OWN})
_WRITING = ActRule(
    roles=frozenset({R.CONTACT_POINT, R.DEPUTY, R.PLANNER}),
    grant="comment",
    phases=EARLY,
    relations=_OWN,
)

ACTS: Mapping[str, ActRule] = {
    "demands.ask": ActRule(roles=_OFFICE, grant="coordinate", phases=EARLY),
    "demand.add": _WRITING,
    "demand.edit": _WRITING,
    "demand.remove": _WRITING,
    # Handing in binds the party outwards: its contact point alone, as with a reply to a round.
    "demands.hand_in": ActRule(
        roles=frozenset({R.CONTACT_POINT}), grant="clear", phases=EARLY, relations=_OWN
    ),
    "demand.sort": ActRule(roles=_OFFICE, grant="coordinate"),
    "demand.answer": ActRule(roles=frozenset({R.CONTACT_POINT}), grant="clear", relations=_OWN),
}


def can(act: str, *, actor: Actor, plan: Plan, code: str | None = None) -> Verdict:
    """The verdict on one act, about the list of `code` or (None) the actor's own."""
    facts = plan_facts(actor=actor, plan=plan, own=_is_own(actor, code))
    return decide(act, ACTS[act], facts)


def require(act: str, *, actor: Actor, plan: Plan, code: str | None = None) -> None:
    """NotVisible or Refused unless `actor` may do `act` with the list of `code`."""
    require_on(act, ACTS, actor=actor, plan=plan, own=_is_own(actor, code))


def _is_own(actor: Actor, code: str | None) -> bool:
    return actor.inside is not None and code in (None, actor.inside)
