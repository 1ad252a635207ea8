"""Receipts as files: what was said, the entry of the record that holds it, and the way from there
to the root of the record that was told to all parties.

A receipt shows nothing of the others: the way up is made of hashes only. It is verified by
`phase3_identification/standalone_receipt.py` without this site. Read `docs/receipts.md`.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from consult.ballots.conduct import content_of
from consult.ballots.models import Position
from plans.register.models import Plan
from stakeholders.record import tree
from stakeholders.record.models import HeadTold, RecordEntry
from stakeholders.record.queries import entries_of, entry_with, hashes_of, head_of, heads_told
from stakeholders.record.steps import plan_chain
from stakeholders.terms import canonical
from stakeholders.terms.errors import Conflict, NotVisible

FORMAT = "jointplan-receipt-2"
MISSING = _("The record holds no entry of this position: tell the joint office.")


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One position in the record. `told`: the head it leads to; None: none that was told holds it
    yet, and the way leads to the present end."""

    plan: Plan
    content: str
    nonce: str
    entry: RecordEntry
    size: int
    head: str
    root: str
    path: list[str]
    told: HeadTold | None

    @property
    def text(self) -> str:
        """The file: one line of canonical JSON."""
        row: dict[str, object] = {
            "format": FORMAT,
            "algorithm": canonical.ALGORITHM,
            "plan": self.plan.key,
            "content": self.content,
            "hash": canonical.digest(self.content),
            "entry": self.entry.payload,
            "entry_hash": self.entry.hash,
            "index": self.entry.seq,
            "size": self.size,
            "head": self.head,
            "root": self.root,
            "path": self.path,
            "told_at": self.told.at if self.told else None,
        }
        if self.nonce:
            row["nonce"] = self.nonce
            row["commitment"] = canonical.commitment(self.content, self.nonce)
        row["digest"] = canonical.digest_of(row)
        return canonical.canonical(row) + "\n"


def receipt_in(
    entry: RecordEntry | None, *, plan: Plan, content: str, nonce: str = "", size: int = 0
) -> Receipt:
    """The receipt of what `entry` holds. `nonce`: where the record holds a commitment of it.

    It leads to the newest head told that covers the entry, or to the one that was told at `size`.
    Three queries. Conflict where the record holds no such entry, NotVisible where no such head was
    told.
    """
    if entry is None:
        raise Conflict(MISSING)
    chain = plan_chain(plan.key)
    rows = heads_told(chain=chain).filter(seq__gte=entry.seq)
    told = (rows.filter(seq=size) if size else rows).first()
    if size and told is None:
        raise NotVisible
    count, head = (told.seq, told.hash) if told else head_of(chain=chain)
    hashes = hashes_of(chain=chain, size=count)
    return Receipt(
        plan=plan,
        content=content,
        nonce=nonce,
        entry=entry,
        size=count,
        head=head,
        root=tree.root(hashes),
        path=tree.path_to(hashes, number=entry.seq),
        told=told,
    )


def receipt_of_position(plan: Plan, position: Position, *, size: int = 0) -> Receipt:
    """The receipt of a position on the charter, the base set or an accession.

    Its number in the notice is the beginning of the commitment. Four queries. Unscoped: for the
    party that took it.
    """
    ballot, content = position.ballot, content_of(position)
    effects = {"declaration": position.declaration}
    if ballot.is_sealed:
        effects = {"commitment": canonical.commitment(content, position.declaration)}
    rows = entries_of(chain=plan_chain(plan.key)).filter(subject=f"ballot:{ballot.pk}")
    entry = entry_with(rows, effects=effects)
    return receipt_in(entry, plan=plan, content=content, nonce=position.declaration, size=size)
