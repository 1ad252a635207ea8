"""The sweep that does what the hour asks for. Run as SYSTEM by beat or the loop.

It is no act on a plan: what a sweep closes is recorded by the action that closes it.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection

from consult.desk import sources
from consult.desk.actions.farewells import say_farewell
from consult.desk.actions.housekeeping import housekeeping
from consult.desk.actions.reminding import remind_due
from consult.desk.enums import SWEEP_LOCK
from consult.desk.rules import require_system
from stakeholders.broker.waking import poke
from stakeholders.files.actions import check_files
from stakeholders.jobs import actions as jobs
from stakeholders.jobs.enums import IDLE, SWEEP_SECONDS
from stakeholders.notices import enums as mail
from stakeholders.notices.actions import send_waiting
from stakeholders.notices.queries import heartbeat_age
from stakeholders.notices.steps import TASK, beat
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor

log = logging.getLogger(__name__)


def sweep(*, actor: Actor) -> dict[str, int]:
    """Do everything that is due: close, remind, send, tidy. Part -> how many; -1 where it failed.

    A part that fails is logged and stops no other. Empty when another sweep is running: one
    advisory lock. Not atomic on purpose; each part is.
    """
    require_system(actor=actor, act="sweep.run")
    with _alone() as is_alone:
        if not is_alone:
            return {}
        report = {name: _run(name, part) for name, part in _parts(actor)}
        beat(name="sweep")
    poke(TASK)  # outside the lock: a slow mail server delays no deadline
    return report


def sweep_if_late(*, actor: Actor, after: timedelta) -> dict[str, int]:
    """Sweep when none has run for `after` (the broker or beat is away); else do nothing."""
    age = heartbeat_age(name="sweep", at=clock.now())
    return sweep(actor=actor) if age is None or age >= after else {}


def work_if_idle(*, actor: Actor) -> int:
    """Do what no worker has taken up for a while (the broker is away); how many steps and mails."""
    sent = send_waiting(actor=actor, seconds=mail.IDLE_SECONDS, idle_for=mail.IDLE)
    return sent + jobs.run_jobs(actor=actor, seconds=SWEEP_SECONDS, idle_for=IDLE)


def _parts(actor: Actor) -> Iterator[tuple[str, Callable[[datetime], int]]]:
    yield from sources.CLOSINGS
    yield "farewells", lambda now: say_farewell(actor=actor, now=now)
    yield "reminders", lambda now: remind_due(actor=actor, now=now)
    yield "files", lambda now: check_files(actor=actor)
    yield "jobs", lambda now: jobs.run_jobs(actor=actor, seconds=SWEEP_SECONDS)
    yield from housekeeping(actor=actor, now=clock.now())


def _run(name: str, part: Callable[[datetime], int]) -> int:
    try:
        return part(clock.now())
    except Exception:
        log.exception("a part of the sweep failed: %s", name)
        return -1


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether this process got the one lock of the sweep; freed also when it dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [SWEEP_LOCK])
        got = bool(cursor.fetchone()[0])
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [SWEEP_LOCK])
