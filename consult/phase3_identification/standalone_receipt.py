"""Verify a receipt by Python alone: verify_receipt.py FILE [--root ROOT of the mail you kept]."""

import hashlib
import json
import re
import sys
from pathlib import Path

LARGEST = 64 * 1024 * 1024
NAMES = """algorithm content digest entry entry_hash format hash head index path plan root size
told_at"""


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(*parts):
    data = b"".join(part.encode() if isinstance(part, str) else part for part in parts)
    return "sha256:" + hashlib.sha256(data).hexdigest()


def faults(row, said, entry, raw, root):
    number, size, path, count = row["index"], row["size"], row["path"], 0
    effects, who, sealed = entry["effects"], entry["actor"], ""
    if "nonce" in row:
        sealed = digest(canonical([row["nonce"], row["content"]]))
    odd = sorted(set(row) - {"nonce", "commitment"} ^ set(NAMES.split()))
    yield odd, f"receipt: {odd} missing or added"
    is_hash = all(re.fullmatch("sha256:[0-9a-f]{64}", one) for one in (*path, row["head"]))
    yield not is_hash, "path: what is no hash stands in it"
    yield digest(row["content"]) != row["hash"], "position: its text does not match its hash"
    yield row.get("commitment", "") != sealed, "commitment: the nonce does not open it"
    yield digest(row["entry"]) != row["entry_hash"], "record entry: it does not match its hash"
    chains = {f"plan:{row['plan']}", f"plan:{said.get('plan', row['plan'])}", entry["chain"]}
    yield len(chains) > 1, f"record entry: it is of another plan, {entry['chain']}"
    known = {effects.get("declaration"), effects.get("commitment")} & {row["hash"], sealed}
    if not known and "text" in effects:  # a position of a ballot, said in the open field by field
        told = {name: effects[name] for name in ("text", "wording", "letter")}
        told |= {"jurisdiction": who["jurisdiction"], "mandate": who["mandate"]}
        told["ballot"], told["value"] = int(entry["subject"][7:]), effects["position"][1]
        known = canonical(told) == row["content"]
    yield not known, f"record entry: it holds another position, of {who['jurisdiction']}"
    yield entry["seq"] != number, f"index: the record entry is number {entry['seq']}, not {number}"
    at, last, node = number - 1, size - 1, digest(b"\0", row["entry_hash"])
    while last > 0:  # RFC 6962, section 2.1.1, from the leaf upwards
        if at % 2 or at < last:
            other, count = path[count] if count < len(path) else "", count + 1
            pair = (other, node) if at % 2 else (node, other)
            node = digest(b"\1", *(bytes.fromhex(one[7:]) for one in pair))
        at, last = at // 2, last // 2
    yield not 1 <= number <= size, f"index: there is no entry {number} among {size}"
    yield count != len(path), f"path: it has {len(path)} hashes, entry {number} of {size} {count}"
    yield node != row["root"], "path: it does not lead to the root"
    yield number == size and row["head"] != row["entry_hash"], "head: it is not the last entry"
    body = {name: value for name, value in row.items() if name != "digest"}
    yield digest(canonical(body)) != row["digest"], "receipt: it does not match its digest"
    yield raw != (canonical(row) + "\n").encode(), "receipt: its bytes are not the canonical ones"
    yield root not in ("", row["root"]), f"root: this receipt leads to another, {row['root']}"


def answer(raw, root=""):
    """(fault, what holds): one of the two is empty."""
    try:
        row = json.loads(raw.decode())
        if (row["format"], row["algorithm"]) != ("jointplan-receipt-2", "sha256"):
            return "format: unknown format or hash algorithm", ""
        found = faults(row, json.loads(row["content"]), json.loads(row["entry"]), raw, root)
        fault = next((text for is_fault, text in found if is_fault), "")
        told = row["told_at"] or "not yet in a head that was told"
        holds = f"holds, receipt {row['hash']}, entry {row['index']} of {row['size']}, {told}"
        return fault, "" if fault else f"{holds}, root {row['root']}"
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        return f"the file is no receipt: {type(error).__name__} {error}", ""


if __name__ == "__main__":
    with Path(sys.argv[1]).open("rb") as receipt:
        broken, held = answer(receipt.read(LARGEST), *sys.argv[3:4])
    sys.stdout.write(f"{broken or held}\n")
    sys.exit(1 if broken else 0)
