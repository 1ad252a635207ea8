"""Who may start, run and cancel jobs, and have what they made."""

import json

from stakeholders.jobs.kinds import KindWithResult, kind_of
from stakeholders.jobs.models import Job
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import Reason, Verdict


def require_system(*, actor: Actor, act: str) -> None:
    """Refuse unless the site itself does `act`."""
    if actor.kind is not ActorKind.SYSTEM:
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act=act))


def require_person(*, actor: Actor, act: str) -> None:
    """Refuse unless a person who signed in does `act`; what the job may do, its steps ask."""
    if actor.user_id is None:
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act=act))


def require_result(*, actor: Actor, job: Job) -> None:
    """Refuse who may no longer see what the file of an own job holds, as its kind says."""
    kind = kind_of(job.kind)
    if isinstance(kind, KindWithResult):
        kind.require_result(actor=actor, arguments=json.loads(job.arguments))
