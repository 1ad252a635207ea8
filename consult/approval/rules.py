"""Who may do what after the sign-off: one table, read by `register.rules`."""

from collections.abc import Mapping

from stakeholders.terms.actor import Role
from stakeholders.terms.rights import ActRule, Relation

COORDINATOR = frozenset({Role.COORDINATOR})
CONTACT = frozenset({Role.CONTACT_POINT})
PHASE = frozenset({3})
AFTER = frozenset({3, 4})  # filing may come after the plan went into implementation

OWN = frozenset({Relation.OWN})

_OFFICE = ActRule(roles=COORDINATOR, grant="coordinate", phases=PHASE)
_OFFICE_AFTER = ActRule(roles=COORDINATOR, grant="coordinate", phases=AFTER)
# The authority or prefecture for itself, or the joint office with its letter.
_SPOKEN = ActRule(roles=COORDINATOR | CONTACT, grant="view", phases=PHASE, relations=OWN)

ACTS: Mapping[str, ActRule] = {
    "approval.submit": _OFFICE,
    "approval.forward": _SPOKEN,
    "approval.ask_completion": _SPOKEN,
    "approval.complete": _OFFICE,
    "approval.publish": _OFFICE,
    "approval.file": _OFFICE_AFTER,
    "approval.correct": _OFFICE_AFTER,
}
