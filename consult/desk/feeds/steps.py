"""Secrets of feeds, and when one was read."""

import secrets
from datetime import datetime

from django.db.models import Q

from consult.desk.feeds.enums import READ_EVERY, SECRET_BYTES
from consult.desk.models import CalendarFeed
from stakeholders.terms import clock


def new_secret() -> str:
    """256 random bits: nobody finds one by guessing, however fast."""
    return secrets.token_urlsafe(SECRET_BYTES)


def note_reading(*, feed: CalendarFeed, at: datetime) -> None:
    """Keep that the feed was read; nothing is written while the hour since the last one runs."""
    if feed.read_at is not None and feed.read_at > at - READ_EVERY:
        return
    rows = CalendarFeed.objects.filter(pk=feed.pk)
    rows.filter(Q(read_at=None) | Q(read_at__lte=at - READ_EVERY)).update(read_at=at)


def revoke_all() -> int:
    """No address given out so far opens anything any more; says how many did."""
    return CalendarFeed.objects.filter(revoked_at__isnull=True).update(revoked_at=clock.now())


def drop_revoked(*, before: datetime) -> int:
    """Delete the rows of feeds revoked before an instant; says how many."""
    return CalendarFeed.objects.filter(revoked_at__lt=before).delete()[0]
