"""Who may do what in a health check: one table."""

from collections.abc import Mapping

from stakeholders.terms.actor import ActorKind, Role
from stakeholders.terms.rights import ActRule, Relation

COORDINATOR = frozenset({Role.COORDINATOR})
SIGNATORY = frozenset({Role.SIGNATORY})
OWN = frozenset({Relation.OWN})
IN_FORCE = frozenset({4})
TIMED = frozenset({ActorKind.MANDATED, ActorKind.SYSTEM})
_OFFICE = ActRule(roles=COORDINATOR, grant="coordinate", phases=IN_FORCE)
# A party for itself, the joint office on its behalf with evidence.
_PARTS = ActRule(
    roles=frozenset({Role.COORDINATOR, Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER}),
    grant="report",
    phases=IN_FORCE,
    relations=OWN,
)

ACTS: Mapping[str, ActRule] = {
    "check.open": _OFFICE,
    "border.add": _OFFICE,
    "section.fill": _PARTS,
    "border.state": _PARTS,
    "finding.state": _PARTS,
    # Lifting one besides is a position: its signatory's, as everywhere.
    "reservation.review": ActRule(
        roles=frozenset({Role.CONTACT_POINT, Role.SIGNATORY}),
        grant="view",
        phases=IN_FORCE,
        relations=OWN,
    ),
    "report.open_ballot": _OFFICE,
    "report.take_position": ActRule(roles=SIGNATORY, grant="sign", phases=IN_FORCE, relations=OWN),
    "report.close_ballot": ActRule(
        roles=COORDINATOR, grant="coordinate", phases=IN_FORCE, kinds=TIMED
    ),
    "report.close_without_result": _OFFICE,
    "report.recall_ballot": _OFFICE,
    "finding.to_matter": ActRule(
        roles=frozenset({Role.COORDINATOR, Role.CONTACT_POINT, Role.DEPUTY}), phases=IN_FORCE
    ),
    "check.publish": _OFFICE,
}
