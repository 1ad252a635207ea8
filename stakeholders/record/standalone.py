"""Verify an exported record without Django and without this site.

    python standalone.py EXPORT.jsonl

An export has one JSON object per line: `{"seq": 1, "payload": "...", "hash": "sha256:..."}`.
Exit status 0 when the chain holds, 1 with the first broken entry named.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping


def broken_at(rows: Iterable[Mapping[str, object]]) -> tuple[int, str, str]:
    """(entries, hash of the last one, fault): recompute each hash and each link of one chain."""
    previous, count = "", 0
    for row in rows:
        count += 1
        text = str(row["payload"])
        payload = json.loads(text)
        algorithm = payload.get("algorithm")
        if algorithm != "sha256":
            return count, previous, f"entry {count}: unknown hash algorithm {algorithm}"
        if row["seq"] != count or payload["seq"] != count:
            return count, previous, f"entry {count}: numbered {row['seq']}"
        if payload["previous"] != previous:
            return count, previous, f"entry {count}: does not continue the entry before it"
        computed = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
        if computed != row["hash"]:
            return count, previous, f"entry {count}: its text does not match its hash"
        previous = computed
    return count, previous, ""


def main(path: str) -> int:
    with open(path, encoding="utf-8") as lines:
        count, head, fault = broken_at(json.loads(line) for line in lines if line.strip())
    said = fault or f"{count} entries, head {head}"
    sys.stdout.write(said + "\n")
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
