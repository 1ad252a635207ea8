"""Handing claimed mail to the mail server, and noting on each what came of it."""

import logging
import smtplib
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.db import Error
from django.utils import timezone, translation

from stakeholders.notices.enums import DROPS_IN_A_ROW, HoldReason
from stakeholders.notices.lettering import letter_of, message_id, subscription_of
from stakeholders.notices.mime import (
    Address,
    Body,
    Letter,
    ReadyMail,
    as_bytes,
    body_of,
    envelope_sender,
)
from stakeholders.notices.minting import GAP, mint
from stakeholders.notices.models import OutboxMessage
from stakeholders.notices.pipelining import send_bytes
from stakeholders.notices.proofing import NO_ADDRESS, fault_of_words, is_address
from stakeholders.notices.queries import Told, returned_among, told_by
from stakeholders.notices.steps.claiming import give_back
from stakeholders.notices.steps.noting import Notes
from stakeholders.notices.unsubscribing import url_of
from stakeholders.terms import clock
from stakeholders.terms.duty import Text

log = logging.getLogger(__name__)
RELEASED = "released as it is"  # an administrator read it and let it leave
GOING_AWAY = 421  # "service not available, closing transmission channel" (RFC 5321, 4.2.2)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What came of a batch."""

    tried: int = 0
    sent: int = 0
    is_away: bool = False  # the mail server does not answer: no mail is to blame


def deliver(messages: Sequence[OutboxMessage], *, end: float | None = None) -> Delivery:
    """Send claimed mails over one connection, each marked as soon as it is gone.

    The mark is written while the server takes up the next mail, whose text leaves only once the
    mark stands: however a sender dies, at most one mail is gone and not marked.
    A failure is noted on its mail, which waits longer each time. One that the server refuses
    for good is held after some attempts; an unreachable server never makes a mail give up. At
    the monotonic instant `end`, or when the server is away, the rest is given back.
    """
    if not messages:
        return Delivery()
    sender = _Sender(messages)
    tried = sent = drops = 0
    is_away = False
    try:
        for message in messages:
            if end is not None and time.monotonic() >= end:
                break
            tried += 1
            outcome = sender.send(message)
            sent += outcome is _Outcome.SENT
            drops = drops + 1 if outcome is _Outcome.DROPPED else 0
            is_away = outcome is _Outcome.AWAY or drops >= DROPS_IN_A_ROW
            if is_away:
                break
    finally:
        try:
            sender.settle()
            give_back([message.pk for message in messages[tried:]])
        finally:
            sender.close()
    return Delivery(tried=tried, sent=sent, is_away=is_away)


class _Outcome(Enum):
    SENT = 1
    KEPT = 2  # this mail cannot be sent, now or ever
    DROPPED = 3  # the connection was lost while it was sent
    AWAY = 4  # no connection


class _Sender:
    """One connection and what is the same for many mails of a batch."""

    def __init__(self, messages: Sequence[OutboxMessage]) -> None:
        self._connection: BaseEmailBackend = get_connection()
        self._told = told_by(mails=[message.pk for message in messages])
        self._returned = returned_among(addresses=[message.recipient for message in messages])
        self._bodies: dict[Letter, Body] = {}
        self._faults: dict[tuple[str, str, bool], str | None] = {}
        self._notes = Notes()

    def send(self, message: OutboxMessage) -> _Outcome:
        """Send one mail and note on it what came of it. Errors of the database alone are raised."""
        try:
            ready = self._ready(message)
        except Error:
            raise
        except Exception as error:  # whatever is wrong with one mail must not stop the others
            log.exception("mail %s cannot be written", message.pk)
            self._notes.failed(message, error)
            return _Outcome.KEPT
        if ready is None:
            return _Outcome.KEPT
        try:
            self._connection.open()
        except OSError as error:
            self._notes.away(message, error)
            self.close()
            return _Outcome.AWAY
        try:
            self._hand_over(*ready)
        except Error:
            raise
        except Exception as error:  # smtplib's errors, and the end of a task's time
            self._notes.failed(message, error)
            if not isinstance(error, smtplib.SMTPRecipientsRefused):
                self.close()
            return _Outcome.DROPPED if _is_drop(error) else _Outcome.KEPT
        self._notes.sent(message)
        return _Outcome.SENT

    def settle(self) -> None:
        """Wait until the last mail that left is marked."""
        self._notes.settle()

    def close(self) -> None:
        with suppress(OSError):  # a server that is gone hears no good-bye
            self._connection.close()

    def _ready(self, message: OutboxMessage) -> tuple[Letter, Address] | None:
        """What to send to whom; None where the mail is held, with the reason noted on it."""
        told = self._told.get(message.pk, Told())
        if message.recipient.lower() in self._returned:
            self._notes.held(
                message, HoldReason.RETURNED, self._returned[message.recipient.lower()]
            )
            return None
        words = message.body
        if message.minter and self._fault(message, words) is None:
            self.settle()
            link = mint(message.minter, message.about)
            if link is None:
                self._notes.held(message, HoldReason.VOID, "void: the link is no longer given")
                return None
            words = words.replace(GAP, f"{settings.SITE_URL}{link}")
        fault = self._fault(message, words)
        if fault:
            self._notes.held(message, HoldReason.FAULTY, fault)
            return None
        letter = letter_of(message, told, words=words)
        subscription = subscription_of(message, told)
        address = Address(
            recipient=message.recipient,
            message_id=message_id(message),
            at=timezone.localtime(clock.now()),
            unsubscribe_url=url_of(subscription) if subscription else "",
        )
        return letter, address

    def _fault(self, message: OutboxMessage, words: str) -> str | None:
        """What is wrong with a mail, in English; None when it may leave.

        Its own gap for a link is none. What only looks wrong passes once an administrator let it.
        """
        if not is_address(message.recipient):
            return _in_english((NO_ADDRESS, ""))
        text = words.replace(GAP, "") if message.minter else words
        said = (" ".join(message.subject.split()), text, message.last_error == RELEASED)
        if said not in self._faults:
            subject, text, is_meant = said
            fault = fault_of_words(
                subject=subject, text=text, site_url=settings.SITE_URL, is_meant=is_meant
            )
            self._faults[said] = _in_english(fault)
        return self._faults[said]

    def _hand_over(self, letter: Letter, address: Address) -> None:
        """Over SMTP the bytes go as they are; other backends take a message of Django's."""
        body = self._bodies.get(letter)
        if body is None:
            body = self._bodies[letter] = body_of(letter)
        sender = envelope_sender(address.message_id)
        if isinstance(self._connection, SmtpBackend):
            raw = as_bytes(body, address)
            server = self._connection.connection
            if server is None:
                raise smtplib.SMTPServerDisconnected("the connection was not opened")
            send_bytes(
                server,
                sender=sender,
                recipient=address.recipient,
                raw=raw,
                before_text=self.settle,
            )
            return
        self.settle()
        mail = ReadyMail(body=body, address=address, subject=letter.line, sender=sender)
        mail.connection = self._connection
        mail.send()


def _in_english(fault: tuple[Text, str] | None) -> str | None:
    """A fault as the notes on mails are written."""
    if fault is None:
        return None
    with translation.override("en"):
        return str(fault[0]).format(what=fault[1])


def _is_drop(error: Exception) -> bool:
    """Whether the connection, and not an answer to this mail, is what failed."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code == GOING_AWAY
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return isinstance(error, OSError)
