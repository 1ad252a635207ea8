"""The coordinator publishes and moves the phase; a named person does it, never a date."""

from collections.abc import Mapping

from stakeholders.terms.actor import Role
from stakeholders.terms.rights import ActRule, Lock

_COORDINATOR = frozenset({Role.COORDINATOR})

ACTS: Mapping[str, ActRule] = {
    "revision.publish": ActRule(
        roles=_COORDINATOR, grant="coordinate", locks=frozenset({Lock.FREE})
    ),
    "phase.advance": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({1, 2, 3})),
    "phase.reopen": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({3})),
    # A party has asked for it in the sign-off.
    "reopening.accept": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({3})),
}
