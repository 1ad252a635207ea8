"""Telling people: inbox rows and outbox rows, in the transaction of the act they tell of."""

import hashlib
import smtplib
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.utils import translation

from stakeholders.notices.enums import FIRST_WAIT, LONGEST_WAIT, REFUSALS_BEFORE_HOLD
from stakeholders.notices.minting import GAP, mint
from stakeholders.notices.models import Heartbeat, Notice, OutboxMessage
from stakeholders.terms import canonical, clock
from stakeholders.terms.duty import Text

TITLE_LENGTH = 300  # of the columns


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
) -> int:
    """Put one notice into the inbox of each person, and its mail into the outbox.

    `title` is a lazy text, stored in both languages; `text` is what the mail alone says below it.
    `key` names the occasion: the same key never reaches a person twice. `is_held`: the mail is kept
    and not sent. Returns how many people were told. A fixed number of queries.
    """
    users = get_user_model().objects.filter(pk__in=set(people), is_active=True)
    recipients = list(users.values_list("pk", "email", "language"))
    texts, below = {}, {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts[code] = str(title)[:TITLE_LENGTH]
            below[code] = f"\n{text}\n\n" if text else ""
    body = "".join(f"{texts[code]}\n{below[code]}" for code in ("zh-hans", "en"))
    body = f"{body.rstrip()}\n\n{settings.SITE_URL}{url}\n"
    now = clock.now()
    Notice.objects.bulk_create(
        [
            Notice(
                user_id=pk,
                kind=kind,
                plan_key=plan_key,
                title_zh=texts["zh-hans"],
                title_en=texts["en"],
                url=url,
                key=key,
                created_at=now,
            )
            for pk, _email, _language in recipients
        ],
        ignore_conflicts=True,
    )
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                recipient=email,
                dedupe_key=f"{key}:{pk}",
                subject=texts.get(language or settings.LANGUAGE_CODE, texts["zh-hans"]),
                body=body,
                created_at=now,
                held_at=now if is_held else None,
            )
            for pk, email, language in recipients
        ],
        ignore_conflicts=True,
    )
    return len(recipients)


def queue_mail(*, to: str, subject: str, body: str, secret: bool = False) -> None:
    """Put one mail without an inbox line into the outbox (sign-in, invitation links)."""
    OutboxMessage.objects.create(
        recipient=to,
        dedupe_key=f"mail:{canonical.new_nonce()}",
        subject=subject,
        body=body,
        is_secret=secret,
        created_at=clock.now(),
    )


def queue_minted_mail(*, to: str, subject: str, body: str, minter: str, about: str) -> None:
    """Queue a mail whose link is made by the minter `minter` for `about` while it is sent.

    `body` has `minting.GAP` where the link goes; the link itself is never stored.
    """
    OutboxMessage.objects.create(
        recipient=to,
        dedupe_key=f"{minter}:{about}:{canonical.new_nonce()}",
        subject=subject,
        body=body,
        minter=minter,
        about=about,
        created_at=clock.now(),
    )


def drop_unsent(*, minter: str, about: str) -> int:
    """Delete the mails of a minter for `about` that were not sent yet; says how many."""
    rows = OutboxMessage.objects.filter(minter=minter, about=about, sent_at__isnull=True)
    return rows.delete()[0]


def forget_mail(*, minter: str, about: str) -> int:
    """Delete every mail of a minter for `about`, sent or not: its address is to be forgotten."""
    return OutboxMessage.objects.filter(minter=minter, about=about).delete()[0]


def message_id(message: OutboxMessage) -> str:
    """The same for every attempt, so that a mail server or reader can drop a second copy.

    A minted mail holds another link at every attempt, and only the newest opens: there a second
    copy must not be dropped in favour of the first, so each claim has its own.
    """
    occasion = message.dedupe_key
    if message.minter:
        occasion = f"{occasion}:{message.claimed_until}"
    digest = hashlib.sha256(occasion.encode()).hexdigest()[:40]
    return f"<{digest}@{settings.SITE_HOST}>"


def deliver(messages: Iterable[OutboxMessage]) -> int:
    """Send claimed mails over one connection, each marked as soon as it is gone.

    A failure is noted on its mail, which waits longer each time. One that the server refuses
    for good is held after some attempts; an unreachable server never makes a mail give up.
    """
    sent = 0
    connection = get_connection()
    for message in messages:
        try:
            body = _text(message)
            if body is None:
                _note_void(message)
                continue
            _mail(message, body, connection).send()
        except (OSError, ValueError) as error:  # smtplib's errors are OSErrors
            _note_failure(message, error)
            connection.close()
            continue
        _note_sent(message)
        sent += 1
    connection.close()
    return sent


def _text(message: OutboxMessage) -> str | None:
    """The text to send. A minter commits the hash of its secret before the mail leaves."""
    if not message.minter:
        return message.body
    link = mint(message.minter, message.about)
    return None if link is None else message.body.replace(GAP, f"{settings.SITE_URL}{link}")


def _mail(message: OutboxMessage, body: str, connection: object) -> EmailMessage:
    return EmailMessage(
        subject=" ".join(message.subject.split()),
        body=body,
        to=[message.recipient],
        headers={"Message-ID": message_id(message)},
        connection=connection,
    )


def _note_sent(message: OutboxMessage) -> None:
    message.sent_at, message.claimed_until, message.last_error = clock.now(), None, ""
    message.attempts += 1
    if message.is_secret:
        message.body = ""  # its link signs in: nobody reads it here afterwards
    message.save(update_fields=["sent_at", "claimed_until", "last_error", "attempts", "body"])


def _note_void(message: OutboxMessage) -> None:
    """What the mail asked for is no longer asked: it is kept, and not sent."""
    message.held_at, message.claimed_until = clock.now(), None
    message.last_error = "void: the link is no longer given"
    message.save(update_fields=["held_at", "claimed_until", "last_error"])


def _note_failure(message: OutboxMessage, error: Exception) -> None:
    now = clock.now()
    wait = min(FIRST_WAIT * 2 ** min(message.attempts, 10), LONGEST_WAIT)
    message.attempts += 1
    message.last_error = f"{type(error).__name__}: {error}"[:300]
    message.not_before, message.claimed_until = now + wait, None
    if _is_final(error) and message.attempts >= REFUSALS_BEFORE_HOLD:
        message.held_at = now
    message.save(update_fields=["attempts", "last_error", "not_before", "claimed_until", "held_at"])


def _is_final(error: Exception) -> bool:
    """Whether the server (or Django, for a malformed header) will never take this mail."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)


def hold_unsent() -> int:
    """Hold every mail not sent yet and remove the links that sign in; says how many."""
    waiting = OutboxMessage.objects.waiting()
    waiting.filter(is_secret=True).update(body="")
    return waiting.update(held_at=clock.now())


def beat(*, name: str) -> None:
    """Write down that the recurring process `name` ran just now."""
    Heartbeat.objects.update_or_create(pk=name, defaults={"at": clock.now()})
