"""Reading one's inbox, sending the outbox, holding and releasing mail.

None of these is an act on a plan, so none is on the record; administrators' holds and releases
stand in the history of their pages.
"""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stakeholders.notices import steps
from stakeholders.notices.checks import Choice, check_choice, check_topic
from stakeholders.notices.enums import BATCH, SEND_SECONDS, HoldReason
from stakeholders.notices.models import Notice, OutboxMessage, ReturnedAddress
from stakeholders.notices.queries import EVERYTHING, Chosen, inbox, subscription_state
from stakeholders.notices.returning import read_report
from stakeholders.notices.rules import require_mail_keeper, require_person
from stakeholders.notices.unsubscribing import Subscription
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, NotVisible


@transaction.atomic
def mark_read(*, actor: Actor, notice_id: int) -> Notice:
    """Mark one notice of the acting person as read. NotVisible for another person's."""
    notice = inbox(actor=actor).select_for_update(no_key=True).filter(pk=notice_id).first()
    if notice is None:
        raise NotVisible
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def mark(*, actor: Actor, notice_ids: Iterable[int], is_read: bool) -> int:
    """Mark some notices of the acting person as read or unread; says how many changed.

    Those of other people are passed over. A read one waits for no digest.
    """
    rows = inbox(actor=actor).filter(pk__in=set(notice_ids), read_at__isnull=is_read)
    return steps.set_read(rows, at=clock.now() if is_read else None)


@transaction.atomic
def mark_all_read(*, actor: Actor, chosen: Chosen = EVERYTHING) -> int:
    """Mark what the acting person filtered, or its whole inbox, as read; says how many.

    Invalid for a filter of which nothing can be there.
    """
    rows = inbox(actor=actor, chosen=chosen).filter(read_at__isnull=True)
    return steps.set_read(rows, at=clock.now())


@transaction.atomic
def mute(*, actor: Actor, topic: str) -> int:
    """Mute a topic of the acting person: neither mailed nor counted, but for what is legal.

    What is unread of it is marked as read; says how many. Invalid for a topic that stays on.
    """
    person = require_person(actor=actor)
    check_topic(topic)
    return steps.mute_topic(user_id=person, topic=topic)


@transaction.atomic
def unmute(*, actor: Actor, topic: str) -> None:
    """Let a topic be mailed and counted again, from now on. Invalid for one that was never off."""
    person = require_person(actor=actor)
    check_topic(topic)
    steps.unmute_topic(user_id=person, topic=topic)


@transaction.atomic
def choose_mail(*, actor: Actor, choice: Choice) -> None:
    """Keep how the acting person wants its mail; what waits for a digest is timed anew.

    A preference: not on the record. Invalid by field.
    """
    person = require_person(actor=actor)
    check_choice(choice)
    steps.keep_choice(user_id=person, choice=choice)


def write_digests(*, actor: Actor, now: datetime) -> int:
    """Write every digest whose hour has come; says how many mails. Refused to people.

    Some hundred people in one transaction. Not atomic on purpose.
    """
    require_mail_keeper(actor=actor)
    total = 0
    while True:
        with transaction.atomic():
            written, people = steps.compose_digests(now=now)
        total += written
        if not people:
            return total


def drain_outbox(*, actor: Actor, limit: int = BATCH) -> int:
    """Send up to `limit` waiting mails over one connection; returns how many were sent.

    Mails are claimed and committed before the first is sent, so that two senders never take the
    same one and a slow mail server holds no lock. Between the server's "250 OK" and our commit
    lies a moment that cannot be closed: a process killed there sends the mail again, with the
    same Message-ID. Not atomic on purpose.
    """
    require_mail_keeper(actor=actor)
    steps.free_dead_claims(at=clock.now())
    return _send_batch(limit=limit, idle_for=timedelta(0), end=None).sent


def send_waiting(
    *, actor: Actor, seconds: float = SEND_SECONDS, idle_for: timedelta = timedelta(0)
) -> int:
    """Send batch after batch until nothing is due or `seconds` are over; says how many left.

    Stops when the mail server is away. `idle_for`: only mail that nobody has taken up for so
    long. Not atomic on purpose.
    """
    require_mail_keeper(actor=actor)
    steps.free_dead_claims(at=clock.now())
    total, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        done = _send_batch(limit=BATCH, idle_for=idle_for, end=end)
        total += done.sent
        if done.is_away or done.tried < BATCH:
            break
    return total


def _send_batch(*, limit: int, idle_for: timedelta, end: float | None) -> steps.Delivery:
    with steps.claimed(at=clock.now(), limit=limit, idle_for=idle_for) as messages:
        return steps.deliver(messages, end=end)


