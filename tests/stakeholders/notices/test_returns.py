"""Mail that comes back: reports of every shape, hostile ones, and what follows from them."""

import io
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError

from stakeholders.notices import actions, steps
from stakeholders.notices.enums import HoldReason
from stakeholders.notices.models import OutboxMessage, ReturnedAddress
from stakeholders.notices.returning import read_report
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Refused
from tests.stakeholders.notices.test_actions import put
from tests.world import QINGPU, World

REPORT = """\
From: MAILER-DAEMON@mx.example
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

This is the mail system at host mx.example.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {code}

--B
Content-Type: {kind}

From: jointplan@joint.example
Message-ID: {message_id}
Subject: S

--B--
"""


def report(message: OutboxMessage | None = None, **changed: str) -> bytes:
    said = {
        "to": "bounces@joint.example",
        "recipient": "somebody@else.example",
        "action": "failed",
        "status": "5.1.1",
        "code": "550 5.1.1 no such user",
        "kind": "text/rfc822-headers",
        "message_id": steps.message_id(message) if message else "<x@y>",
    }
    return REPORT.format(**said | changed).encode()


def sent(key: str = "k", **fields: object) -> OutboxMessage:
    return put(key, sent_at=clock.now(), **fields)


def take(raw: bytes, **more: str) -> str:
    return actions.take_return(actor=SYSTEM, raw=raw, **more)


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_hard_return_stops_mail_to_the_address_it_was_sent_to(world: World, kind: str) -> None:
    message = sent(to="Gone@b.example")
    assert take(report(message, kind=kind)) == "returned"
    message.refresh_from_db()
    row = ReturnedAddress.objects.get()
    assert (row.address, row.count, row.cleared_at) == ("gone@b.example", 1, None)
    assert row.reason == "5.1.1 smtp; 550 5.1.1 no such user"
    assert message.returned_at is not None
    assert take(report(message)) == "known"
    put("next", to="GONE@b.example")
    put("other", to="here@b.example")
    assert actions.send_waiting(actor=SYSTEM) == 1
    held = OutboxMessage.objects.get(dedupe_key="next")
    assert (held.hold_reason, held.held_at is None) == (HoldReason.RETURNED, False)


@pytest.mark.parametrize(
    ("status", "code", "action", "outcome"),
    [
        ("5.2.2", "552 5.2.2 mailbox full", "failed", "counted"),
        ("5.7.1", "550 5.7.1 looks like spam", "failed", "counted"),
        ("5.3.4", "552 5.3.4 too big", "failed", "counted"),
        ("4.4.7", "451 gave up", "failed", "counted"),
        ("4.4.1", "no answer", "delayed", "late"),
        ("5.2.1", "550 disabled", "failed", "returned"),
        ("", "550 no such user", "failed", "returned"),
        ("2.1.5", "250 ok", "delivered", "late"),
    ],
)
def test_what_passes_is_counted_and_stops_nothing(
    world: World, status: str, code: str, action: str, outcome: str
) -> None:
    message = sent()
    assert take(report(message, status=status, code=code, action=action)) == outcome
    put("next")
    assert actions.send_waiting(actor=SYSTEM) == (0 if outcome == "returned" else 1)


def test_a_mail_is_found_by_the_address_it_came_back_to(world: World, settings) -> None:
    settings.EMAIL_BOUNCES = "bounces+{mail}@joint.example"
    first, second = sent("a"), sent("b", to="c@d.example")
    address = "bounces+{}@joint.example"
    words = [steps.message_id(one).strip("<>").partition("@")[0] for one in (first, second)]
    assert take(report(to=address.format(words[0]))) == "returned"
    assert take(report(), to=address.format(words[1])) == "returned"
    assert ReturnedAddress.objects.count() == 2


def test_a_minted_mail_is_found_too(world: World) -> None:
    message = put(minter="m", about="1", claimed_until=clock.now())
    told = report(message)
    OutboxMessage.objects.update(sent_at=clock.now(), claimed_until=None)
    assert take(told) == "returned"


