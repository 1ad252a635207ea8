"""Waking a worker, if a broker is there. Nothing depends on it: sweeps find the same work.

Celery triggers, PostgreSQL decides: a task carries no state, so that a lost one costs a minute.
"""

import time
from collections.abc import Callable

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError as BrokerAway

from stakeholders.broker.connecting import connection

PAUSE = 30.0  # seconds without another try after the broker did not answer
_silent_until = 0.0


def poke(task: str) -> None:
    """Send the task `task` without arguments; a broker that is away is not asked for a while.

    Only processes that serve the site know its broker. One try, over a connection that waits for
    nothing longer than a second; after a failure the next tries wait, so that a dead broker costs
    one request a moment and not all of them.
    """
    global _silent_until
    if current_app.main != "jointplan" or time.monotonic() < _silent_until:
        return
    try:
        with connection() as broker:
            current_app.send_task(task, connection=broker, retry=False)
    except (BrokerAway, OSError):
        _silent_until = time.monotonic() + PAUSE


def poke_on_commit(task: str) -> None:
    """Poke once what the running transaction wrote can be read by the worker; never before.

    Called many times in one transaction, the task is sent once.
    """
    waker = _waker(task)
    planned = transaction.get_connection().run_on_commit
    if all(function is not waker for _ids, function, _robust in planned):
        transaction.on_commit(waker, robust=True)


_wakers: dict[str, Callable[[], None]] = {}


def _waker(task: str) -> Callable[[], None]:
    return _wakers.setdefault(task, lambda: poke(task))
