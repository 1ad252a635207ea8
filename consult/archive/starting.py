"""Asking for a package: what the job that makes it has to know."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.archive.enums import JOB
from consult.archive.queries import packages_of
from plans.register.models import Plan
from plans.register.rules import require_draft_sight
from stakeholders.jobs.actions import start_job
from stakeholders.jobs.models import Job
from stakeholders.terms.actor import Actor


def start_package(*, actor: Actor, plan: Plan) -> Job:
    """Have a job make the package; one that is being made already is not begun again.

    No act on the plan: nothing is entered in its record, or no package would be of its state.
    NotVisible for whom the archive is not there; Refused for who is no person.
    """
    require_draft_sight(actor=actor, plan=plan)
    running = [job for job in packages_of(actor=actor, plan=plan) if job.is_open]
    if running:
        return running[0]
    return start_job(
        actor=actor,
        kind=JOB,
        arguments={"plan": plan.key},
        title=format_lazy(_("Archive package: {plan}"), plan=plan.key),
        url=reverse("archive:home", args=[plan.key]),
    )
