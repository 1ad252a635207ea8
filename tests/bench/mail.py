"""Mail into a local server of another process: how fast it is written and how fast it leaves.

`ours` is the sender as it runs: claims, checks, both parts, a mark on each row. `ready` hands the
same bytes, made beforehand, to the same server over one connection in the same commands (RFC 2920)
and keeps no books; `smtplib` does so by `sendmail`, which waits for the answer to each command.
`each` is Django's own way: one message built and sent, with its own connection, at a time; `each
open` the same over one connection. The processor time of this process is compared beside the time
on the clock, of which other work on the machine and the mail server take their part. Before anything
is timed some mails leave: the first in a process loads all pages of the site.
"""

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from smtplib import SMTP
from time import perf_counter

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from stakeholders.notices import actions
from stakeholders.notices.lettering import letter_of, message_id
from stakeholders.notices.mime import Address, as_bytes, body_of
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.notices.pipelining import send_bytes
from stakeholders.notices.queries import Told
from stakeholders.notices.steps import Telling, notify_all, write_mails
from stakeholders.people.models import User
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM
from tests.bench.harness import Processors, Result

WHOLE = (1_000, 10_000)
MOST_TASKS = 25
PART = 200
ROUNDS = 15


def run() -> list[Result]:
    """Enqueueing and sending 10,000 mails, and three ways of sending 200 of them in turn."""
    people = _people()
    with _server() as server:
        _warm(people[:PART], server)
        whole = [row for size in WHOLE for row in _whole(people[:size], server)]
        return [*whole, *_compared(people, server)]


class _Server:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.port = int(self._read())

    def count(self) -> tuple[int, int]:
        """(mails, Message-IDs) that arrived since last asked."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        mails, ids = self._read().split()
        return int(mails), int(ids)

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def _server() -> Iterator[_Server]:
    command = [sys.executable, "-m", "tests.bench.sink"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            server = _Server(process)
            with override_settings(
                EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=server.port,
            ):
                yield server
        finally:
            process.terminate()


def _people() -> list[int]:
    users = [
        User(email=f"mail{n}@bench.example", language="zh-hans", name_zh=f"人{n}")
        for n in range(max(WHOLE))
    ]
    return [user.pk for user in User.objects.bulk_create(users)]


def _write(people: list[int], key: str) -> None:
    told = Telling(
        people=people, kind="duty.reminder", title="第一轮意见将于明日到期", url="/", key=key
    )
    write_mails(notify_all([told]), key_prefix=key)


def _timed(way: object) -> tuple[float, int]:
    reset_queries()
    with CaptureQueriesContext(connection) as captured:
        start = perf_counter()
        way()  # type: ignore[operator]
        return perf_counter() - start, len(captured)


def _warm(people: list[int], server: _Server) -> None:
    _write(people, "warm")
    actions.send_waiting(actor=SYSTEM)
    server.count()
    _forget()


def _whole(people: list[int], server: _Server) -> list[Result]:
    size = len(people)
    wrote, write_queries = _timed(lambda: _write(people, f"whole{size}"))
    processors, tasks = Processors(), 0
    start, worked = perf_counter(), processors.now()
    while actions.send_waiting(actor=SYSTEM):
        tasks += 1
    sent, worked = perf_counter() - start, processors.now() - worked
    if server.count() != (size, size) or tasks > MOST_TASKS:
        raise ValueError(f"not every mail arrived once, by {tasks} tasks")
    _forget()
    delivered = {"ours": sent, "ours, processor": worked}
    return [
        Result("mail: enqueue", size, {"ours": wrote}, {"ours": write_queries}),
        Result(f"mail: deliver, {tasks} tasks", size, delivered, {}),
    ]


def _compared(people: list[int], server: _Server) -> list[Result]:
    clocks = {"": perf_counter, ", processor": Processors().now}
    times: dict[str, dict[str, list[float]]] = {kind: {} for kind in clocks}
    some = people[:PART]
    for number in range(ROUNDS):
        _write(some, f"part{number}")
        rows = list(OutboxMessage.objects.order_by("pk"))
        at = timezone.localtime(clock.now())
        ready = [(row.recipient, _bytes(row, at)) for row in rows]
        ways: dict[str, Callable[[], object]] = {
            "ready": lambda ready=ready: _send_ready(ready),  # type: ignore[misc]
            "smtplib": lambda ready=ready: _send_plainly(ready),  # type: ignore[misc]
            "each": lambda rows=rows: _send_each(rows),  # type: ignore[misc]
            "each open": lambda rows=rows: _send_each_open(rows),  # type: ignore[misc]
            "ours": lambda: actions.send_waiting(actor=SYSTEM),
        }
        for name, way in ways.items():
            before = {kind: now() for kind, now in clocks.items()}
            way()
            for kind, now in clocks.items():
                times[kind].setdefault(name, []).append(now() - before[kind])
        # Django makes a Message-ID of its own for each; the others send ours, three times.
        if server.count() != (5 * PART, 3 * PART):
            raise ValueError("not all ways sent every mail")
        _forget()
    return [
        Result(
            f"mail: ways to deliver{kind}",
            PART,
            {way: statistics.median(found[way]) for way in ("ours", *found)},
            {},
        )
        for kind, found in times.items()
    ]


def _bytes(row: OutboxMessage, at: object) -> bytes:
    letter = letter_of(row, Told(is_notice=True), words=row.body)
    address = Address(recipient=row.recipient, message_id=message_id(row), at=at)  # type: ignore[arg-type]
    return as_bytes(body_of(letter), address)


def _send_ready(ready: list[tuple[str, bytes]]) -> None:
    with SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as smtp:
        for to, raw in ready:
            send_bytes(smtp, sender=settings.DEFAULT_FROM_EMAIL, recipient=to, raw=raw)


def _send_plainly(ready: list[tuple[str, bytes]]) -> None:
    with SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as smtp:
        for to, raw in ready:
            smtp.sendmail(settings.DEFAULT_FROM_EMAIL, [to], raw)


def _send_each(rows: list[OutboxMessage], over: BaseEmailBackend | None = None) -> None:
    for row in rows:
        mail = EmailMultiAlternatives(row.subject, row.body, None, [row.recipient], connection=over)
        mail.attach_alternative(f"<p>{row.body}</p>", "text/html")
        mail.send()


def _send_each_open(rows: list[OutboxMessage]) -> None:
    with get_connection() as over:
        _send_each(rows, over)


def _forget() -> None:
    Notice.objects.all().delete()
    OutboxMessage.objects.all().delete()
