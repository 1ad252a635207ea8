"""The mail copies of notices: one mail a person, each notice knowing the mail that carried it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.db import connection
from django.utils import translation

from stakeholders.notices.composing import compose
from stakeholders.notices.enums import HoldReason
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.notices.queries import plan_titles
from stakeholders.notices.readers import Reader
from stakeholders.notices.steps.outbox import wake_senders
from stakeholders.notices.timing import when_to_mail
from stakeholders.notices.topics import known_topic
from stakeholders.terms import clock
from stakeholders.terms.duty import Text

BATCH = 1_000  # rows of one statement
KEY_LENGTH = 200  # of the column
CARRIED = """
    UPDATE stakeholders_notice SET digest_id = carried.mail
    FROM unnest(%s::bigint[], %s::bigint[]) AS carried (notice, mail)
    WHERE stakeholders_notice.id = carried.notice
"""

Row = TypeVar("Row")
Keys = Callable[[int, Sequence[Notice]], str]  # the person and its notices -> the key of the mail
Group = tuple[int, datetime | None]  # the person, and before when its mail is not sent


def copy_by_mail(
    notices: Sequence[Notice],
    readers: Mapping[int, Reader],
    *,
    key_of: Keys,
    subject: Callable[[int], Text] | None = None,
    is_held: bool = False,
) -> int:
    """Write the mails of new notices that go at once or after the quiet hours; says how many."""
    now = clock.now()
    groups: dict[Group, list[Notice]] = defaultdict(list)
    for notice in notices:
        reader = readers.get(notice.user_id)
        if reader is None or notice.digest_at is not None or notice.read_at is not None:
            continue
        at = when_to_mail(reader.preference, notice.kind, notice.due_at, now).at
        if at is not None:
            groups[reader.pk, at if at > now else None].append(notice)
    # What waits for somebody is named as on the desk, without its plan; other titles name it.
    plans = titles_of(
        group for group in groups.values() if len(group) > 1 or group[0].kind.startswith("duty.")
    )
    mails = [
        (
            _mail(
                group,
                readers[person],
                key_of=key_of,
                subject=subject,
                not_before=at,
                plans=plans,
            ),
            group,
        )
        for (person, at), group in groups.items()
    ]
    return write(mails, is_held=is_held)


def write(mails: Sequence[tuple[OutboxMessage, Sequence[Notice]]], *, is_held: bool = False) -> int:
    """Store mails and note on each notice the mail that carries it. Three queries a thousand.

    A mail whose key is there is not written again, and its notices are noted on the first.
    """
    for some in batches(mails):
        for mail, _group in some:
            if is_held:
                mail.held_at, mail.hold_reason = mail.created_at, HoldReason.DEMONSTRATION
        rows = OutboxMessage.objects.bulk_create(
            [mail for mail, _group in some],
            update_conflicts=True,
            unique_fields=["dedupe_key"],
            update_fields=["dedupe_key"],
        )
        pairs = [
            (notice, row)
            for row, (_mail, group) in zip(rows, some, strict=True)
            for notice in group
        ]
        with connection.cursor() as cursor:
            ids = [[notice.pk for notice, _row in pairs], [row.pk for _notice, row in pairs]]
            cursor.execute(CARRIED, ids)
        for notice, row in pairs:
            notice.digest_id = row.pk
    if mails and not is_held:
        wake_senders()
    return len(mails)


def titles_of(groups: Iterable[Sequence[Notice]]) -> Mapping[str, tuple[str, str]]:
    """How the plans of notices are called. No query where there are none."""
    return plan_titles({one.plan_key for group in groups for one in group if one.plan_key})


def batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in the portions that one statement takes."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def fingerprint(notices: Sequence[Notice]) -> str:
    """Names a set of occasions, in whatever order they come."""
    keys = "\n".join(sorted(notice.key for notice in notices))
    return sha256(keys.encode()).hexdigest()[:24]


def mail_of(
    notices: Sequence[Notice],
    reader: Reader,
    *,
    key: str,
    subject: str = "",
    not_before: datetime | None = None,
    plans: Mapping[str, tuple[str, str]] | None = None,
) -> OutboxMessage:
    """The mail, not stored, that tells a person of notices in its language."""
    words = compose(notices, language=reader.language, subject=subject, plans=plans)
    topics = {topic.key if (topic := known_topic(one.kind)) else "" for one in notices}
    return OutboxMessage(
        user_id=reader.pk,
        recipient=reader.email,
        topic=topics.pop() if len(topics) == 1 else "",
        language=reader.language,
        dedupe_key=key if len(key) <= KEY_LENGTH else sha256(key.encode()).hexdigest(),
        subject=words.subject,
        body=words.body,
        created_at=clock.now(),
        not_before=not_before,
    )


def subject_in(reader: Reader, subject: Callable[[int], Text], number: int) -> str:
    """The subject of a mail of `number` notices, in the language its reader sees first."""
    with translation.override(reader.language or settings.LANGUAGE_CODE):
        return str(subject(number))


def _mail(
    group: Sequence[Notice],
    reader: Reader,
    *,
    key_of: Keys,
    subject: Callable[[int], Text] | None,
    not_before: datetime | None,
    plans: Mapping[str, tuple[str, str]],
) -> OutboxMessage:
    line = subject_in(reader, subject, len(group)) if subject else ""
    key = key_of(reader.pk, group)
    return mail_of(group, reader, key=key, subject=line, not_before=not_before, plans=plans)
