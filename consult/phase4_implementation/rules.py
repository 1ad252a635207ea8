"""Who reports in phase 4: each party for itself, the joint office for all and for the whole."""

from collections.abc import Mapping

from plans.register.models import Plan
from plans.register.rules import plan_facts
from plans.register.rules import require as require_on_plan
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.rights import ActRule, Relation, Verdict, decide

_REPORTERS = ActRule(
    roles=frozenset({Role.COORDINATOR, Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER}),
    grant="report",
    phases=frozenset({4}),
    relations=frozenset({Relation.OWN}),
)
ACTS: Mapping[str, ActRule] = {"status.report": _REPORTERS, "reading.report": _REPORTERS}


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
