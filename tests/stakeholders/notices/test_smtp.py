"""Sending over a real socket to mail servers that refuse, wait, cut off and take too little."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from stakeholders.notices import actions
from stakeholders.notices.enums import HoldReason
from stakeholders.notices.models import OutboxMessage
from stakeholders.notices.pipelining import send_bytes
from stakeholders.notices.steps import noting, sending
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM
from tests.smtp_sink import Sink, free_port, sink
from tests.stakeholders.notices.test_actions import put
from tests.world import World


@pytest.fixture(params=[True, False], ids=["pipelining", "waiting"])
def server(world: World, settings, request) -> Iterator[Sink]:
    with sink(max_size=20_000) as (kept, port):
        kept.is_pipelining = request.param
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield kept


def send(minutes: float = 0) -> int:
    with clock.stated(clock.now() + timedelta(minutes=minutes)):
        return actions.send_waiting(actor=SYSTEM)


def states() -> dict[str, int]:
    rows = OutboxMessage.objects.all()
    return {
        "sent": sum(row.sent_at is not None for row in rows),
        "held": sum(row.held_at is not None for row in rows),
        "waiting": sum(row.sent_at is None and row.held_at is None for row in rows),
    }


def told(case: str, server: Sink) -> None:
    ids = server.ids()
    print(f"\n{case}: {states()}, arrived {len(ids)}, Message-IDs {len(set(ids))}")  # noqa: T201


def test_every_mail_arrives_once_from_the_address_returns_go_to(server: Sink, settings) -> None:
    settings.EMAIL_BOUNCES = "bounces+{mail}@joint.example"
    for number in range(250):
        put(f"k{number}", to=f"p{number}@b.example")
    assert send() == 250
    told("250 mails", server)
    assert len(set(server.ids())) == len(server.kept) == 250
    sender, to, content = server.kept[0]
    local = server.ids()[0].strip("<>").partition("@")[0]
    assert (sender, to) == (f"bounces+{local}@joint.example", "p0@b.example")
    assert b"multipart/alternative" in content


def test_no_text_leaves_before_the_last_mail_is_marked(server: Sink, monkeypatch) -> None:
    """However a sender dies, at most one mail is gone and not marked."""
    gone_and_marked = []

    def watched(smtp: object, *, before_text: Callable[[], None], **mail: object) -> None:
        def before() -> None:
            before_text()
            marked = OutboxMessage.objects.filter(sent_at__isnull=False).count()
            gone_and_marked.append((len(server.kept), marked))

        send_bytes(smtp, before_text=before, **mail)

    monkeypatch.setattr(sending, "send_bytes", watched)
    for number in range(4):
        put(f"k{number}", to=f"p{number}@b.example")
    assert send() == 4
    assert gone_and_marked == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert states() == {"sent": 4, "held": 0, "waiting": 0}


def test_a_mark_that_cannot_be_written_lets_no_other_mail_leave(server: Sink, monkeypatch) -> None:
    monkeypatch.setattr(noting, "SENT", b"UPDATE nowhere SET a = $1, b = $2, c = $3")
    for number in range(4):
        put(f"k{number}", to=f"p{number}@b.example")
    with pytest.raises(DatabaseError), transaction.atomic():
        send()
    assert len(server.kept) == 1


def test_a_mail_that_signs_in_loses_its_text_with_its_mark(server: Sink) -> None:
    put("k", to="p@b.example", is_secret=True)
    put("l", to="q@b.example")
    assert send() == 2
    kept = OutboxMessage.objects.order_by("pk")
    assert [bool(row.body) for row in kept] == [False, True]
    assert [row.attempts for row in kept] == [1, 1]


def test_one_bad_address_blocks_nobody_and_is_held_in_the_end(server: Sink) -> None:
    for number in range(20):
        put(f"k{number}", to=f"p{number}@b.example")
    put("bad", to="refused@b.example")
    put("badly", to="not an address")
    for number in range(20, 40):
        put(f"k{number}", to=f"p{number}@b.example")
    assert [send(60 * hour) for hour in range(5)] == [40, 0, 0, 0, 0]
    told("one refused, one faulty of 42", server)
    assert states() == {"sent": 40, "held": 2, "waiting": 0}
    reasons = OutboxMessage.objects.exclude(hold_reason="").order_by("dedupe_key")
    assert list(reasons.values_list("dedupe_key", "hold_reason")) == [
        ("bad", HoldReason.REFUSED),
        ("badly", HoldReason.FAULTY),
    ]
    assert "5.1.1 no such user" in reasons[0].last_error


def test_a_greylisted_mail_comes_again(server: Sink) -> None:
    put("grey", to="grey@b.example")
    put("other", to="a@b.example")
    assert [send(), send(0.5), send(2)] == [1, 0, 1]
    told("greylisted", server)


def test_a_mail_cut_off_comes_again_with_the_same_message_id(server: Sink) -> None:
    server.drops = 1
    for number in range(5):
        put(f"k{number}", to=f"p{number}@b.example")
    assert [send(), send(2)] == [4, 1]
    server.swallowed = 1
    put("twice", to="a@b.example")
    assert [send(), send(2)] == [0, 1]
    told("cut off in the message, and before the answer", server)
    ids = server.ids()
    assert (len(ids), len(set(ids)), states()["sent"]) == (7, 6, 6)


def test_a_server_that_cuts_off_all_is_left_alone_for_a_while(server: Sink) -> None:
    server.drops = 1000
    for number in range(50):
        put(f"k{number}", to=f"p{number}@b.example")
    assert send() == 0
    assert OutboxMessage.objects.filter(attempts=1).count() == 3
    server.drops = 0
    assert send(2) == 50
    told("all cut off, then none", server)


def test_a_server_that_closes_on_every_mail_makes_none_give_up(server: Sink) -> None:
    for number in range(6):
        put(f"k{number}", to="closing@b.example")
    assert [send(hour * 60) for hour in range(10)] == [0] * 10
    told("always 421", server)
    assert states() == {"sent": 0, "held": 0, "waiting": 6}


def test_a_slow_server_costs_its_time_out_and_the_rest_waits(server: Sink, settings) -> None:
    settings.EMAIL_TIMEOUT = 1
    server.pause = 3.0
    for number in range(10):
        put(f"k{number}", to=f"p{number}@b.example")
    began = clock.now()
    assert send() == 0
    assert clock.now() - began < timedelta(seconds=8)
    assert OutboxMessage.objects.filter(attempts=1).count() == 3
    assert OutboxMessage.objects.filter(claimed_until__isnull=False).count() == 0
    server.pause = 0.0
    assert send(2) == 10
    told("slow, then quick", server)


def test_an_oversized_mail_is_held_and_the_others_leave(server: Sink) -> None:
    put("big", to="a@b.example")
    OutboxMessage.objects.update(body="长" * 20_000)
    put("small", to="b@b.example")
    assert [send(60 * hour) for hour in range(5)] == [1, 0, 0, 0, 0]
    told("oversized", server)
    big = OutboxMessage.objects.get(dedupe_key="big")
    assert (big.hold_reason, big.attempts) == (HoldReason.REFUSED, 5)


def test_a_server_that_refuses_connections_delays_by_a_minute(world: World, settings) -> None:
    port = free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    for number in range(30):
        put(f"k{number}", to=f"p{number}@b.example")
    assert [send(minute) for minute in range(20)] == [0] * 20
    assert set(OutboxMessage.objects.values_list("attempts", flat=True)) == {0}
    with sink(port=port) as (kept, _port):
        assert send(21) == 30
        told("refused for 20 minutes, then there", kept)
