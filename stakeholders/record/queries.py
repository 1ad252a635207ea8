"""Reading and verifying the record."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from stakeholders.record import tree
from stakeholders.record.models import HeadTold, RecordEntry, RecordHead
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
