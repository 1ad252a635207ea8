"""Who may hold and release mail; whose inbox and preferences are one's own."""

from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import NotVisible, Refused
from stakeholders.terms.rights import Reason, Verdict


def require_mail_keeper(*, actor: Actor) -> None:
    """Only administrators and the system keep the outbox. Refused for everybody else."""
    if actor.kind not in (ActorKind.ADMINISTRATOR, ActorKind.SYSTEM):
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act="mail.hold"))


def require_person(*, actor: Actor) -> int:
    """The id of the acting person. NotVisible for an actor who is none and has no inbox."""
    if actor.user_id is None:
        raise NotVisible
    return actor.user_id
