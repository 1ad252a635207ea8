"""Reading and verifying the record."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from stakeholders.record import tree
from stakeholders.record.models import HeadTold, RecordEntry, RecordHead
from stakeholders.record.standalone import broken_at

CHUNK = 2_000  # entries in memory at once


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


def rows_of(*, chain: str) -> Iterator[dict[str, object]]:
    """The entries of a chain as an export has them, read a few thousand at a time."""
    rows = entries_of(chain=chain).values_list("seq", "payload", "hash")
    for seq, payload, found in rows.iterator(chunk_size=CHUNK):
        yield {"seq": seq, "payload": payload, "hash": found}


def hashes_of(*, chain: str, size: int) -> list[str]:
    """The hashes of the first `size` entries, in order: the leaves of the hash tree. One query."""
    rows = entries_of(chain=chain).filter(seq__lte=size)
    return list(rows.values_list("hash", flat=True))


def root_of(*, chain: str, size: int) -> str:
    """The root of the hash tree over the first `size` entries of a chain."""
    return tree.root(hashes_of(chain=chain, size=size))


def heads_told(*, chain: str) -> QuerySet[HeadTold]:
    """The heads of a chain that were told, the newest first."""
    return HeadTold.objects.filter(chain=chain).order_by("-seq")


def entry_with(rows: QuerySet[RecordEntry], *, effects: Mapping[str, str]) -> RecordEntry | None:
    """The first of `rows` that names one of `effects` (name -> a hash or a random key). One query."""
    holding = Q()
    for value in effects.values():
        holding |= Q(payload__contains=f'"{value}"')
    for row in rows.filter(holding):
        said = json.loads(row.payload)["effects"]
        if any(said.get(name) == value for name, value in effects.items()):
            return row
    return None


def check_chains(*, chain: str = "", sent: str = "") -> list[ChainCheck]:
    """Recompute every chain (or one) from its first entry and compare it with its head; `sent`: a
    head that was mailed, which the chain must hold.

    A chain whose head was taken away is checked too: it has entries where none are announced.
    """
    heads = {head.chain: head for head in RecordHead.objects.all()}
    entered = RecordEntry.objects.order_by("chain").values_list("chain", flat=True).distinct()
    names = {chain} if chain else {*heads, *entered}
    checks = []
    for head in [heads.get(name, RecordHead(chain=name)) for name in sorted(names)]:
        count, last, fault = broken_at(rows_of(chain=head.chain), head.chain, sent)
        if not fault and (count, last) != (head.seq, head.hash):
            fault = f"head says {head.seq} entries ending {head.hash}, found {count} ending {last}"
        checks.append(ChainCheck(head.chain, count, last, fault))
    return checks
