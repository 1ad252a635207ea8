"""What the sweep forgets once an hour: kind by kind, each after the days of settings.RETENTION."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings

from consult.desk.enums import HOUSEKEEPING_EVERY
from consult.desk.feeds.actions import forget_feeds
from consult.phase2_preparation.actions import forget_typed_comments
from consult.phase3_identification.actions import forget_typed_positions
from plans.text.actions import forget_typed
from stakeholders.files.actions import tidy_files
from stakeholders.jobs.actions import forget_jobs
from stakeholders.jurisdictions.deliveries import forget_deliveries
from stakeholders.notices.actions import forget_sent_mail
from stakeholders.notices.queries import heartbeat_age
from stakeholders.notices.steps import beat
from stakeholders.people.actions import forget_links, forget_sessions, forget_tokens
from stakeholders.terms.actor import Actor

log = logging.getLogger(__name__)
Part = Callable[[datetime], int]


def _typed(*, actor: Actor, older_than: timedelta) -> int:
    kinds = (forget_typed, forget_typed_comments, forget_typed_positions)
    return sum(forget(actor=actor, older_than=older_than) for forget in kinds)


def _deliveries(*, actor: Actor, older_than: timedelta) -> int:
    return forget_deliveries(older_than=older_than)


# Kind of settings.RETENTION -> what forgets it; each says how many rows that were.
FORGETTING: dict[str, Callable[..., int]] = {
    "sessions": forget_sessions,
    "tokens": forget_tokens,
    "links": forget_links,
    "mail_texts": forget_sent_mail,
    "jobs": forget_jobs,
    "deliveries": _deliveries,
    "feeds": forget_feeds,
    "typed": _typed,
}


def housekeeping(*, actor: Actor, now: datetime) -> Iterator[tuple[str, Part]]:
    """The parts of the sweep that are due once an hour, one a kind; none in between.

    Each is one of the sweep's parts: where one fails the others go on.
    """
    age = heartbeat_age(name="housekeeping", at=now)
    if age is not None and age < HOUSEKEEPING_EVERY:
        return
    for kind, forget in FORGETTING.items():
        yield f"forget {kind}", partial(_forget, actor, kind, forget)
    yield "tidy files", lambda now: tidy_files(actor=actor)
    beat(name="housekeeping")


def _forget(actor: Actor, kind: str, forget: Callable[..., int], now: datetime) -> int:
    days = settings.RETENTION[kind]
    count = forget(actor=actor, older_than=timedelta(days=days))
    if count:
        log.info("forgot %s of kind %s, kept for %s days", count, kind, days)
    return count
