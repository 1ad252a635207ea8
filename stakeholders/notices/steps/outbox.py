"""Rows of the outbox: mail without an inbox line, mail whose link is made later, holding."""

from stakeholders.broker.waking import poke_on_commit
from stakeholders.notices.enums import HoldReason
from stakeholders.notices.models import OutboxMessage
from stakeholders.terms import canonical, clock

TASK = "stakeholders.notices.tasks.send_mail"


def wake_senders() -> None:
    """Wake a worker once the mail written in the running transaction can be read by it.

    Whoever writes rows of the outbox calls this; called often in one transaction it is sent once.
    """
    poke_on_commit(TASK)


def queue_mail(*, to: str, subject: str, body: str, secret: bool = False) -> None:
    """Put one mail without an inbox line into the outbox (sign-in, invitation links)."""
    OutboxMessage.objects.create(
        recipient=to,
        dedupe_key=f"mail:{canonical.new_nonce()}",
        subject=subject,
        body=body,
        is_secret=secret,
        created_at=clock.now(),
    )
    wake_senders()


def queue_minted_mail(*, to: str, subject: str, body: str, minter: str, about: str) -> None:
    """Queue a mail whose link is made by the minter `minter` for `about` while it is sent.

    `body` has `minting.GAP` where the link goes; the link itself is never stored.
    """
    OutboxMessage.objects.create(
        recipient=to,
        dedupe_key=f"{minter}:{about}:{canonical.new_nonce()}",
        subject=subject,
        body=body,
        minter=minter,
        about=about,
        created_at=clock.now(),
    )
    wake_senders()


def drop_unsent(*, minter: str, about: str) -> int:
    """Delete the mails of a minter for `about` that were not sent yet; says how many."""
    rows = OutboxMessage.objects.filter(minter=minter, about=about, sent_at__isnull=True)
    return rows.delete()[0]


def forget_mail(*, minter: str, about: str) -> int:
    """Delete every mail of a minter for `about`, sent or not: its address is to be forgotten."""
    return OutboxMessage.objects.filter(minter=minter, about=about).delete()[0]


def hold_unsent() -> int:
    """Hold every mail not sent yet and remove the links that sign in; says how many."""
    waiting = OutboxMessage.objects.waiting()
    waiting.filter(is_secret=True).update(body="")
    return waiting.update(held_at=clock.now(), hold_reason=HoldReason.RESTORED)
