"""Who may hold and release mail."""

from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import Reason, Verdict


def require_mail_keeper(*, actor: Actor) -> None:
    """Only administrators and the system keep the outbox. Refused for everybody else."""
    if actor.kind not in (ActorKind.ADMINISTRATOR, ActorKind.SYSTEM):
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act="mail.hold"))