def test_only_mail_this_site_sent_counts(world: World) -> None:
    message, waiting = sent(), put("waiting")
    forged = steps.message_id(message).replace(str(message.pk), str(message.pk + 9), 1)
    other = steps.message_id(message).replace(f"<{message.pk}.", f"<{waiting.pk}.", 1)
    for said in (forged, other, f"<{message.pk}.{'0' * 32}@x>", "<999999999999999999.x@y>"):
        assert take(report(message_id=said)) == "unknown mail"
    assert take(report(waiting)) == "unknown mail"  # it never left
    assert ReturnedAddress.objects.count() == 0


def nested(depth: int) -> bytes:
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(depth)
    )
    return head + b"x"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 1000,
        b"hello",
        nested(3_000),
        b"Content-Type: message/rfc822\r\n\r\n" * 3_000,
        b"Content-Type: multipart/report; boundary=B\r\n\r\n" + b"--B\r\n\r\n" * 100_000,
        b"X: y\r\n" * 200_000,
        b"A" * 5_000_000,
        b"Content-Type: message/delivery-status\r\n\r\n" + b"Action: failed\r\n\r\n" * 50_000,
        report().replace(b"message/delivery-status", b"message/delivery-status; charset=\xff\xfe"),
        report().replace(b"text/rfc822-headers", b"text/rfc822-headers; charset=nonsense"),
        report(code="\x1b[31m" + "5.1.1 " * 10_000),
        report(to="bounces+" + "1.a" * 20_000 + "@x"),
    ],
)
def test_hostile_reports_are_read_within_bounds(world: World, raw: bytes) -> None:
    began = time.process_time()
    assert take(raw) in ("no report", "unknown mail")
    assert time.process_time() - began < 3
    found = read_report(raw)
    assert found is None or (len(found.reason) <= 300 and "\x1b" not in found.reason)


def test_an_administrator_clears_an_address_and_releases_its_mail(world: World) -> None:
    take(report(sent()))
    put("held")
    assert actions.send_waiting(actor=SYSTEM) == 0
    row = ReturnedAddress.objects.get()
    with pytest.raises(Refused):
        actions.clear_returned(actor=world.actor(QINGPU, Role.COORDINATOR), row=row)
    assert actions.clear_returned(actor=world.admin, row=row) == 0
    assert actions.send_waiting(actor=SYSTEM) == 0
    assert actions.clear_returned(actor=world.admin, row=row, release=True) == 1
    assert actions.send_waiting(actor=SYSTEM) == 1
    assert len(mail.outbox) == 1


def test_an_address_that_returns_again_is_stopped_again(world: World) -> None:
    take(report(sent("a")))
    actions.clear_returned(actor=world.admin, row=ReturnedAddress.objects.get())
    assert take(report(sent("b"), status="5.2.2", code="full")) == "counted"
    assert ReturnedAddress.objects.get().cleared_at is not None
    assert take(report(sent("c"))) == "returned"
    row = ReturnedAddress.objects.get()
    assert (row.count, row.cleared_at) == (3, None)


def test_the_command_reads_a_pipe(world: World, monkeypatch, capsys) -> None:
    raw = report(sent())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    call_command("returned_mail")
    assert capsys.readouterr().out == "returned\n"


def test_the_command_reads_a_maildir_once(world: World, settings, tmp_path: Path, capsys) -> None:
    settings.EMAIL_BOUNCES_DIR = str(tmp_path)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1.x").write_bytes(report(sent()))
    (tmp_path / "new" / "2.x").write_bytes(b"hello")
    (tmp_path / "new" / "3.x").symlink_to("/etc/passwd")
    for _time in range(2):
        call_command("returned_mail", folder="")
    assert capsys.readouterr().out == "1.x: returned\n2.x: no report\n"
    assert sorted(path.name for path in (tmp_path / "cur").iterdir()) == ["1.x:2,S", "2.x:2,S"]


def test_without_a_database_the_mail_server_keeps_the_report(monkeypatch, capsys) -> None:
    def away(**_given: object) -> str:
        raise OperationalError("gone")

    monkeypatch.setattr("stakeholders.management.commands.returned_mail.take_return", away)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"x")))
    with pytest.raises(SystemExit) as ended:
        call_command("returned_mail")
    assert (ended.value.code, capsys.readouterr().err) == (75, "OperationalError\n")
