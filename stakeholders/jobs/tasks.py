"""The worker's trigger. PostgreSQL decides which job is due."""

from celery import shared_task

from stakeholders.broker.waking import poke
from stakeholders.jobs import actions, steps
from stakeholders.terms.actor import SYSTEM


@shared_task(name=steps.TASK)
def run_jobs() -> None:
    """One step of the job that waits longest, then the next task, until nothing waits."""
    if actions.run_step(actor=SYSTEM) is not None:
        poke(steps.TASK)
