"""The worker's trigger of sending. PostgreSQL decides which mail is due."""

from celery import shared_task

from stakeholders.broker.waking import poke
from stakeholders.notices import actions, queries, steps
from stakeholders.notices.enums import HARD_LIMIT, SOFT_LIMIT
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM


@shared_task(name=steps.TASK, soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def send_mail() -> None:
    """Batch after batch for a while, then the next task, as long as mail leaves.

    Where nothing left (the server is away, another task is at it) the sweep wakes the next.
    """
    sent = actions.send_waiting(actor=SYSTEM)
    if sent and queries.is_mail_due(at=clock.now()):
        poke(steps.TASK)
