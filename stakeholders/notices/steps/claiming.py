"""Who sends which mail just now, for how long, and whether that sender still lives."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from django.db import Error, connection, transaction

from stakeholders.notices.enums import CLAIM
from stakeholders.notices.models import OutboxMessage

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@contextmanager
def claimed(*, at: datetime, limit: int, idle_for: timedelta) -> Iterator[list[OutboxMessage]]:
    """Up to `limit` due mails that nobody else sends until this block is left.

    The claim is committed before the first mail leaves, so that a slow mail server holds no row.
    Its sender holds an advisory lock named by the claim's end: the lock falls with the
    connection, so a claim whose lock is free belongs to nobody that lives. `idle_for`: only what
    has been due for so long.
    """
    until = at + CLAIM
    while not _lock(until):  # two claims in one microsecond
        until += _TICK
    try:
        yield _take(at=at, limit=limit, idle_for=idle_for, until=until)
    finally:
        with suppress(Error):  # a connection that is gone holds no lock
            _unlock(until)


@transaction.atomic
def _take(*, at: datetime, limit: int, idle_for: timedelta, until: datetime) -> list[OutboxMessage]:
    due = OutboxMessage.objects.due(at - idle_for, claims_at=at)
    if idle_for:
        due = due.filter(created_at__lte=at - idle_for)
    messages = list(due.order_by("pk").select_for_update(skip_locked=True, no_key=True)[:limit])
    ids = [message.pk for message in messages]
    OutboxMessage.objects.filter(pk__in=ids).update(claimed_until=until)
    for message in messages:
        message.claimed_until = until
    return messages


def free_dead_claims(*, at: datetime) -> int:
    """Give back the mails whose sender died before its claim ran out; says how many."""
    held = OutboxMessage.objects.waiting().filter(claimed_until__gt=at).order_by()
    freed = 0
    for until in list(held.values_list("claimed_until", flat=True).distinct()):
        if until is not None and _lock(until):
            freed += give_back(held.filter(claimed_until=until).values_list("pk", flat=True))
            _unlock(until)
    return freed


def give_back(ids: object) -> int:
    """Let other senders take these mails."""
    return OutboxMessage.objects.filter(pk__in=ids).update(claimed_until=None)


def _number(until: datetime) -> int:
    return (until - _EPOCH) // _TICK


def _lock(until: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_number(until)])
        return bool(cursor.fetchone()[0])


def _unlock(until: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_number(until)])
