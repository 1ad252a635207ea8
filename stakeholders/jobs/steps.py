"""Row writes of jobs: claiming, storing a step, ending, and waking a worker."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F, Q
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from stakeholders.jobs.enums import CLAIM, OPEN_STATES, State
from stakeholders.jobs.kinds import Step
from stakeholders.jobs.models import Job
from stakeholders.terms import clock
from stakeholders.terms.duty import Text

TASK = "stakeholders.jobs.tasks.run_jobs"


def in_both(text: Text, *, length: int) -> tuple[str, str]:
    """A lazy text in Chinese and in English, cut to `length`."""
    found = []
    for code in ("zh-hans", "en"):
        with translation.override(code):
            found.append(str(text)[:length])
    return found[0], found[1]


def lock(pk: uuid.UUID) -> bool:
    """Be the one process that works on this job until the transaction ends; False if another is.

    An advisory lock and not the row's: whoever asks to cancel must not wait for the step. It
    falls with its connection, so a lock that is held proves a living worker.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"job:{pk}"])
        return bool(cursor.fetchone()[0])


def next_due(*, at: datetime, idle_for: timedelta, pk: uuid.UUID | None) -> Job | None:
    """The open job that was left alone longest and that no living claim holds, row locked."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    rows = Job.objects.filter(free, state__in=OPEN_STATES)
    if pk is not None:
        rows = rows.filter(pk=pk)
    elif idle_for:
        idle = Q(heartbeat_at__lte=at - idle_for) | Q(heartbeat_at=None)
        rows = rows.filter(idle, created_at__lte=at - idle_for)
    order = (F("heartbeat_at").asc(nulls_first=True), "created_at")
    return rows.order_by(*order).select_for_update(skip_locked=True, no_key=True).first()


def claim(job: Job, *, at: datetime) -> Job:
    """Write down that this process works on the job now, and for how long it is believed."""
    if job.claimed_until is not None:
        job.take_ups += 1  # whoever claimed it before is gone
    job.claim, job.claimed_until, job.heartbeat_at = uuid.uuid4(), at + CLAIM, at
    job.started_at = job.started_at or at
    job.state = State.RUNNING
    fields = ["take_ups", "claim", "claimed_until", "heartbeat_at", "started_at", "state"]
    job.save(update_fields=fields)
    return job


def store(job: Job, step: Step) -> None:
    """Keep what one step left, free the claim; the last step ends the job."""
    job.done, job.total, job.cursor = step.done, step.total, step.cursor
    job.text_zh, job.text_en = in_both(step.text, length=300)
    job.claim, job.claimed_until, job.heartbeat_at, job.take_ups = None, None, clock.now(), 0
    fields = ["done", "total", "cursor", "text_zh", "text_en"]
    job.save(update_fields=[*fields, "claim", "claimed_until", "heartbeat_at", "take_ups"])
    if step.cursor is None:
        job.result, job.result_file_id = dict(step.result), step.file_id
        job.save(update_fields=["result", "result_file"])
        end(job, State.DONE)


_TOLD = {
    State.DONE: _("Done: {title}"),
    State.FAILED: _("Stopped with an error: {title}"),
    State.CANCELLED: _("Cancelled: {title}"),
}


class _Title:
    """The title of a job in the active language."""

    def __init__(self, job: Job) -> None:
        self._texts = {"zh": job.title_zh, "en": job.title_en}

    def __str__(self) -> str:
        return self._texts["en" if (translation.get_language() or "").startswith("en") else "zh"]


def end(job: Job, state: State, reason: Text = "") -> None:
    """End a job for good and tell its person."""
    job.state, job.finished_at = state, clock.now()
    job.error_zh, job.error_en = in_both(reason, length=500)
    job.claim, job.claimed_until = None, None
    fields = ["state", "finished_at", "error_zh", "error_en", "claim", "claimed_until"]
    job.save(update_fields=fields)
    tell: Callable[..., Any] = import_string(settings.JOBS["TELL"])
    tell(
        people=[job.user_id],
        kind=f"job.{state.value}",
        title=format_lazy(_TOLD[state], title=_Title(job)),
        url=job.get_absolute_url(),
        key=f"job:{job.pk}",
    )
