"""Verify an exported record without Django and without this site (Python 3.9 on).

    python standalone.py EXPORT.jsonl [--head sha256:...]

An export has one JSON object per line: `{"seq": 1, "payload": "...", "hash": "sha256:..."}`. It is
read line by line, however long it is. Exit status 0 when the chain holds, 1 with the first broken
entry named. `--head` is a head that your jurisdiction was mailed: the chain must hold it, so that a
record cut off before it, or written anew, is found.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping

LONGEST = 16 * 1024 * 1024  # characters of one line: what is longer is none of an export
SENT = "the chain holds no entry with the head you were sent, {0}: it was cut off or written anew"


def broken_at(
    rows: Iterable[Mapping[str, object]], chain: str = "", head: str = ""
) -> tuple[int, str, str]:
    """(entries, hash of the last one, fault): recompute each hash and each link of one chain.

    `chain`: the name every entry must bear, the first one's where none is given; `head`: a hash
    that one of them must have.
    """
    previous, count, is_found = "", 0, not head
    for row in rows:
        count += 1
        text = str(row["payload"])
        payload = json.loads(text)
        chain = chain or payload["chain"]
        if fault := _fault(row, payload, count, previous, chain):
            return count, previous, f"entry {count}: {fault}"
        computed = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
        if computed != row["hash"]:
            return count, previous, f"entry {count}: its text does not match its hash"
        previous, is_found = computed, is_found or computed == head
    return count, previous, "" if is_found else SENT.format(head)


def _fault(
    row: Mapping[str, object], payload: Mapping[str, object], count: int, previous: str, chain: str
) -> str:
    """What is wrong with the place of an entry in its chain."""
    algorithm = payload.get("algorithm")
    if algorithm != "sha256":
        return f"unknown hash algorithm {algorithm}, this verifier knows sha256"
    if payload["chain"] != chain:
        return f"of another chain, {payload['chain']} and not {chain}"
    if {(type(one["seq"]), one["seq"]) for one in (row, payload)} != {(int, count)}:
        return f"numbered {row['seq']}"
    if payload["previous"] != previous:
        return "does not continue the entry before it"
    return ""


def rows_of(path: str) -> Iterator[dict[str, object]]:
    """The rows of an export, a line at a time. ValueError for what is no line of one."""
    with open(path, encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(iter(lambda: lines.readline(LONGEST), ""), start=1):
            row = json.loads(line)
            if line != json.dumps(row, ensure_ascii=False) + "\n" or len(row) != 3:
                raise ValueError(f"line {number} is no line of an export")
            yield row


def verdict(path: str, head: str = "") -> tuple[int, str]:
    """(exit status, what to say) of the export at `path`."""
    try:
        count, last, fault = broken_at(rows_of(path), head=head)
    except OSError as error:
        return 1, str(error)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return 1, f"the file is no export of a record: {type(error).__name__} {error}"
    if not count:
        return 1, "the file holds no entry"
    return (1, fault) if fault else (0, f"{count} entries, head {last}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 4) or sys.argv[2:3] not in ([], ["--head"]):
        sys.exit("usage: python standalone.py EXPORT.jsonl [--head sha256:...]")
    status, said = verdict(sys.argv[1], *sys.argv[3:])
    sys.stdout.write(said + "\n")
    sys.exit(status)
