"""The JSON bundle of a common statement: all that a stranger needs to check it (docs/verify.md).

Whatever the statement says of a party points to the declaration it follows from, and whatever was
done points to the entry of the record that holds it: `standalone.py` checks the one,
`standalone_follows.py` the other.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import translation

from consult.phase3_identification.models import CommonStatement, Declaration, Signature, SignOff
from consult.phase3_identification.queries import has_ended
from consult.phase3_identification.queries.bundled import (
    ancestors,
    declarations_in,
    mandates_in,
    written_in,
)
from consult.phase3_identification.shown import demonstration_note
from plans.register.models import Plan
from plans.register.queries import entries_of
from stakeholders.record.models import HeadTold, RecordEntry
from stakeholders.record.queries import entries_of as record_of
from stakeholders.record.steps import plan_chain
from stakeholders.terms import canonical, clock

FORMAT = "jointplan-bundle-2"
SPEAKING = frozenset({"position.take", "reservation.lift"})
# Acts whose texts stand beside the record, and the effect that holds their digest.
TOLD: Mapping[str, str] = {
    "reservation.lift": "reason",
    "condition.report": "said",
    "condition.confirm": "said",
    "statement.sign": "letter",
    "statement.number": "number",
}


def bundle_text(*, plan: Plan, statement: CommonStatement) -> str:
    """The bundle of a statement, of the whole text or of a part: canonical text and one line feed.

    A constant number of queries.
    """
    record = list(record_of(chain=plan_chain(plan.key)))
    head = json.loads(statement.content)["record_head"]["seq"]
    spoken = _spoken(plan, record, head=head)
    signed = list(statement.signatures.select_related("mandate__user").order_by("pk"))
    mandates = {row.mandate_id for row in (*spoken.values(), *signed)}
    body: dict[str, object] = {
        "format": FORMAT,
        "algorithm": canonical.ALGORITHM,
        "demonstration": _notes() if plan.is_demonstration else None,
        "part": statement.is_part,
        "statement": statement.content,
        "statement_hash": statement.hash,
        "manifest": statement.revision.manifest,
        "revision_hash": statement.revision.hash,
        "items": {row.item.key: row.version.content for row in entries_of(statement.revision)},
        "origins": ancestors(plan),
        "mandates": mandates_in(mandates),
        "declarations": [_declaration(row, entry) for entry, row in sorted(spoken.items())],
        "signatures": _signatures(statement, signed, record),
        "texts": _texts(record, written_in(statement, spoken.values())),
        "record": [{"seq": r.seq, "payload": r.payload, "hash": r.hash} for r in record],
        "heads": [
            {"seq": row.seq, "hash": row.hash, "root": row.root, "at": row.at}
            for row in HeadTold.objects.filter(chain=plan_chain(plan.key)).order_by("seq")
        ],
        "head": record[-1].hash,
    }
    body["digest"] = canonical.digest_of(body)
    return canonical.canonical(body) + "\n"


def _notes() -> dict[str, str]:
    """The note in both languages: a bundle is the same whoever downloads it."""
    said = {}
    for name, code in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(code):
            said[name] = demonstration_note()
    return said


def _effects(row: RecordEntry) -> dict[str, Any]:
    effects: dict[str, Any] = json.loads(row.payload)["effects"]
    return effects


def _spoken(plan: Plan, record: Iterable[RecordEntry], *, head: int) -> dict[int, Declaration]:
    """Entry -> the declaration it holds, of those taken before the statement was composed."""
    held: dict[str, int] = {}
    for entry in record:
        if entry.act in SPEAKING and entry.seq <= head:
            effects = _effects(entry)
            held[str(effects.get("declaration") or effects.get("commitment"))] = entry.seq
    found = {}
    for row in declarations_in(plan):
        is_sealed = row.sign_off.is_sealed
        if is_sealed and not _is_opened(row.sign_off):
            continue  # whoever reads the bundle may not read it yet
        seq = held.get(_commitment(row) if is_sealed else row.hash)
        if seq is not None:
            found[seq] = row
    return found


def _is_opened(sign_off: SignOff) -> bool:
    """As `sees` has it: a sealed sign-off opens at its hour or at its end."""
    is_due = sign_off.closes_at is not None and clock.now() >= sign_off.closes_at
    return is_due or has_ended(sign_off)


def _commitment(row: Declaration) -> str:
    return canonical.commitment(row.content, row.nonce)


def _declaration(row: Declaration, entry: int) -> dict[str, object]:
    is_sealed = row.sign_off.is_sealed
    return {
        "content": row.content,
        "hash": row.hash,
        "entry": entry,
        "nonce": row.nonce if is_sealed else "",
        "commitment": _commitment(row) if is_sealed else "",
    }


def _texts(record: Iterable[RecordEntry], said: Mapping[str, str]) -> list[dict[str, object]]:
    """What was written in acts of which the record holds the digest only, where it is known."""
    rows: list[dict[str, object]] = []
    for entry in record:
        name = TOLD.get(entry.act)
        found = _effects(entry).get(name, "") if name else ""
        if found in said:
            rows.append({"entry": entry.seq, "effect": name, "text": said[found]})
    return rows


def _signatures(
    statement: CommonStatement, signed: Iterable[Signature], record: Iterable[RecordEntry]
) -> list[dict[str, object]]:
    entries = {
        _effects(row)["signature"]: row.seq
        for row in record
        if row.act == "statement.sign" and row.subject == f"statement:{statement.pk}"
    }
    return [
        {
            "jurisdiction": str(row.jurisdiction_id),
            "mandate": row.mandate_id,
            "signatory": row.mandate.user.name_zh,
            "entry": entries.get(row.pk, 0),
        }
        for row in signed
    ]
