"""Who may do what after the sign-off: one table, read by `register.rules`."""

from collections.abc import Mapping

from consult.approval.models import ApprovalLetter
from plans.register.models import Plan
from stakeholders.terms.actor import Actor, Role
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
    "dossier.arrange": _OFFICE,
    "dossier.file": _OFFICE,
    "approval.submit": _OFFICE,
    "approval.forward": _SPOKEN,
    "approval.ask_completion": _SPOKEN,
    "approval.complete": _OFFICE,
    "approval.publish": _OFFICE,
    "approval.file": _OFFICE_AFTER,
    "approval.correct": _OFFICE_AFTER,
    "approval.reply": _SPOKEN,
    # Who must sign notes what the reply changed; late ones count still after the plan went on.
    "approval.acknowledge": ActRule(
        roles=CONTACT | {Role.SIGNATORY}, grant="view", phases=AFTER, relations=OWN
    ),
}


def is_addressee(submission: ApprovalLetter | None, *, actor: Actor) -> bool:
    """Whether a reply to `submission` is the actor's to enter: the joint office's, or a unit's that
    it was submitted to."""
    if actor.role is Role.COORDINATOR:
        return True
    return submission is not None and actor.jurisdiction_code in submission.addressees


def must_sign(plan: Plan, *, code: str) -> bool:
    """Whether the party signs the plan, so that it notes what the reply changed."""
    return plan.parties.co_makers().must_sign().filter(jurisdiction_id=code).exists()
