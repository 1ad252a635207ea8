"""Reading and verifying the record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from stakeholders.record.models import RecordEntry, RecordHead
from stakeholders.record.standalone import broken_at


@dataclass(frozen=True)
class ChainCheck:
    """The outcome of recomputing one chain: `fault` is empty when it holds."""

    chain: str
    entries: int
    head: str
    fault: str


def entries_of(*, chain: str) -> QuerySet[RecordEntry]:
    return RecordEntry.objects.filter(chain=chain).order_by("seq")


def head_of(*, chain: str) -> tuple[int, str]:
    """(number, hash) of the last entry of a chain; (0, "") before its first."""
    row = RecordHead.objects.filter(chain=chain).values_list("seq", "hash").first()
    return row or (0, "")


def _rows(entries: Iterable[RecordEntry]) -> Iterator[dict[str, object]]:
    for entry in entries:
        yield {"seq": entry.seq, "payload": entry.payload, "hash": entry.hash}


def check_chains(*, chain: str = "") -> list[ChainCheck]:
    """Recompute every chain (or one) from its first entry and compare it with its head.

    A chain whose head was taken away is checked too: it has entries where none are announced.
    """
    heads = {head.chain: head for head in RecordHead.objects.all()}
    entered = RecordEntry.objects.order_by("chain").values_list("chain", flat=True).distinct()
    names = {chain} if chain else {*heads, *entered}
    checks = []
    for head in [heads.get(name, RecordHead(chain=name)) for name in sorted(names)]:
        count, last, fault = broken_at(_rows(entries_of(chain=head.chain).iterator()))
        if not fault and (count, last) != (head.seq, head.hash):
            fault = f"head says {head.seq} entries ending {head.hash}, found {count} ending {last}"
        checks.append(ChainCheck(head.chain, count, last, fault))
    return checks
