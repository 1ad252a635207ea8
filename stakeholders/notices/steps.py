"""Telling people: inbox rows and outbox rows, in the transaction of the act they tell of."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import translation

from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.terms import canonical, clock
from stakeholders.terms.duty import Text


def notify(
    *, people: Iterable[int], kind: str, title: Text, url: str, key: str, plan_key: str = ""
) -> int:
    """Put one notice into the inbox of each person, and its mail into the outbox.

    `title` is a lazy text, stored in both languages. `key` names the occasion: the same key never
    reaches a person twice. Returns how many people were told. A fixed number of queries.
    """
    users = get_user_model().objects.filter(pk__in=set(people), is_active=True)
    recipients = list(users.values_list("pk", "email", "language"))
    texts = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts[code] = str(title)
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
                body=f"{texts['zh-hans']}\n{texts['en']}\n\n{settings.SITE_URL}{url}\n",
                created_at=now,
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
