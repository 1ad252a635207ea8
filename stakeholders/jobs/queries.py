"""A person's own jobs. They follow the person, not the mandate."""

import uuid

from django.db.models import QuerySet

from stakeholders.jobs.models import Job
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


def own_jobs(*, actor: Actor) -> QuerySet[Job]:
    """The jobs the acting person started, newest first."""
    rows = Job.objects.filter(user_id=actor.user_id or 0).select_related("result_file")
    return rows.order_by("-created_at", "-pk")


def get_own_job(*, actor: Actor, pk: uuid.UUID) -> Job:
    """One job of the acting person. NotVisible for another's."""
    job = own_jobs(actor=actor).filter(pk=pk).first()
    if job is None:
        raise NotVisible
    return job
