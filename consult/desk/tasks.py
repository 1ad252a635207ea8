"""Beat's trigger of the sweep. PostgreSQL decides what is due."""

from celery import shared_task

from consult.desk import actions
from stakeholders.terms.actor import SYSTEM


@shared_task(name="consult.desk.tasks.sweep")
def sweep() -> None:
    """Once a minute. A second run at the same time finds the lock taken and does nothing."""
    actions.sweep(actor=SYSTEM)