@transaction.atomic
def hold_mail(*, actor: Actor, message: OutboxMessage) -> None:
    """Keep a mail back until it is released. Refused; Conflict when it was sent."""
    require_mail_keeper(actor=actor)
    message = OutboxMessage.objects.select_for_update(no_key=True).get(pk=message.pk)
    if message.sent_at is not None:
        raise Conflict(_("This mail was already sent."))
    if message.held_at is None:
        message.held_at, message.hold_reason = clock.now(), HoldReason.ADMINISTRATOR
        message.save(update_fields=["held_at", "hold_reason"])


@transaction.atomic
def release_mail(*, actor: Actor, message: OutboxMessage) -> None:
    """Let a held mail be sent now. Refused; Conflict when it has no text left.

    What only looked wrong in it is not doubted again. A mail of a demonstration stays marked.
    """
    require_mail_keeper(actor=actor)
    message = OutboxMessage.objects.select_for_update(no_key=True).get(pk=message.pk)
    if message.sent_at is not None:
        raise Conflict(_("This mail was already sent."))
    _let_go(message)


@transaction.atomic
def send_again(*, actor: Actor, message: OutboxMessage) -> None:
    """Send a mail once more, with the same Message-ID, or try a held one anew.

    Refused; Conflict when it has no text left, or holds a link that is made for one sending.
    """
    require_mail_keeper(actor=actor)
    message = OutboxMessage.objects.select_for_update(no_key=True).get(pk=message.pk)
    if message.sent_at is not None and (message.is_secret or message.minter):
        raise Conflict(_("The link in this mail was for one sending; make a new one."))
    _let_go(message)


def _let_go(message: OutboxMessage) -> None:
    if not message.body:
        raise Conflict(_("The link in this mail was removed; it cannot be sent any more."))
    is_doubted = message.hold_reason == HoldReason.FAULTY
    message.last_error = steps.RELEASED if is_doubted else ""
    if message.hold_reason != HoldReason.DEMONSTRATION:
        message.hold_reason = ""
    message.held_at, message.not_before, message.attempts = None, None, 0
    message.sent_at, message.returned_at = None, None
    fields = ["held_at", "hold_reason", "not_before", "attempts", "last_error"]
    message.save(update_fields=[*fields, "sent_at", "returned_at"])
    steps.wake_senders()


@transaction.atomic
def take_return(*, actor: Actor, raw: bytes, to: str = "") -> str:
    """Read one report of undelivered mail; says in a word what came of it.

    Only mail that this site can prove it sent counts, and only for the address it was sent to,
    whatever else the report claims.
    """
    require_mail_keeper(actor=actor)
    report = read_report(raw, to=to)
    if report is None:
        return "no report"
    message = next(filter(None, map(steps.mail_of_claim, report.claims)), None)
    if message is None:
        return "unknown mail"
    if not report.is_final:
        return "late"
    if not steps.note_return(message=message, reason=report.reason, is_hard=report.is_hard):
        return "known"
    return "returned" if report.is_hard else "counted"


@transaction.atomic
def clear_returned(*, actor: Actor, row: ReturnedAddress, release: bool = False) -> int:
    """Write to an address again; `release`: also what was held for it. Says how many mails."""
    require_mail_keeper(actor=actor)
    steps.clear_address(row=row)
    released = steps.release_returned(address=row.address) if release else 0
    if released:
        steps.wake_senders()
    return released


@transaction.atomic
def unsubscribe(*, actor: Actor, subscription: Subscription) -> bool:
    """Stop the mail a signed link names; False where it has legal effect and goes on.

    The link is the proof: `actor` may be anybody who has it, signed in or not. A person's own
    affair, not on the record.
    """
    state = subscription_state(subscription=subscription)
    if state is None or not state.can_stop:
        return False
    if state.topic is None:
        steps.stop_copies(user_id=subscription.person)
    else:
        steps.mute_topic(user_id=subscription.person, topic=state.topic.key)
    return True


@transaction.atomic
def resubscribe(*, actor: Actor, subscription: Subscription) -> bool:
    """Send the mail a signed link names again; `actor` and answer as in `unsubscribe`."""
    state = subscription_state(subscription=subscription)
    if state is None or not state.can_stop:
        return False
    if state.topic is None:
        steps.resume_copies(user_id=subscription.person)
    else:
        steps.unmute_topic(user_id=subscription.person, topic=state.topic.key)
    return True


@transaction.atomic
def forget_sent_mail(*, actor: Actor, older_than: timedelta) -> int:
    """Housekeeping: blank the text of mails sent or held longer ago than `older_than`.

    The row stays: its key is what keeps the same mail from being written again. Says how many.
    """
    require_mail_keeper(actor=actor)
    now = clock.now()
    before = now - older_than
    old = OutboxMessage.objects.filter(Q(sent_at__lt=before) | Q(held_at__lt=before))
    return old.filter(blanked_at__isnull=True).update(body="", blanked_at=now)
