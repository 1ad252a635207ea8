"""Who keeps the register of joint projects: the joint office, and the lead unit for its own."""

from collections.abc import Mapping

from plans.register.models import Plan
from plans.register.rules import plan_facts
from plans.register.rules import require as require_on_plan
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import ActRule, Facts, Lock, Relation, Verdict, decide

_KEEPERS = ActRule(
    roles=frozenset({Role.COORDINATOR, Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER}),
    grant="draft",
    relations=frozenset({Relation.OWN}),
)
ACTS: Mapping[str, ActRule] = {
    "project.add": _KEEPERS,
    "project.edit": _KEEPERS,
    "milestone.add": _KEEPERS,
    "milestone.edit": _KEEPERS,
    "milestone.remove": _KEEPERS,
    "milestone.link": _KEEPERS,
    "known_projects.import": ActRule(
        roles=frozenset(), kinds=frozenset({ActorKind.ADMINISTRATOR, ActorKind.SYSTEM})
    ),
}


def is_own(*, actor: Actor, lead_code: str | None) -> bool:
    """Every project is the coordinator's; a party's people keep what their jurisdiction leads."""
    if actor.role is Role.COORDINATOR:
        return True
    return lead_code is not None and actor.jurisdiction_code == lead_code


def can(act: str, *, actor: Actor, plan: Plan, lead_code: str | None) -> Verdict:
    """The verdict on `act` for a project led by `lead_code` (None: by a joint body)."""
    own = is_own(actor=actor, lead_code=lead_code)
    return decide(act, ACTS[act], plan_facts(actor=actor, plan=plan, own=own))


def require(act: str, *, actor: Actor, plan: Plan, lead_code: str | None) -> None:
    """NotVisible or Refused unless `can`."""
    own = is_own(actor=actor, lead_code=lead_code)
    require_on_plan(act, ACTS, actor=actor, plan=plan, own=own)


def require_import(*, actor: Actor) -> None:
    """Known projects belong to no plan: administrators and the site itself load them."""
    facts = Facts(
        kind=actor.kind,
        role=actor.role,
        acts=actor.acts,
        grants=frozenset({"view"}),
        phase=1,
        lock=Lock.FREE,
        relation=Relation.OWN,
    )
    verdict = decide("known_projects.import", ACTS["known_projects.import"], facts)
    if not verdict:
        raise Refused(verdict)
