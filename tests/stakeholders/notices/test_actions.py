import smtplib
import time
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from config.celery import app as celery
from stakeholders.broker import waking
from stakeholders.notices import actions, steps, tasks
from stakeholders.notices.enums import CLAIM, IDLE, SEND_SECONDS
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, SYSTEM, Role
from stakeholders.terms.errors import Conflict, NotVisible, Refused
from tests.world import QINGPU, WUJIANG, World, in_days

REFUSING = "tests.stakeholders.notices.test_actions.Refusing"
GREY = "tests.stakeholders.notices.test_actions.Grey"
AWAY = "tests.stakeholders.notices.test_actions.Away"


class Refusing(EmailBackend):
    """A server that takes every mail but those to nobody@."""

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        if messages[0].to[0].startswith("nobody@"):
            raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})
        return super().send_messages(messages)


class Away(BaseEmailBackend):
    def open(self) -> None:
        raise ConnectionRefusedError("no mail server")


class Grey(EmailBackend):
    """A server that wants every mail to come again later."""

    def send_messages(self, messages: list[mail.EmailMessage]) -> int:
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (451, b"greylisted")})


def put(key: str = "k", *, to: str = "a@b.example", **fields: object) -> OutboxMessage:
    given = {"subject": "S", "body": "B", "created_at": clock.now(), **fields}
    return OutboxMessage.objects.create(recipient=to, dedupe_key=key, **given)


def test_drain_sends_each_mail_once_with_its_own_message_id(world: World) -> None:
    first = put("k1")
    put("k2", not_before=in_days(1))
    put("k3", held_at=clock.now())
    assert [actions.drain_outbox(actor=SYSTEM), actions.drain_outbox(actor=SYSTEM)] == [1, 0]
    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [steps.message_id(first)]
    first.refresh_from_db()
    assert (first.attempts, first.claimed_until, first.sent_at is None) == (1, None, False)
    assert RecordEntry.objects.count() == 0


def test_drain_takes_up_a_claim_that_has_run_out(world: World) -> None:
    put(claimed_until=clock.now() - timedelta(seconds=1))
    assert actions.drain_outbox(actor=SYSTEM) == 1


def test_a_claim_holds_while_its_sender_lives_and_no_longer(world: World) -> None:
    put()
    other = connection.copy()
    now = clock.now()
    until = now + CLAIM
    number = (until - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    OutboxMessage.objects.update(claimed_until=until)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [number])
        assert actions.send_waiting(actor=SYSTEM) == 0
    finally:
        other.close()  # as when its process is killed
    deadline = time.monotonic() + 5
    while actions.send_waiting(actor=SYSTEM) == 0 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(mail.outbox) == 1


def test_two_claims_never_hold_the_same_mail(world: World) -> None:
    for number in range(5):
        put(f"k{number}")
    now = clock.now()
    options = {"at": now, "idle_for": timedelta(0)}
    with steps.claimed(limit=3, **options) as mine, steps.claimed(limit=3, **options) as theirs:
        taken = [[row.dedupe_key for row in rows] for rows in (mine, theirs)]
    assert taken == [["k0", "k1", "k2"], ["k3", "k4"]]


def test_what_is_left_at_the_end_of_the_time_is_given_back(world: World) -> None:
    for number in range(3):
        put(f"k{number}")
    with steps.claimed(at=clock.now(), limit=3, idle_for=timedelta(0)) as messages:
        done = steps.deliver(messages, end=0.0)
    assert (done, len(mail.outbox)) == (steps.Delivery(), 0)
    assert OutboxMessage.objects.filter(claimed_until__isnull=True).count() == 3


def test_what_a_worker_may_still_take_up_is_left_to_it(world: World) -> None:
    put("new")
    put("old", created_at=clock.now() - IDLE)
    put("later", created_at=in_days(-1), not_before=clock.now())
    assert actions.send_waiting(actor=SYSTEM, idle_for=IDLE) == 1
    assert OutboxMessage.objects.get(sent_at__isnull=False).dedupe_key == "old"


def test_mail_written_in_a_transaction_wakes_a_worker_once(
    world: World, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(waking, "poke", sent.append)
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            steps.queue_mail(to=f"a{number}@b.example", subject="S", body="B")
        assert sent == []
    assert sent == [steps.TASK]


def test_the_task_wakes_the_next_as_long_as_mail_leaves(world: World, monkeypatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(tasks, "poke", sent.append)
    for number in range(3):
        put(f"k{number}")
    with monkeypatch.context() as patch:
        patch.setattr(actions, "send_waiting", partial(actions.drain_outbox, limit=2))
        tasks.send_mail()
    assert (len(mail.outbox), sent) == (2, [steps.TASK])
    tasks.send_mail()
    assert (len(mail.outbox), sent) == (3, [steps.TASK])


def test_a_task_ends_before_the_broker_gives_it_out_again() -> None:
    hidden = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    task = tasks.send_mail
    assert SEND_SECONDS < task.soft_time_limit < task.time_limit < hidden
    assert task.time_limit < CLAIM.total_seconds()
    assert current_app_knows(steps.TASK)


def current_app_knows(name: str) -> bool:
    celery.loader.import_default_modules()
    return name in celery.tasks


def test_drain_is_refused_to_people(world: World) -> None:
    with pytest.raises(Refused):
        actions.drain_outbox(actor=world.actor(QINGPU, Role.CONTACT_POINT))
    with pytest.raises(Refused):
        actions.drain_outbox(actor=PUBLIC)


def test_drain_blanks_the_body_of_a_sent_secret(world: World) -> None:
    message = put(is_secret=True)
    actions.drain_outbox(actor=SYSTEM)
    message.refresh_from_db()
    assert (mail.outbox[0].body.startswith("B\n\n-- \n"), message.body) == (True, "")


def test_a_server_that_is_away_is_asked_once_a_minute_and_blames_no_mail(
    world: World, settings
) -> None:
    settings.EMAIL_BACKEND = AWAY
    for number in range(5):
        put(f"k{number}")
    now = clock.now()
    for minute in range(100):
        with clock.stated(now + timedelta(minutes=minute)):
            assert actions.send_waiting(actor=SYSTEM) == 0
    rows = list(OutboxMessage.objects.order_by("pk"))
    assert [(row.attempts, row.held_at, row.claimed_until) for row in rows] == [(0, None, None)] * 5
    assert rows[0].last_error == "ConnectionRefusedError: no mail server"
    assert [row.last_error for row in rows[1:]] == [""] * 4
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.stated(now + timedelta(minutes=100)):
        assert actions.send_waiting(actor=SYSTEM) == 5


def test_a_mail_that_fails_waits_longer_after_each_failure(world: World, settings) -> None:
    settings.EMAIL_BACKEND = GREY
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
    steps.notify(people=people, kind="round", title="t", url="/", key="k")
    notice = Notice.objects.get(user=mine.person)
    with pytest.raises(NotVisible):
        actions.mark_read(actor=other, notice_id=notice.pk)
    assert actions.mark_read(actor=mine, notice_id=notice.pk).read_at is not None
    assert (actions.mark_all_read(actor=mine), actions.mark_all_read(actor=other)) == (0, 1)


def test_notify_reaches_nobody_twice_for_one_occasion(world: World) -> None:
    person = world.actor(QINGPU, Role.PLANNER).person
    for _time in range(2):
        steps.notify(people=[person], kind="round", title="t" * 400, url="/", key="k")
    assert (Notice.objects.count(), OutboxMessage.objects.count()) == (1, 1)
