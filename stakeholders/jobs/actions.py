"""Starting, running, cancelling and forgetting jobs.

None of these is an act on a plan: what a job does is recorded by the actions its steps call.
"""

import json
import logging
import time
import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from stakeholders.broker.waking import poke_on_commit
from stakeholders.jobs import steps
from stakeholders.jobs.enums import (
    BROKE,
    DIED,
    ENDED,
    OPEN_STATES,
    TAKE_UPS,
    UNKNOWN,
    State,
)
from stakeholders.jobs.kinds import KindOfATable, Step, kind_of
from stakeholders.jobs.models import Job
from stakeholders.jobs.queries import own_jobs
from stakeholders.jobs.rules import require_person, require_system
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused

log = logging.getLogger(__name__)


@transaction.atomic
def start_job(
    *, actor: Actor, kind: str, arguments: Mapping[str, object], title: Text, url: str = ""
) -> Job:
    """Put long work in line; a worker takes it up at once, the sweep within seconds.

    `arguments` have a canonical form (ids, codes, figures as strings); `url` is the page where the
    result is seen. Refused for who is no person; KeyError for an unknown kind.
    """
    require_person(actor=actor, act="job.start")
    kind_of(kind)
    title_zh, title_en = steps.in_both(title, length=200)
    job = Job.objects.create(
        kind=kind,
        title_zh=title_zh,
        title_en=title_en,
        arguments=canonical.canonical(arguments),
        user_id=actor.person,
        actor_kind=actor.kind.value,
        mandate_id=actor.mandate_id,
        url=url,
        created_at=clock.now(),
    )
    poke_on_commit(steps.TASK)
    return job


@transaction.atomic
def cancel_job(*, actor: Actor, pk: uuid.UUID) -> Job:
    """Ask a job to stop: at its next step, or at once while nobody works on it.

    What it has done stays. NotVisible for another's job; Conflict when it has ended.
    """
    job = own_jobs(actor=actor).select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if job is None:
        raise NotVisible
    if not job.is_open:
        raise Conflict(_("This job has ended already."))
    job.is_cancel_requested = True
    job.save(update_fields=["is_cancel_requested"])
    if job.claim is None:
        steps.end(job, State.CANCELLED)
    return job


def run_step(
    *, actor: Actor, idle_for: timedelta = timedelta(0), pk: uuid.UUID | None = None
) -> Job | None:
    """Claim the job that waits longest (or `pk`), do its next step; None when none is due.

    The claim is committed before the work begins, so that two workers never take the same job
    and one that dies is noticed. Not atomic on purpose; claim and step each are.
    """
    require_system(actor=actor, act="job.run")
    job = _claim(idle_for, pk)
    if job is None:
        return None
    try:
        _step(job)
    except Refused as error:
        _fail(job, error.text or ENDED)
    except (Conflict, Invalid, NotVisible) as error:
        _fail(job, _reason(error))
    except (InterfaceError, OperationalError):
        raise  # the claim runs out, and the job is taken up again
    except Exception:
        log.exception("job %s failed", job.pk)
        _fail(job, BROKE)
    job.refresh_from_db()
    return job


def run_jobs(*, actor: Actor, seconds: float, idle_for: timedelta = timedelta(0)) -> int:
    """Do steps for `seconds`, each job to its end if there is time; says how many steps."""
    count, end, pk = 0, time.monotonic() + seconds, None
    while time.monotonic() < end:
        job = run_step(actor=actor, idle_for=idle_for, pk=pk)
        if job is None and pk is None:
            break
        count += job is not None
        pk = job.pk if job is not None and job.is_open else None
    return count


@transaction.atomic
def forget_jobs(*, actor: Actor, older_than: timedelta) -> int:
    """Housekeeping: delete jobs that ended longer ago than `older_than`; says how many."""
    require_system(actor=actor, act="job.forget")
    old = Job.objects.filter(finished_at__lt=clock.now() - older_than)
    return old.exclude(state__in=OPEN_STATES).delete()[0]


@transaction.atomic
def _claim(idle_for: timedelta, pk: uuid.UUID | None) -> Job | None:
    now = clock.now()
    job = steps.next_due(at=now, idle_for=idle_for, pk=pk)
    if job is None or not steps.lock(job.pk):
        return None
    return steps.claim(job, at=now)


@transaction.atomic
def _step(job: Job) -> None:
    """One step and its bookkeeping, together or not at all."""
    if not steps.lock(job.pk):
        return
    fresh = Job.objects.filter(pk=job.pk, claim=job.claim).first()
    if fresh is None:
        return
    if fresh.is_cancel_requested:
        steps.end(fresh, State.CANCELLED)
    elif fresh.take_ups > TAKE_UPS:
        log.error("job %s: its worker died twice at the same step", job.pk)
        steps.end(fresh, State.FAILED, DIED)
    else:
        _work(fresh)


def _work(job: Job) -> None:
    try:
        kind = kind_of(job.kind)
    except (KeyError, ImportError):
        steps.end(job, State.FAILED, UNKNOWN)
        return
    actor: Actor | None = import_string(settings.JOBS["ACTOR"])(
        kind=ActorKind(job.actor_kind),
        user_id=job.user_id,
        mandate_id=job.mandate_id,
        at=clock.now(),
        permission=kind.permission if isinstance(kind, KindOfATable) else "",
    )
    if actor is None:
        steps.end(job, State.FAILED, ENDED)
        return
    step: Step = kind.step(actor=actor, arguments=json.loads(job.arguments), cursor=job.cursor)
    steps.store(job, step)


@transaction.atomic
def _fail(job: Job, reason: Text) -> None:
    fresh = Job.objects.select_for_update(no_key=True).filter(pk=job.pk, claim=job.claim).first()
    if fresh is not None:
        steps.end(fresh, State.FAILED, reason)


class _Joined:
    """The texts of several fields as one, in the active language."""

    def __init__(self, texts: list[Text]) -> None:
        self._texts = texts

    def __str__(self) -> str:
        return " ".join(str(text) for text in self._texts)


def _reason(error: Exception) -> Text:
    if isinstance(error, Conflict):
        return error.text
    if isinstance(error, Invalid):
        return _Joined(list(error.errors.values()))
    return _("What this job is about can no longer be found.")
