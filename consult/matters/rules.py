"""Who may do what with matters: one table act -> roles."""

from collections.abc import Mapping

from consult.matters.models import Matter
from plans.register import rules as register
from plans.register.models import Plan
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import ActRule, Facts, Lock, Relation, Verdict, decide

R = Role
_OFFICE = frozenset({R.COORDINATOR})

ACTS: Mapping[str, ActRule] = {
    "matter.open": ActRule(roles=frozenset({R.COORDINATOR, R.CONTACT_POINT, R.DEPUTY})),
    "matter.stand": ActRule(
        roles=frozenset({R.CONTACT_POINT, R.SIGNATORY}), relations=frozenset({Relation.OWN})
    ),
    # The clock of the ladder raises a matter too, as the system.
    "matter.raise": ActRule(
        roles=_OFFICE,
        grant="coordinate",
        kinds=frozenset({ActorKind.MANDATED, ActorKind.SYSTEM}),
    ),
    "matter.close": ActRule(roles=_OFFICE, grant="coordinate"),
    "matter.reopen": ActRule(roles=_OFFICE, grant="coordinate"),
    "matters.import": ActRule(
        roles=frozenset(), kinds=frozenset({ActorKind.ADMINISTRATOR, ActorKind.SYSTEM})
    ),
}


def is_own(*, actor: Actor, matter: Matter) -> bool:
    """Whether the matter is one of the actor's jurisdiction."""
    codes = {unit.code for unit in matter.jurisdictions.all()}
    return actor.jurisdiction_code in codes


def can(act: str, *, actor: Actor, plan: Plan, matter: Matter | None = None) -> Verdict:
    """The verdict on one act, for templates."""
    own = matter is not None and is_own(actor=actor, matter=matter)
    return decide(act, ACTS[act], register.plan_facts(actor=actor, plan=plan, own=own))


def require(act: str, *, actor: Actor, plan: Plan, matter: Matter | None = None) -> None:
    """NotVisible or Refused unless `actor` may do `act`."""
    own = matter is not None and is_own(actor=actor, matter=matter)
    register.require(act, ACTS, actor=actor, plan=plan, own=own)


def require_import(*, actor: Actor) -> None:
    """The library belongs to no plan: administrators and the site itself load it."""
    facts = Facts(
        kind=actor.kind,
        role=actor.role,
        acts=actor.acts,
        grants=frozenset({"view"}),
        phase=1,
        lock=Lock.FREE,
        relation=Relation.OWN,
    )
    verdict = decide("matters.import", ACTS["matters.import"], facts)
    if not verdict:
        raise Refused(verdict)
