"""Who may do what after the sign-off: one table, read by `register.rules`."""

from collections.abc import Mapping

from stakeholders.terms.actor import Role
from stakeholders.terms.rights import ActRule

COORDINATOR = frozenset({Role.COORDINATOR})
CONTACT = frozenset({Role.CONTACT_POINT})
PHASE = frozenset({3})
AFTER = frozenset({3, 4})  # filing may come after the plan went into implementation

_OFFICE = ActRule(roles=COORDINATOR, grant="coordinate", phases=PHASE)

ACTS: Mapping[str, ActRule] = {
    "dossier.arrange": _OFFICE,
    "dossier.file": _OFFICE,
}
