"""Noting on a claimed mail what came of it."""

import smtplib

from django.db import connection
from psycopg.errors import OperationalError, error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn

from stakeholders.notices.enums import (
    AWAY_WAIT,
    FIRST_WAIT,
    LONGEST_WAIT,
    REFUSALS_BEFORE_HOLD,
    HoldReason,
)
from stakeholders.notices.models import OutboxMessage
from stakeholders.terms import clock

SENT = b"""
    UPDATE stakeholders_outboxmessage
    SET sent_at = $1::timestamptz, attempts = $2::smallint, claimed_until = NULL, last_error = '',
        body = CASE WHEN is_secret THEN '' ELSE body END
    WHERE id = $3::bigint
"""


class Notes:
    """What a sender notes on its mails.

    That a mail is gone is handed to the database at once and waited for only by `settle`, while
    the mail server takes up the next: whoever uses the connection otherwise settles first.
    """

    def __init__(self) -> None:
        self._pending: PGconn | None = None

    def sent(self, message: OutboxMessage) -> None:
        """One plain statement: between the server's answer and it a process may be killed."""
        self.settle()
        message.sent_at, message.claimed_until, message.last_error = clock.now(), None, ""
        message.attempts += 1
        if message.is_secret:
            message.body = ""  # its link signs in: nobody reads it here afterwards
        values = (message.sent_at.isoformat(), message.attempts, message.pk)
        connection.ensure_connection()
        with connection.wrap_database_errors:
            pending = connection.connection.pgconn
            pending.send_query_params(SENT, [str(value).encode() for value in values])
        self._pending = pending

    def settle(self) -> None:
        """Wait until the last mail that left is marked. Errors of the database are raised."""
        if self._pending is None:
            return
        last = None
        with connection.wrap_database_errors:
            while (result := self._pending.get_result()) is not None:
                last = result
            self._pending = None
            if last is None:
                raise OperationalError("the database gave no answer")
            if last.status != ExecStatus.COMMAND_OK:
                raise error_from_result(last)

    def held(self, message: OutboxMessage, reason: HoldReason, why: str) -> None:
        """It is kept, and not sent before an administrator lets it."""
        message.held_at, message.claimed_until = clock.now(), None
        message.last_error, message.hold_reason = why[:300], reason
        self._save(message, "held_at", "hold_reason", "claimed_until", "last_error")

    def away(self, message: OutboxMessage, error: Exception) -> None:
        """The server was not reached: the mail was not tried, so it counts no attempt."""
        message.last_error = f"{type(error).__name__}: {error}"[:300]
        message.not_before, message.claimed_until = clock.now() + AWAY_WAIT, None
        self._save(message, "last_error", "not_before", "claimed_until")

    def failed(self, message: OutboxMessage, error: Exception) -> None:
        """It waits longer each time; refused for good it is held after some attempts."""
        now = clock.now()
        wait = min(FIRST_WAIT * 2 ** min(message.attempts, 10), LONGEST_WAIT)
        message.attempts += 1
        message.last_error = f"{type(error).__name__}: {error}"[:300]
        message.not_before, message.claimed_until = now + wait, None
        if _is_final(error) and message.attempts >= REFUSALS_BEFORE_HOLD:
            message.held_at, message.hold_reason = now, HoldReason.REFUSED
        fields = ("attempts", "last_error", "not_before", "claimed_until")
        self._save(message, *fields, "held_at", "hold_reason")

    def _save(self, message: OutboxMessage, *fields: str) -> None:
        self.settle()
        message.save(update_fields=fields)


def _is_final(error: Exception) -> bool:
    """Whether the server (or Django, for a malformed header) will never take this mail."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)
