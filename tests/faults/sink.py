"""A mail server in the test's process: it keeps the Message-ID and the hour of all it takes."""

import logging
import time
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config.launch.probes import LOOPBACK, free_port


@dataclass(frozen=True)
class Taken:
    """One mail that was answered with 250."""

    message_id: str
    recipient: str
    subject: str
    at: float


logging.getLogger("mail.log").setLevel(logging.WARNING)  # a line for each command


class Sink:
    """Takes all mail on a port of its own; can be closed and opened again at the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[Taken] = []
        self._controller: Controller | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content)
        for recipient in envelope.rcpt_tos:
            taken = Taken(mail["Message-ID"], recipient, mail["Subject"], time.monotonic())
            self.taken.append(taken)
        return "250 OK"

    def open(self) -> None:
        self._controller = Controller(self, hostname=LOOPBACK, port=self.port)
        self._controller.start()

    def close(self) -> None:
        if self._controller is not None:
            self._controller.stop(no_assert=True)
            self._controller = None

    def recipients(self) -> set[str]:
        return {one.recipient for one in self.taken}

    def copies(self) -> int:
        """How many mails came more than once under one Message-ID."""
        counts = Counter((one.message_id, one.recipient) for one in self.taken)
        return sum(count - 1 for count in counts.values())
