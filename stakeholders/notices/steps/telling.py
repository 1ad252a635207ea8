"""Telling people: inbox rows and outbox rows, in the transaction of the act they tell of."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import translation

from stakeholders.notices.models import Notice
from stakeholders.notices.readers import Reader, readers_of
from stakeholders.notices.steps.copying import batches, copy_by_mail, fingerprint
from stakeholders.notices.timing import when_to_mail
from stakeholders.notices.topics import topic_of
from stakeholders.terms import clock
from stakeholders.terms.duty import Text

TITLE_LENGTH = 300  # of the columns
COLUMNS = {  # of a new notice, and their types in PostgreSQL
    "user_id": "bigint",
    "kind": "varchar",
    "plan_key": "varchar",
    "title_zh": "varchar",
    "title_en": "varchar",
    "text_zh": "text",
    "text_en": "text",
    "url": "varchar",
    "key": "varchar",
    "due_at": "timestamptz",
    "created_at": "timestamptz",
    "read_at": "timestamptz",
    "digest_at": "timestamptz",
}
INSERT = f"""
    INSERT INTO stakeholders_notice ({", ".join(COLUMNS)})
    SELECT * FROM unnest({", ".join(f"%s::{kind}[]" for kind in COLUMNS.values())})
    ON CONFLICT (user_id, key) DO NOTHING
    RETURNING id, user_id, key
"""  # noqa: S608 - constants


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One occasion and the people it is told to.

    `title` and `text` are lazy texts, stored in both languages. `key` names the occasion: the same
    key never reaches a person twice. `due_at`: the deadline it speaks of.
    """

    people: Collection[int]
    kind: str
    title: Text
    url: str
    key: str
    plan_key: str = ""
    text: Text = ""
    due_at: datetime | None = None


def notify(
    *,
    people: Iterable[int],
    kind: str,
    title: Text,
    url: str,
    key: str,
    plan_key: str = "",
    text: Text = "",
    is_held: bool = False,
    due_at: datetime | None = None,
) -> int:
    """Put one notice into the inbox of each person, and its mail into the outbox.

    As a `Telling`; each person's mail follows its preference. `is_held`: the mail is kept and not
    sent. Returns how many people are told of it, now or before. A fixed number of queries.
    ValueError for a kind that is in no topic.
    """
    telling = Telling(
        people=set(people),
        kind=kind,
        title=title,
        url=url,
        key=key,
        plan_key=plan_key,
        text=text,
        due_at=due_at,
    )
    readers = readers_of(telling.people)
    new = _put([telling], readers)
    copy_by_mail(new, readers, key_of=lambda person, _group: f"{key}:{person}", is_held=is_held)
    return len(readers)


def notify_all(tellings: Sequence[Telling]) -> list[Notice]:
    """Put the notices of many occasions into the inboxes; the rows that are new, and no mail.

    Safe to repeat and to run twice at once: who was told a key before is not in the answer, so
    `write_mails` of it writes to nobody twice. ValueError for a kind that is in no topic.
    """
    return _put(tellings, readers_of({one for telling in tellings for one in telling.people}))


def write_mails(
    notices: Sequence[Notice], *, key_prefix: str, subject: Callable[[int], Text] | None = None
) -> int:
    """Write one mail a person of its new `notices`, as it prefers; says how many mails.

    What waits for a digest, is muted or not wanted by mail is left out. A person has two mails
    where some of it may break its quiet hours and some not. `subject`: of a mail that tells of
    several, from their number. Repeated with the same notices it writes nothing.
    """
    readers = readers_of({notice.user_id for notice in notices})
    return copy_by_mail(
        notices,
        readers,
        key_of=lambda person, group: f"{key_prefix}:{person}:{fingerprint(group)}",
        subject=subject,
    )


def _put(tellings: Sequence[Telling], readers: dict[int, Reader]) -> list[Notice]:
    now = clock.now()
    texts = _in_both(tellings)
    rows: dict[tuple[int, str], Notice] = {}
    for telling, words in zip(tellings, texts, strict=True):
        topic_of(telling.kind)
        for person in telling.people:
            if person in readers and (person, telling.key) not in rows:
                row = _row(telling, words, readers[person], now)
                rows[person, telling.key] = row
    # In one order everywhere: two that tell the same people at once wait, and do not lock up.
    return [row for some in batches(sorted(rows)) for row in _insert([rows[k] for k in some])]


def _in_both(tellings: Sequence[Telling]) -> list[dict[str, str]]:
    """The words of each telling. What many say alike is put into words once a language."""
    words: list[dict[str, str]] = [{} for _telling in tellings]
    for code, _name in settings.LANGUAGES:
        known: dict[Text, str] = {}
        with translation.override(code):
            for telling, said in zip(tellings, words, strict=True):
                title = " ".join(_read(telling.title, known).split())
                said[f"title_{code[:2]}"] = title[:TITLE_LENGTH]
                said[f"text_{code[:2]}"] = _read(telling.text, known)
    return words


def _read(text: Text, known: dict[Text, str]) -> str:
    """A text in the language that is active, as all that are `known` were read."""
    try:
        if text not in known:
            known[text] = str(text)
        return known[text]
    except TypeError:  # it cannot be compared
        return str(text)


def _row(telling: Telling, words: dict[str, str], reader: Reader, now: datetime) -> Notice:
    mailing = when_to_mail(reader.preference, telling.kind, telling.due_at, now)
    return Notice(
        user_id=reader.pk,
        kind=telling.kind,
        plan_key=telling.plan_key,
        url=telling.url,
        key=telling.key,
        due_at=telling.due_at,
        created_at=now,
        read_at=None if mailing.is_counted else now,
        digest_at=mailing.at if mailing.is_digest else None,
        **words,
    )


def _insert(rows: Sequence[Notice]) -> list[Notice]:
    """Those of the rows that were not there before, with their ids."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [[getattr(row, name) for row in rows] for name in COLUMNS])
        ids = {(person, key): pk for pk, person, key in cursor.fetchall()}
    new = []
    for row in rows:
        pk = ids.get((row.user_id, row.key))
        if pk is not None:
            row.pk, row._state.adding, row._state.db = pk, False, connection.alias
            new.append(row)
    return new
