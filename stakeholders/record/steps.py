"""Appending to the record."""

from collections.abc import Mapping

from django.db import connection

from stakeholders.record.models import HeadTold, RecordEntry, RecordHead
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor

SITE = "site"


def plan_chain(key: str) -> str:
    return f"plan:{key}"


def inside_chain(*, code: str, key: str = "") -> str:
    """The chain of what one jurisdiction does inside, in a plan or in none; its own, no other's."""
    return f"plan:{key}:{code}" if key else f"party:{code}"


def take_turns(name: str) -> None:
    """Wait until no other transaction is at `name`, and keep the turn until this one ends.

    For what is not there yet, and so has no row to lock: of two who enter the same key at once
    the second then finds it taken, and is told so like whoever comes an hour later.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def append(
    *, chain: str, actor: Actor, act: str, subject: str, effects: Mapping[str, object]
) -> RecordEntry:
    """Append one act to `chain`; the last statement of an action, inside its transaction.

    `subject` is `kind:id`. `effects` holds ids, hashes, codes and figures as strings, never
    names or free text. The head row is locked here, so appends to one chain queue only for
    the rest of their transactions. RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the record is appended inside the transaction of its act")
    RecordHead.objects.bulk_create([RecordHead(chain=chain)], ignore_conflicts=True)
    head = RecordHead.objects.select_for_update(no_key=True).get(chain=chain)
    at = clock.now()
    payload = canonical.canonical(
        {
            "algorithm": canonical.ALGORITHM,
            "chain": chain,
            "seq": head.seq + 1,
            "at": at,
            "act": act,
            "subject": subject,
            "actor": {
                "kind": actor.kind.value,
                "user": actor.user_id,
                "mandate": actor.mandate_id,
                "role": actor.role.value if actor.role else None,
                "jurisdiction": actor.jurisdiction_code,
                "organization": actor.organization_id,
                "invitation": actor.invitation_id,
            },
            "stated_clock": clock.is_stated(),
            "effects": effects,
            "previous": head.hash,
        }
    )
    entry = RecordEntry.objects.create(
        chain=chain,
        seq=head.seq + 1,
        at=at,
        act=act,
        subject=subject,
        actor_kind=actor.kind.value,
        user_id=actor.user_id,
        mandate_id=actor.mandate_id,
        jurisdiction_code=actor.jurisdiction_code or "",
        payload=payload,
        previous=head.hash,
        hash=canonical.digest(payload),
    )
    head.seq, head.hash = entry.seq, entry.hash
    head.save(update_fields=["seq", "hash"])
    return entry


def write_told(*, chain: str, seq: int, hash_: str, root: str) -> HeadTold:
    """Keep that the head of a chain is told now. No entry of the record is made of it.

    An entry would move the head that was just told, and the next telling again. IntegrityError
    where this very head was told before.
    """
    return HeadTold.objects.create(chain=chain, seq=seq, hash=hash_, root=root, at=clock.now())
