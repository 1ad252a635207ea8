"""The people who are told something, with how they want it: one place that reads it for sweeps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from django.conf import settings
from django.contrib.auth import get_user_model

from stakeholders.notices.enums import Rhythm
from stakeholders.notices.models import MailPreference, MutedTopic
from stakeholders.notices.timing import Preference


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A person as its mail needs it. `language` is empty where none is set: both are written."""

    pk: int
    email: str
    language: str
    preference: Preference


def readers_of(people: Iterable[int]) -> dict[int, Reader]:
    """The active ones of the people, with their preferences. Two queries; unscoped."""
    ids = list(set(people))
    muted: dict[int, set[str]] = defaultdict(set)
    for person, topic in MutedTopic.objects.filter(user_id__in=ids).values_list("user", "topic"):
        muted[person].add(topic)
    users = get_user_model().objects.filter(pk__in=ids, is_active=True).order_by("pk")
    found = users.select_related("mail_preference").only("email", "language", "mail_preference")
    return {
        user.pk: Reader(
            pk=user.pk,
            email=user.email,
            language=user.language,
            preference=preference_of(
                getattr(user, "mail_preference", None), muted=frozenset(muted[user.pk])
            ),
        )
        for user in found
    }


def preference_of(stored: MailPreference | None, *, muted: frozenset[str]) -> Preference:
    """What a person prefers; none stored: at once, at any hour, by the site's clock."""
    if stored is None:
        return Preference(zone=settings.TIME_ZONE, muted=muted)
    return Preference(
        rhythm=Rhythm(stored.rhythm),
        hour=stored.hour,
        weekday=stored.weekday,
        quiet_from=_time(stored.quiet_from),
        quiet_until=_time(stored.quiet_until),
        zone=stored.zone or settings.TIME_ZONE,
        muted=muted,
    )


def _time(value: time | None) -> time | None:
    return value.replace(tzinfo=None) if value else None
