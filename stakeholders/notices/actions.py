"""Reading one's inbox, sending the outbox, holding and releasing mail.

None of these is an act on a plan, so none is on the record; administrators' holds and releases
stand in the history of their pages.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stakeholders.notices.enums import CLAIM
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.notices.queries import inbox
from stakeholders.notices.rules import require_mail_keeper
from stakeholders.notices.steps import deliver
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, NotVisible


@transaction.atomic
def mark_read(*, actor: Actor, notice_id: int) -> Notice:
    """Mark one notice of the acting person as read. NotVisible for another person's."""
    notice = inbox(actor=actor).select_for_update().filter(pk=notice_id).first()
    if notice is None:
        raise NotVisible
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def mark_all_read(*, actor: Actor) -> int:
    """Mark the acting person's whole inbox as read; says how many notices that were."""
    return inbox(actor=actor).filter(read_at__isnull=True).update(read_at=clock.now())


def drain_outbox(*, actor: Actor, limit: int = 100) -> int:
    """Send up to `limit` waiting mails over one connection; returns how many were sent.

    Mails are claimed and committed before the first is sent, so that two senders never take the
    same one and a slow mail server holds no lock. Between the server's "250 OK" and our commit
    lies a moment that cannot be closed: a process killed there sends the mail again after the
    claim has run out, with the same Message-ID. Not atomic on purpose.
    """
    require_mail_keeper(actor=actor)
    claimed = _claim(limit)
    return deliver(claimed) if claimed else 0


@transaction.atomic
def _claim(limit: int) -> Sequence[OutboxMessage]:
    now = clock.now()
    waiting = OutboxMessage.objects.due(now).order_by("pk").select_for_update(skip_locked=True)
    messages = list(waiting[:limit])
    ids = [message.pk for message in messages]
    OutboxMessage.objects.filter(pk__in=ids).update(claimed_until=now + CLAIM)
    return messages


@transaction.atomic
def hold_mail(*, actor: Actor, message: OutboxMessage) -> None:
    """Keep a mail back until it is released. Refused; Conflict when it was sent."""
    require_mail_keeper(actor=actor)
    message = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if message.sent_at is not None:
        raise Conflict(_("This mail was already sent."))
    message.held_at = message.held_at or clock.now()
    message.save(update_fields=["held_at"])


@transaction.atomic
def release_mail(*, actor: Actor, message: OutboxMessage) -> None:
    """Let a held mail be sent by the next sweep. Refused; Conflict when it has no text left."""
    require_mail_keeper(actor=actor)
    message = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if not message.body:
        raise Conflict(_("The link in this mail was removed; it cannot be sent any more."))
    message.held_at, message.not_before, message.attempts = None, None, 0
    message.save(update_fields=["held_at", "not_before", "attempts"])


@transaction.atomic
def forget_sent_mail(*, actor: Actor, older_than: timedelta) -> int:
    """Housekeeping: delete mails sent longer ago than `older_than`; says how many."""
    require_mail_keeper(actor=actor)
    old = OutboxMessage.objects.filter(sent_at__lt=clock.now() - older_than)
    return old.delete()[0]
