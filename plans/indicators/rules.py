"""Who defines indicators: the joint team, and the people of the co-makers."""

from collections.abc import Mapping

from stakeholders.terms.actor import Role
from stakeholders.terms.rights import ActRule, Lock

_DEFINING = ActRule(
    roles=frozenset(
        {Role.COORDINATOR, Role.DRAFTER, Role.PLANNER, Role.CONTACT_POINT, Role.DEPUTY}
    ),
    grant="draft",
    locks=frozenset({Lock.FREE}),
)

ACTS: Mapping[str, ActRule] = {
    "indicator.add": _DEFINING,
    "indicator.edit": _DEFINING,
    "indicator.remove": _DEFINING,
    "indicator.replace": _DEFINING,
}
