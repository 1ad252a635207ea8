"""Reminders, and the sweep that does what the hour asks for. Run as SYSTEM by beat or the loop.

Neither is an act on a plan: what a sweep closes is recorded by the action that closes it.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.desk import sources
from consult.desk.enums import (
    HOUSEKEEPING_EVERY,
    KEEP_SENT_MAIL,
    MAIL_BATCH,
    MAIL_SECONDS,
    SWEEP_LOCK,
)
from consult.desk.owing import owes, window_of
from consult.desk.queries import all_plans, collect
from consult.desk.rules import require_system
from consult.phase2_preparation.actions import forget_typed_comments
from consult.phase3_identification.actions import forget_typed_positions
from plans.text.actions import forget_typed
from stakeholders.files.actions import check_files, tidy_files
from stakeholders.jobs import actions as jobs
from stakeholders.jobs.enums import IDLE, KEEP, SWEEP_SECONDS
from stakeholders.jurisdictions.deliveries import forget_deliveries
from stakeholders.notices.actions import drain_outbox, forget_sent_mail
from stakeholders.notices.queries import heartbeat_age, told_keys
from stakeholders.notices.steps import beat, notify
from stakeholders.people.actions import drop_expired_keys
from stakeholders.people.queries import mandates_to_remind
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Duty, Text

log = logging.getLogger(__name__)


def remind_due(*, actor: Actor, now: datetime) -> int:
    """Tell everybody who owes something that its day is near, here or past; says how many.

    One notice for each duty, person, window and deadline, whoever runs this however often; a
    moved deadline reminds anew on purpose.
    """
    require_system(actor=actor, act="duty.remind")
    plans = {plan.pk: plan for plan in all_plans()}
    due: dict[str, Duty] = {}
    for duty in collect(plans=list(plans.values()), now=now):
        window = window_of(due_at=duty.due_at, now=now)
        if window is not None:
            due[_reminder_key(duty, window)] = duty
    told = told_keys(keys=due)
    recipients = _Recipients(due.values(), at=now)
    count = 0
    for key, duty in due.items():
        plan = plans[duty.plan_id]
        people = {one for one in recipients.of(duty, plan.key) if (one, key) not in told}
        if people:
            with transaction.atomic():
                count += notify(
                    people=people,
                    kind="duty.reminder",
                    title=_reminder(duty, now=now),
                    url=duty.url,
                    key=key,
                    plan_key=plan.key,
                )
    return count


def _reminder_key(duty: Duty, window: str) -> str:
    deadline = duty.due_at.astimezone(timezone.get_default_timezone()) if duty.due_at else None
    return f"reminder:{duty.key}:{window}:{deadline:%Y%m%dT%H%M%z}"


def _reminder(duty: Duty, *, now: datetime) -> Text:
    assert duty.due_at is not None  # noqa: S101 - only dated duties have a window
    day = f"{timezone.localtime(duty.due_at):%Y-%m-%d %H:%M}"
    if duty.due_at < now:
        return format_lazy(_("Overdue since {day}: {what}"), day=day, what=duty.title)
    return format_lazy(_("Due {day}: {what}"), day=day, what=duty.title)


class _Recipients:
    """The people behind the holders of many duties, read in one query."""

    def __init__(self, duties: Iterable[Duty], *, at: datetime) -> None:
        owed = list(duties)
        actors = mandates_to_remind(
            codes={d.holder_code for d in owed if d.holder_code is not None},
            organizations={d.organization_id for d in owed if d.organization_id is not None},
            at=at,
        )
        self._held: dict[object, list[Actor]] = defaultdict(list)
        for one in actors:
            if one.role is Role.COORDINATOR:
                self._held["plan", one.plan_key].append(one)
            else:
                self._held[one.jurisdiction_code or one.organization_id].append(one)

    def of(self, duty: Duty, plan_key: str) -> set[int]:
        if duty.user_id is not None:
            return {duty.user_id}
        candidates = [
            *self._held[duty.holder_code or duty.organization_id],
            *self._held["plan", plan_key],
        ]
        return {one.person for one in candidates if owes(duty=duty, actor=one, plan_key=plan_key)}


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
        return report


def sweep_if_late(*, actor: Actor, after: timedelta) -> dict[str, int]:
    """Sweep when none has run for `after` (the broker or beat is away); else do nothing."""
    age = heartbeat_age(name="sweep", at=clock.now())
    return sweep(actor=actor) if age is None or age >= after else {}


def work_if_idle(*, actor: Actor) -> int:
    """Do what no worker has taken up for a while (the broker is away); how many steps."""
    return jobs.run_jobs(actor=actor, seconds=SWEEP_SECONDS, idle_for=IDLE)


def _parts(actor: Actor) -> Iterator[tuple[str, Callable[[datetime], int]]]:
    yield from sources.CLOSINGS
    yield "reminders", lambda now: remind_due(actor=actor, now=now)
    yield "outbox", lambda now: _send(actor)
    yield "files", lambda now: check_files(actor=actor)
    yield "jobs", lambda now: jobs.run_jobs(actor=actor, seconds=SWEEP_SECONDS)
    yield "housekeeping", lambda now: _keep_house(actor, now)


def _run(name: str, part: Callable[[datetime], int]) -> int:
    try:
        return part(clock.now())
    except Exception:
        log.exception("a part of the sweep failed: %s", name)
        return -1


def _send(actor: Actor) -> int:
    """Batch after batch while mail leaves and time is left."""
    total, end = 0, time.monotonic() + MAIL_SECONDS
    while time.monotonic() < end:
        sent = drain_outbox(actor=actor, limit=MAIL_BATCH)
        total += sent
        if sent < MAIL_BATCH:
            break
    return total


def _keep_house(actor: Actor, now: datetime) -> int:
    age = heartbeat_age(name="housekeeping", at=now)
    if age is not None and age < HOUSEKEEPING_EVERY:
        return 0
    dropped = drop_expired_keys(actor=actor)
    dropped += forget_sent_mail(actor=actor, older_than=KEEP_SENT_MAIL)
    dropped += tidy_files(actor=actor)
    dropped += jobs.forget_jobs(actor=actor, older_than=KEEP)
    dropped += forget_deliveries(older_than=KEEP)
    dropped += forget_typed(actor=actor) + forget_typed_comments(actor=actor)
    dropped += forget_typed_positions(actor=actor)
    beat(name="housekeeping")
    return dropped


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
