"""Reading the inbox, and how late the outbox and the sweep are."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from stakeholders.notices.models import Heartbeat, Notice, OutboxMessage
from stakeholders.terms.actor import Actor


def inbox(*, actor: Actor) -> QuerySet[Notice]:
    """The notices of the acting person, newest first. They follow the person, not the mandate."""
    return Notice.objects.filter(user_id=actor.user_id or 0).order_by("-created_at", "-pk")


def unread_count(*, actor: Actor) -> int:
    return inbox(actor=actor).filter(read_at__isnull=True).count()


def newest_mails(*, minter: str, abouts: Iterable[str]) -> dict[str, OutboxMessage]:
    """What each was last written by a minter: key -> its newest mail. One query; unscoped."""
    rows = OutboxMessage.objects.filter(minter=minter, about__in=list(abouts)).order_by("pk")
    return {row.about: row for row in rows}


def outbox_age(*, at: datetime) -> timedelta | None:
    """How long the oldest mail that may be sent has waited; None when nothing waits."""
    oldest = (
        OutboxMessage.objects.waiting().order_by("pk").values_list("created_at", flat=True).first()
    )
    return at - oldest if oldest else None


def heartbeat_age(*, name: str, at: datetime) -> timedelta | None:
    beat = Heartbeat.objects.filter(pk=name).values_list("at", flat=True).first()
    return at - beat if beat else None


def told_keys(*, keys: Iterable[str]) -> set[tuple[int, str]]:
    """Which (person, key) pairs have a notice already. One query; unscoped, for sweeps."""
    rows = Notice.objects.filter(key__in=list(keys)).values_list("user_id", "key")
    return set(rows)
