"""Digests: the notices of a person that waited for one hour, in one mail."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Set
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import ngettext

from stakeholders.notices.models import Notice
from stakeholders.notices.readers import Reader, readers_of
from stakeholders.notices.steps.copying import mail_of, subject_in, titles_of, write
from stakeholders.notices.timing import out_of_quiet, when_to_mail
from stakeholders.notices.topics import known_topic

PEOPLE = 500  # of one transaction


def compose_digests(*, now: datetime) -> tuple[int, int]:
    """Write the digests of the first people whose hour has come; says how many mails, people.

    One mail a person with all that waited until `now`: after an outage one, not one for each hour
    that was missed. What was read meanwhile, is not wanted by mail any more, or is of a plan that
    the person acts on no more is left out, and where nothing is left no mail is written. Each
    notice notes the mail it stands in, under a lock, in the same transaction: two sweeps at once
    write no second mail.
    """
    due = Notice.objects.waiting_for_digest().filter(digest_at__lte=now)
    people = list(due.order_by("user_id").values_list("user_id", flat=True).distinct()[:PEOPLE])
    if not people:
        return 0, 0
    locked = (
        due.filter(user_id__in=people).select_for_update(of=("self",), no_key=True).order_by("pk")
    )
    rows = list(locked)  # locked before it is read how they are wanted
    readers, acting = readers_of(people), _acting_on(people, now)
    waiting: dict[int, list[Notice]] = defaultdict(list)
    left_out = []
    for row in rows:
        reader = readers.get(row.user_id)
        if reader and _is_wanted(row, reader, acting.get(row.user_id, frozenset()), now):
            waiting[row.user_id].append(row)
        else:
            left_out.append(row.pk)
    Notice.objects.filter(pk__in=left_out).update(digest_at=None)
    mails, plans = [], titles_of(waiting.values())
    for person, notices in waiting.items():
        reader = readers[person]
        leaves = out_of_quiet(reader.preference, now)
        mail = mail_of(
            notices,
            reader,
            key=_key(person, notices),
            subject=subject_in(reader, _subject, len(notices)),
            not_before=leaves if leaves > now else None,
            plans=plans,
        )
        mails.append((mail, notices))
    return write(mails), len(people)


def _acting_on(people: Collection[int], now: datetime) -> Mapping[int, Set[str]]:
    """Person -> the plans its mandates are for; "" where one is for any. One query."""
    acting: Callable[..., Mapping[int, Set[str]]] = import_string(settings.PLANS_ACTED_ON)
    return acting(people=people, at=now)


def _is_wanted(notice: Notice, reader: Reader, plans: Set[str], now: datetime) -> bool:
    """Whether a notice that waited still goes out. One of an earlier version does."""
    topic = known_topic(notice.kind)
    if notice.read_at is not None:
        return False
    if topic and when_to_mail(reader.preference, notice.kind, notice.due_at, now).at is None:
        return False
    if not notice.plan_key or (topic and notice.kind in topic.legal):
        return True
    return "" in plans or notice.plan_key in plans


def _key(person: int, notices: list[Notice]) -> str:
    """Of the hour and of the first notice: what came too late for a mail is in the next."""
    hour = max(notice.digest_at for notice in notices if notice.digest_at)
    return f"digest:{person}:{hour:%Y%m%dT%H%M%z}:{notices[0].pk}"


def _subject(number: int) -> str:
    return ngettext("Your digest: %(number)s notice", "Your digest: %(number)s notices", number) % {
        "number": number
    }
