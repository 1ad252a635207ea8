"""A mail server on loopback that keeps what it gets, or fails the way it is told to."""

import asyncio
import logging
import re
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_ID = re.compile(rb"^Message-ID: (.+?)\r?$", re.MULTILINE)


@dataclass
class Sink:
    """Answers by recipient: `refused@` 550, `grey@` 451 once, `drop@` cut mid-message."""

    kept: list[tuple[str, str, bytes]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    pause: float = 0.0  # before each answer to a whole message
    drops: int = 0  # how many more messages are cut off
    is_pipelining: bool = True  # says so, as Postfix and Exim do
    swallowed: int = 0  # how many more are taken, and the connection cut before the answer

    async def handle_EHLO(  # noqa: N802
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = hostname
        offered = ["250-PIPELINING"] if self.is_pipelining else []
        return [*responses[:-1], *offered, responses[-1]]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's names and order
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.seen[address] += 1
        if address.startswith("refused@"):
            return "550 5.1.1 no such user"
        if address.startswith("grey@") and self.seen[address] == 1:
            return "451 4.7.1 greylisted, come again"
        if address.startswith("closing@"):
            return "421 4.3.2 closing"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.pause:
            await asyncio.sleep(self.pause)
        if self.drops and server.transport is not None:
            self.drops -= 1
            server.transport.abort()
            return "451 gone"
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        for address in envelope.rcpt_tos:
            self.kept.append((str(envelope.mail_from), address, content))
        if self.swallowed and server.transport is not None:
            self.swallowed -= 1
            server.transport.abort()
        return "250 OK"

    def ids(self) -> list[str]:
        """The Message-IDs of what was kept, in order."""
        return [_ID.findall(content)[0].decode() for _from, _to, content in self.kept]


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def sink(*, max_size: int = 33_554_432, port: int = 0) -> Iterator[tuple[Sink, int]]:
    """Run a sink while the block lasts: (what it keeps, its port)."""
    kept = Sink()
    port = port or free_port()
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    controller = Controller(kept, hostname="127.0.0.1", port=port, data_size_limit=max_size)
    controller.start()
    try:
        yield kept, port
    finally:
        controller.stop(no_assert=True)


def main() -> None:
    """A sink of its own process that counts: prints its port, then a count whenever asked."""
    with sink() as (kept, port):
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        for _line in sys.stdin:
            time.sleep(0.05)
            sys.stdout.write(f"{len(kept.kept)} {len(set(kept.ids()))}\n")
            sys.stdout.flush()
            kept.kept.clear()


if __name__ == "__main__":
    main()
