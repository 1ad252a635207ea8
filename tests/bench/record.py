"""A record of 100,000 entries: exported, verified as a file, and verified in the database.

The baseline reads the same rows or lines and hashes each text once, which proves no chain. Memory is
the most that Python itself holds at once: it must not grow with the record.
"""

import hashlib
import json
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from stakeholders.record.models import RecordEntry, RecordHead
from stakeholders.record.queries import check_chains, rows_of
from stakeholders.record.standalone import rows_of as lines_of
from stakeholders.record.standalone import verdict
from stakeholders.terms import canonical, clock
from tests.bench.harness import Result, compare

SIZES = (1_000, 10_000, 100_000)
BATCH = 5_000


def run() -> list[Result]:
    return [result for size in SIZES for result in _cases(size)]


def _cases(size: int) -> list[Result]:
    chain, folder = f"plan:RECORD-{size}", tempfile.TemporaryDirectory()
    head = seed(chain, size)
    export = Path(folder.name) / "export.jsonl"

    def exported() -> str:
        with export.open("w", encoding="utf-8") as out:
            for row in rows_of(chain=chain):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        return head

    def of_file() -> str:
        status, said = verdict(str(export), head)
        assert not status, said
        return head

    def of_database() -> str:
        (check,) = check_chains(chain=chain, sent=head)
        assert not check.fault, check.fault
        return check.head

    exported()
    of_lines: dict[str, Callable[[], object]] = {
        "verify": of_file,
        "hashing loop": lambda: _hashed(lines_of(str(export))),
        "hashing, unread": lambda: _bare(export, head),
    }
    of_rows: dict[str, Callable[[], object]] = {
        "verify": of_database,
        "export": exported,
        "hashing loop": lambda: _hashed(rows_of(chain=chain)),
    }
    rounds = 3 if size > BATCH else 7
    found = [
        compare(
            case=f"record file, {_peak(of_file):.1f} MB", size=size, ways=of_lines, rounds=rounds
        ),
        compare(
            case=f"record, {_peak(of_database):.1f} MB", size=size, ways=of_rows, rounds=rounds
        ),
    ]
    folder.cleanup()
    return found


def _hashed(rows: object) -> str:
    last = ""
    for row in rows:  # type: ignore[attr-defined]
        last = f"sha256:{hashlib.sha256(row['payload'].encode()).hexdigest()}"
    return last


def _bare(export: Path, head: str) -> str:
    """The bytes of each line hashed as they are: what no verification can be quicker than."""
    with export.open("rb") as lines:
        for line in lines:
            hashlib.sha256(line).hexdigest()
    return head


def _peak(way: Callable[[], object]) -> float:
    tracemalloc.start()
    way()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1_000_000


def seed(chain: str, size: int) -> str:
    """A chain of `size` entries as declarations leave them; the hash of its last."""
    at, previous = clock.now(), ""
    rows: list[RecordEntry] = []
    for seq in range(1, size + 1):
        payload = canonical.canonical(
            {
                "algorithm": canonical.ALGORITHM,
                "chain": chain,
                "seq": seq,
                "at": at,
                "act": "position.take",
                "subject": "sign_off:1",
                "actor": {"kind": "mandated", "jurisdiction": "310118", "mandate": seq % 41},
                "stated_clock": False,
                "effects": {"declaration": canonical.digest(str(seq)), "general": "agree"},
                "previous": previous,
            }
        )
        before, previous = previous, canonical.digest(payload)
        rows.append(
            RecordEntry(
                chain=chain,
                seq=seq,
                at=at,
                act="position.take",
                subject="sign_off:1",
                actor_kind="mandated",
                jurisdiction_code="310118",
                payload=payload,
                previous=before,
                hash=previous,
            )
        )
        if len(rows) == BATCH or seq == size:
            RecordEntry.objects.bulk_create(rows)
            rows = []
    RecordHead.objects.create(chain=chain, seq=size, hash=previous)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE stakeholders_recordentry")
    return previous
