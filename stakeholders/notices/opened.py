"""A mail as administrators see it: as it is sent, with everything masked that opens something."""

import email
import email.policy
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.notices.lettering import letter_of, masked, message_id, subscription_of
from stakeholders.notices.mime import Address, as_bytes, body_of
from stakeholders.notices.minting import GAP
from stakeholders.notices.models import OutboxMessage
from stakeholders.notices.queries import Told, told_by
from stakeholders.notices.unsubscribing import url_of


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The pieces of an opened mail."""

    headers: str
    text: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Route:
    """Where mail goes, and where it comes back to."""

    is_server: bool
    where: str
    returns: str


def route() -> Route:
    is_server = bool(settings.EMAIL_HOST)
    folder = str(getattr(settings, "EMAIL_FILE_PATH", ""))
    return Route(
        is_server=is_server,
        where=f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}" if is_server else folder,
        returns=settings.EMAIL_BOUNCES,
    )


def shown(message: OutboxMessage) -> Shown:
    """Headers, text and HTML of one mail. Of a mail that signs in only that it does. Two queries."""
    told = told_by(mails=[message.pk]).get(message.pk, Told())
    words = message.body.replace(GAP, f"{settings.SITE_URL}/…")
    if message.is_secret:
        words = _("Masked: it holds a link that signs in.")
    elif message.blanked_at is not None:
        words = _("Its text was forgotten after the time it is kept for.")
    letter = letter_of(message, told, words=words)
    subscription = subscription_of(message, told)
    body = body_of(letter)
    address = Address(
        recipient=message.recipient if message.recipient.isascii() else "",
        message_id=message_id(message),
        at=timezone.localtime(message.sent_at or message.created_at),
        unsubscribe_url=url_of(subscription) if subscription else "",
    )
    raw = as_bytes(body, address)
    read = email.message_from_bytes(raw, policy=email.policy.default)
    headers = "\n".join(f"{name}: {value}" for name, value in read.items())
    return Shown(headers=masked(headers), text=masked(body.text), html=masked(body.html))
