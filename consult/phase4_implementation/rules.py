"""Who acts in phase 4: each party for itself, the joint office for all and for the whole."""

from collections.abc import Mapping
from typing import Any

from plans.register.models import Plan
from plans.register.rules import plan_facts
from plans.register.rules import require as require_on_plan
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.rights import ActRule, Relation, Verdict, decide

_REPORTERS = ActRule(
    roles=frozenset({Role.COORDINATOR, Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER}),
    grant="report",
    phases=frozenset({4}),
    relations=frozenset({Relation.OWN}),
)
# A party of a case speaks by who may speak for it outwards; the joint office enters its answer.
_SPEAKERS = frozenset({Role.CONTACT_POINT, Role.DEPUTY})
_OFFICE = frozenset({Role.COORDINATOR})
ACTS: Mapping[str, ActRule] = {
    "status.report": _REPORTERS,
    "reading.report": _REPORTERS,
    "reading.import": _REPORTERS,
    "case.answer": ActRule(
        roles=_SPEAKERS | _OFFICE,
        grant="report",
        phases=frozenset({4}),
        relations=frozenset({Relation.OWN}),
    ),
    "case.view": ActRule(
        roles=_SPEAKERS,
        grant="report",
        phases=frozenset({4}),
        relations=frozenset({Relation.OWN}),
    ),
    # The hour raises an unanswered case too, as the system.
    "case.raise": ActRule(
        roles=_OFFICE,
        grant="coordinate",
        phases=frozenset({4}),
        kinds=frozenset({ActorKind.MANDATED, ActorKind.SYSTEM}),
    ),
    "case.close": ActRule(roles=_OFFICE, grant="coordinate", phases=frozenset({4})),
    # As a matter is opened, by a party of the project or the joint office.
    "blockage.to_matter": ActRule(
        roles=frozenset({Role.COORDINATOR, Role.CONTACT_POINT, Role.DEPUTY}),
        phases=frozenset({4}),
        relations=frozenset({Relation.OWN}),
    ),
}


def is_own(*, actor: Actor, code: str | None, parties: frozenset[str]) -> bool:
    """Whether `actor` may speak for `code` (None: the whole area) among `parties`."""
    if actor.role is Role.COORDINATOR:
        return True
    return code is not None and code == actor.jurisdiction_code and code in parties


def can(
    act: str, *, actor: Actor, plan: Plan, code: str | None, parties: frozenset[str]
) -> Verdict:
    """The verdict on reporting for `code`; `parties` are the project's, or those concerned."""
    own = is_own(actor=actor, code=code, parties=parties)
    return decide(act, ACTS[act], plan_facts(actor=actor, plan=plan, own=own))


def require(
    act: str, *, actor: Actor, plan: Plan, code: str | None, parties: frozenset[str]
) -> None:
    """NotVisible or Refused unless `can`."""
    own = is_own(actor=actor, code=code, parties=parties)
    require_on_plan(act, ACTS, actor=actor, plan=plan, own=own)


def own(actor: Actor) -> dict[str, Any]:
    """Arguments of `can` for an actor who would report for its own jurisdiction."""
    code = actor.jurisdiction_code
    return {"actor": actor, "code": code, "parties": frozenset({code})}
