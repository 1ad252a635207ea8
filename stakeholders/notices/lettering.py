"""From a row of the outbox to the letter that is sent, or shown to administrators as it is sent."""

import re

from django.conf import settings
from django.utils.crypto import salted_hmac

from stakeholders.notices.enums import HoldReason
from stakeholders.notices.mime import Letter, Why
from stakeholders.notices.models import OutboxMessage
from stakeholders.notices.queries import Told
from stakeholders.notices.unsubscribing import ALL, Subscription

# A long piece of an address, or the value of a field: what may open something.
_SECRET = re.compile(r"(?<=[/=])(?:(?=[^/\s?&=]*\d)[\w.~:%-]{16,}|[\w.~:%-]{24,})")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_SALT = "stakeholders.notices.message_id"


def message_id(message: OutboxMessage) -> str:
    """The same for every attempt, so that a mail server or reader can drop a second copy.

    It names the row, and proves that this site wrote it: what comes back is found by it. A
    minted mail holds another link at every attempt, and only the newest opens: there a second
    copy must not be dropped in favour of the first, so each claim has its own.
    """
    words = f"{message.pk}.{proof_of(message)}"
    if message.minter and message.claimed_until is not None:
        words = f"{words}.{int(message.claimed_until.timestamp() * 1_000_000):x}"
    return f"<{words}@{settings.SITE_HOST}>"


def proof_of(message: OutboxMessage) -> str:
    """What nobody can know of a mail who has not seen one of its copies."""
    return salted_hmac(_SALT, message.dedupe_key, algorithm="sha256").hexdigest()[:32]


def letter_of(message: OutboxMessage, told: Told, *, words: str) -> Letter:
    """What is said in the mail of a row. `words`: its text, with the link where one is made."""
    return Letter(
        subject=" ".join(message.subject.split()),
        text=words,
        language=message.language,
        why=_why(message, told),
        is_demonstration=told.is_demonstration or message.hold_reason == HoldReason.DEMONSTRATION,
    )


def subscription_of(message: OutboxMessage, told: Told) -> Subscription | None:
    """What its reader can unsubscribe from; None for mail of legal effect and without a notice."""
    if message.user_id is None or message.is_secret or message.minter or not told.is_notice:
        return None
    if told.is_legal:
        return None
    return Subscription(person=message.user_id, topic=message.topic or ALL)


def _why(message: OutboxMessage, told: Told) -> Why:
    if told.is_legal:
        return Why.LEGAL
    if message.is_secret:
        return Why.ACCOUNT
    return Why.PERSON if message.user_id is not None else Why.KEEPER


def masked(text: str) -> str:
    """A text whose addresses open nothing: for administrators, who read the mail of others."""
    return _ADDRESS.sub(lambda found: _SECRET.sub("…", found[0]), text)
