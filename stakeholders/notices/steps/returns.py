"""Mail that came back: noted on the mail, and on its address."""

from django.db.models import F
from django.utils.crypto import constant_time_compare

from stakeholders.notices.enums import HoldReason
from stakeholders.notices.lettering import proof_of
from stakeholders.notices.models import OutboxMessage, ReturnedAddress
from stakeholders.notices.returning import Claim
from stakeholders.terms import clock


def mail_of_claim(claim: Claim) -> OutboxMessage | None:
    """The sent mail that a report names, row locked; None when this site never wrote it."""
    rows = OutboxMessage.objects.select_for_update(no_key=True).filter(
        pk=claim.pk, sent_at__isnull=False
    )
    message = rows.first()
    known = message is not None and constant_time_compare(proof_of(message), claim.proof)
    return message if known else None


def note_return(*, message: OutboxMessage, reason: str, is_hard: bool) -> bool:
    """Note that a mail came back; False when that is known. Once for each mail.

    Back for good, its address is written to no more; else it is only counted.
    """
    if message.returned_at is not None:
        return False
    now = clock.now()
    message.returned_at, message.last_error = now, reason[:300]
    message.save(update_fields=["returned_at", "last_error"])
    address = message.recipient.lower()
    row, is_new = ReturnedAddress.objects.get_or_create(
        address=address,
        defaults={
            "reason": reason[:300],
            "first_at": now,
            "last_at": now,
            "cleared_at": None if is_hard else now,
        },
    )
    if is_new:
        return True
    changes: dict[str, object] = {"count": F("count") + 1, "last_at": now}
    if is_hard or row.cleared_at is not None:
        changes["reason"] = reason[:300]
    if is_hard:
        changes["cleared_at"] = None
    ReturnedAddress.objects.filter(pk=row.pk).update(**changes)
    return True


def clear_address(*, row: ReturnedAddress) -> None:
    """Write to an address again."""
    ReturnedAddress.objects.filter(pk=row.pk, cleared_at__isnull=True).update(
        cleared_at=clock.now()
    )


def release_returned(*, address: str) -> int:
    """Let mail leave that was held because its address did not take any; says how many."""
    held = OutboxMessage.objects.filter(
        recipient__iexact=address,
        hold_reason=HoldReason.RETURNED,
        held_at__isnull=False,
        sent_at__isnull=True,
    ).exclude(body="")
    return held.update(held_at=None, hold_reason="", not_before=None, attempts=0, last_error="")
