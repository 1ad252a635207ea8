"""Reading and verifying the record."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Subquery

from stakeholders.record import tree
from stakeholders.record.models import HeadTold, RecordEntry, RecordHead
from stakeholders.record.standalone import broken_at

CHUNK = 2_000  # entries in memory at once
NOTHING = (0, "")  # the head of a chain before its first entry


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
    return row or NOTHING


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
    heads = {head.chain: (head.seq, head.hash) for head in RecordHead.objects.all()}
    entered = RecordEntry.objects.order_by("chain").values_list("chain", flat=True).distinct()
    names = {chain} if chain else {*heads, *entered}
    return [_check(name, heads.get(name, NOTHING), sent) for name in sorted(names)]


def _check(chain: str, head: tuple[int, str], sent: str) -> ChainCheck:
    """Recompute one chain. The head is read by the statement that reads the entries: people go on
    while this runs, and an act between two statements would look like a fault. `head`: what it
    was before, for a chain that has no entry to carry it."""
    heads = RecordHead.objects.filter(chain=chain)
    found = entries_of(chain=chain).values_list(
        "seq", "payload", "hash", Subquery(heads.values("seq")), Subquery(heads.values("hash"))
    )

    def rows() -> Iterator[dict[str, object]]:
        nonlocal head
        for seq, payload, computed, *of_head in found.iterator(chunk_size=CHUNK):
            head = (of_head[0] or 0, of_head[1] or "")
            yield {"seq": seq, "payload": payload, "hash": computed}

    count, last, fault = broken_at(rows(), chain, sent)
    if not fault and (count, last) != head:
        fault = f"head says {head[0]} entries ending {head[1]}, found {count} ending {last}"
    return ChainCheck(chain, count, last, fault)
