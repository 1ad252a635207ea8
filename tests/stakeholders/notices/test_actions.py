import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend

from stakeholders.notices import actions, steps
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, SYSTEM, Role
from stakeholders.terms.errors import Conflict, NotVisible, Refused
from tests.world import QINGPU, WUJIANG, World, in_days

REFUSING = "tests.stakeholders.notices.test_actions.Refusing"
AWAY = "tests.stakeholders.notices.test_actions.Away"


class Refusing(EmailBackend):
    """A server that takes every mail but those to nobody@."""

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        if messages[0].to[0].startswith("nobody@"):
            raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})
        return super().send_messages(messages)


class Away(BaseEmailBackend):
    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        raise ConnectionRefusedError("no mail server")


def put(key: str = "k", *, to: str = "a@b.example", **fields: object) -> OutboxMessage:
    return OutboxMessage.objects.create(
        recipient=to, dedupe_key=key, subject="S", body="B", created_at=clock.now(), **fields
    )


def test_drain_sends_each_mail_once_with_its_own_message_id(world: World) -> None:
    first = put("k1")
    put("k2", not_before=in_days(1))
    put("k3", held_at=clock.now())
    put("k4", claimed_until=in_days(1))
    assert [actions.drain_outbox(actor=SYSTEM), actions.drain_outbox(actor=SYSTEM)] == [1, 0]
    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [steps.message_id(first)]
    first.refresh_from_db()
    assert (first.attempts, first.claimed_until, first.sent_at is None) == (1, None, False)
    assert RecordEntry.objects.count() == 0


def test_drain_takes_up_a_claim_that_has_run_out(world: World) -> None:
    put(claimed_until=clock.now() - timedelta(seconds=1))
    assert actions.drain_outbox(actor=SYSTEM) == 1


def test_drain_is_refused_to_people(world: World) -> None:
    with pytest.raises(Refused):
        actions.drain_outbox(actor=world.actor(QINGPU, Role.CONTACT_POINT))
    with pytest.raises(Refused):
        actions.drain_outbox(actor=PUBLIC)


def test_drain_blanks_the_body_of_a_sent_secret(world: World) -> None:
    message = put(is_secret=True)
    actions.drain_outbox(actor=SYSTEM)
    message.refresh_from_db()
    assert (mail.outbox[0].body, message.body) == ("B", "")


def test_drain_waits_longer_after_each_failure(world: World, settings) -> None:
    settings.EMAIL_BACKEND = AWAY
    message = put()
    now = clock.now()
    waits = []
    for _attempt in range(8):
        with clock.stated(now):
            assert actions.drain_outbox(actor=SYSTEM) == 0
        message.refresh_from_db()
        waits.append(int((message.not_before - now).total_seconds() // 60))
        now = message.not_before
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert (message.attempts, message.held_at, message.claimed_until) == (8, None, None)
    assert message.last_error == "ConnectionRefusedError: no mail server"


def test_drain_holds_what_the_server_refuses_for_good_and_sends_the_rest(
    world: World, settings
) -> None:
    settings.EMAIL_BACKEND = REFUSING
    bad = put("bad", to="nobody@b.example")
    put("good")
    now, sent = clock.now(), []
    for hour in range(5):
        with clock.stated(now + timedelta(hours=hour)):
            sent.append(actions.drain_outbox(actor=SYSTEM))
    bad.refresh_from_db()
    assert (sent, bad.attempts, bad.held_at is None) == ([1, 0, 0, 0, 0], 5, False)


def test_a_subject_with_line_breaks_cannot_add_a_header(world: World) -> None:
    put(to="a@b.example")
    OutboxMessage.objects.update(subject="Hi\r\nBcc: spy@evil.example")
    assert actions.drain_outbox(actor=SYSTEM) == 1
    assert (mail.outbox[0].subject, mail.outbox[0].bcc) == ("Hi Bcc: spy@evil.example", [])


def test_hold_and_release(world: World) -> None:
    message = put()
    actions.hold_mail(actor=world.admin, message=message)
    assert actions.drain_outbox(actor=SYSTEM) == 0
    actions.release_mail(actor=world.admin, message=message)
    assert actions.drain_outbox(actor=SYSTEM) == 1
    with pytest.raises(Conflict):
        actions.hold_mail(actor=world.admin, message=message)
    with pytest.raises(Refused):
        actions.hold_mail(actor=world.actor(QINGPU, Role.COORDINATOR), message=put("other"))


def test_release_is_refused_when_the_link_was_removed(world: World) -> None:
    message = put(is_secret=True)
    steps.hold_unsent()
    message.refresh_from_db()
    assert (message.body, message.held_at is None) == ("", False)
    with pytest.raises(Conflict):
        actions.release_mail(actor=world.admin, message=message)


def test_mark_read_is_ones_own(world: World) -> None:
    mine, other = world.actor(QINGPU, Role.PLANNER), world.actor(WUJIANG, Role.PLANNER)
    people = [mine.person, other.person]
    steps.notify(people=people, kind="x", title="t", url="/", key="k")
    notice = Notice.objects.get(user=mine.person)
    with pytest.raises(NotVisible):
        actions.mark_read(actor=other, notice_id=notice.pk)
    assert actions.mark_read(actor=mine, notice_id=notice.pk).read_at is not None
    assert (actions.mark_all_read(actor=mine), actions.mark_all_read(actor=other)) == (0, 1)


def test_notify_reaches_nobody_twice_for_one_occasion(world: World) -> None:
    person = world.actor(QINGPU, Role.PLANNER).person
    for _time in range(2):
        steps.notify(people=[person], kind="x", title="t" * 400, url="/", key="k")
    assert (Notice.objects.count(), OutboxMessage.objects.count()) == (1, 1)


def test_forget_sent_mail_keeps_what_waits(world: World) -> None:
    put("old", sent_at=in_days(-500))
    put("new", sent_at=in_days(-1))
    put("waiting")
    assert actions.forget_sent_mail(actor=SYSTEM, older_than=timedelta(days=400)) == 1
    keys = OutboxMessage.objects.order_by("pk").values_list("dedupe_key", flat=True)
    assert list(keys) == ["new", "waiting"]
