"""Preferences of mail, and what they change about notices that wait."""

from collections import defaultdict
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from stakeholders.notices.checks import Choice
from stakeholders.notices.enums import Rhythm
from stakeholders.notices.models import MailPreference, MutedTopic, Notice
from stakeholders.notices.readers import readers_of
from stakeholders.notices.timing import Mailing, when_to_mail, zone_named
from stakeholders.notices.topics import known_topic, topic_by_key
from stakeholders.terms import clock


def keep_choice(*, user_id: int, choice: Choice) -> None:
    """Store how a person wants its mail, and time what waits for a digest anew."""
    now = clock.now()
    get_user_model().objects.filter(pk=user_id).update(language=choice.language)
    MailPreference.objects.update_or_create(
        user_id=user_id,
        defaults={
            "rhythm": choice.rhythm,
            "hour": choice.hour,
            "weekday": choice.weekday,
            "quiet_from": choice.quiet_from,
            "quiet_until": choice.quiet_until,
            "zone": zone_named(choice.zone) or "",
            "updated_at": now,
        },
    )
    muted = MutedTopic.objects.filter(user_id=user_id)
    for topic in set(choice.muted) - set(muted.values_list("topic", flat=True)):
        mute_topic(user_id=user_id, topic=topic)
    muted.exclude(topic__in=list(choice.muted)).delete()
    _time_anew(user_id=user_id, now=now)


def mute_topic(*, user_id: int, topic: str) -> int:
    """Mute a topic and mark what is unread of it as read, but for what has legal effect."""
    now = clock.now()
    MutedTopic.objects.get_or_create(user_id=user_id, topic=topic, defaults={"muted_at": now})
    rows = Notice.objects.filter(
        user_id=user_id, read_at__isnull=True, kind__in=topic_by_key(topic).other
    )
    return set_read(rows, at=now)


def set_read(rows: QuerySet[Notice], *, at: datetime | None) -> int:
    """Mark notices as read, or unread where `at` is None; says how many.

    Locked in the order in which digests lock them: two at once wait and do not lock up.
    """
    ids = list(
        rows.order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .values_list("pk", flat=True)
    )
    return Notice.objects.filter(pk__in=ids).update(read_at=at) if ids else 0


def unmute_topic(*, user_id: int, topic: str) -> None:
    """Let a topic be mailed and counted again, from now on."""
    MutedTopic.objects.filter(user_id=user_id, topic=topic).delete()


def stop_copies(*, user_id: int) -> None:
    """No mail copies any more, whatever the topic; what has legal effect is mailed all the same.

    What waits for a digest waits no more.
    """
    now = clock.now()
    MailPreference.objects.update_or_create(
        user_id=user_id, defaults={"rhythm": Rhythm.NEVER, "updated_at": now}
    )
    _time_anew(user_id=user_id, now=now)


def resume_copies(*, user_id: int) -> None:
    """Mail at once again, for a person who wanted none."""
    wishes = MailPreference.objects.filter(user_id=user_id, rhythm=Rhythm.NEVER)
    wishes.update(rhythm=Rhythm.AT_ONCE, updated_at=clock.now())


def _time_anew(*, user_id: int, now: datetime) -> None:
    """When what waits for a digest leaves, by what the person prefers now.

    What is to go at once goes with the next sweep, in one mail; what is wanted by mail no more
    waits no more.
    """
    reader = readers_of([user_id]).get(user_id)
    waiting = Notice.objects.waiting_for_digest().filter(user_id=user_id, read_at__isnull=True)
    leaving: dict[datetime | None, list[int]] = defaultdict(list)
    for notice in waiting.select_for_update(no_key=True).order_by("pk"):
        said = Mailing(at=None)
        if reader is not None and known_topic(notice.kind) is None:
            said = Mailing(
                at=None if reader.preference.rhythm is Rhythm.NEVER else notice.digest_at
            )
        elif reader is not None:
            said = when_to_mail(reader.preference, notice.kind, notice.due_at, now)
        leaving[said.at].append(notice.pk)
    for at, ids in leaving.items():
        Notice.objects.filter(pk__in=ids).update(digest_at=at)
