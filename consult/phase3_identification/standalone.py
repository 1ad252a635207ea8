"""Was anything changed in a statement's bundle (docs/verify.md)? Python 3.9 or later alone tells.

python standalone.py BUNDLE.json [--head HEAD_OF_THE_RECORD_THAT_YOU_WERE_MAILED]
"""

import hashlib
import json
import sys

FORMAT, HELD = "jointplan-bundle-2", ("position.take", "reservation.lift", "statement.sign")
NAMES = """format algorithm demonstration part statement statement_hash manifest revision_hash items
origins mandates declarations signatures texts record heads head digest"""


def digest(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def whole(at, text, stated):  # yields checks: (does it hold, what to say where it does not)
    yield digest(text) == stated, f"{at}: its text does not match its hash"
    value = json.loads(text, parse_float=str, parse_constant=str)
    name = value.get("algorithm", "sha256")
    yield name == "sha256", f"{at}: unknown hash algorithm {name!r}, sha256 is known here"
    yield canonical(value) == text, f"{at}: not the canonical text"
    return value


def checks(raw, head):
    b = json.loads(raw, parse_float=str, parse_constant=str)
    form, odd = b.get("format"), sorted(set(b) ^ set(NAMES.split()))
    yield form == FORMAT and not odd, f"format {form!r} ({FORMAT} is read), missing or added {odd}"
    said = yield from whole("statement", b["statement"], b["statement_hash"])
    revision = yield from whole("manifest", b["manifest"], b["revision_hash"])
    own = (said["plan"]["key"], said["revision"]["hash"])
    yield own == (revision["plan"], b["revision_hash"]), "manifest: not what the statement names"
    hashes, items = {row[0]: row[4] for row in revision["items"]}, b["items"]
    yield set(hashes) == set(items), f"items: {sorted(set(hashes) ^ set(items))} missing or added"
    for key, text in items.items():
        yield from whole(f"item {key}", text, hashes[key])
    yield from chain(b, said, acts := {}, told := {0: ""})  # type: ignore[var-annotated]
    yield from acted(b, said, acts)
    yield from whole("bundle", canonical({k: b[k] for k in b if k != "digest"}), b["digest"])
    yield canonical(b) + "\n" == raw.decode("utf-8"), "bundle: not the canonical bytes"
    yield not head or head in told.values(), f"record: the head you were sent is not in it, {head}"


def chain(b, said, acts, told):
    for n, row in enumerate(b["record"], start=1):
        act = acts[n] = yield from whole(f"record entry {n}", row["payload"], row["hash"])
        yield act["chain"] == f"plan:{said['plan']['key']}", f"record entry {n}: of another plan"
        is_next = (row["seq"], act["seq"], act["previous"]) == (n, n, told[n - 1])
        yield is_next, f"record entry {n}: it does not continue the one before it"
        told[n] = row["hash"]
    for row in ({"seq": len(acts), "hash": b["head"]}, said["record_head"], *b["heads"]):
        yield told.get(row["seq"]) == row["hash"], f"head at entry {row['seq']}: the record differs"


def acted(b, said, acts):
    """Positions up to the close, and signatures: all that the record holds, in its order."""
    held, stated, is_closed = [], [], False
    start, own = said["record_head"]["seq"], b["statement_hash"]
    for n, act in acts.items():
        effects, by = act["effects"], (act["actor"]["jurisdiction"], act["actor"]["mandate"])
        found = effects.get("declaration") or effects.get("commitment") if n <= start else own
        if found and act["act"] in HELD and found in effects.values():
            held.append((n, found, *by))
        is_closed |= act["act"].startswith("sign_off.") and own in effects.values()
    for n, row in enumerate(b["declarations"], start=1):
        one = yield from whole(f"position {n}", row["content"], row["hash"])
        sealed = digest(canonical([row["nonce"], row["content"]])) if row["nonce"] else ""
        yield sealed == row["commitment"], f"position {n}: its nonce does not open its commitment"
        stated.append((row["entry"], sealed or row["hash"], one["jurisdiction"], one["mandate"]))
    stated += sorted((r["entry"], own, r["jurisdiction"], r["mandate"]) for r in b["signatures"])
    odd = min((row[0] for _n, row in set(enumerate(held)) ^ set(enumerate(stated))), default=0)
    yield held == stated, f"positions, signatures: not as in the record, from entry {odd} on"
    yield is_closed, "record: no entry closes with this statement"
    for row in b["texts"]:
        at, held = row["entry"], acts[row["entry"]]["effects"].get(row["effect"])
        yield digest(row["text"]) == held, f"text of record entry {at}: the record holds another"


def fault_in(raw, head=""):  # the first check that does not hold, or ""
    try:
        return next((text for holds, text in checks(raw, head) if not holds), "")
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, MemoryError) as e:
        return f"the file is no bundle of a statement: {type(e).__name__} {e}"


if __name__ == "__main__":
    if len(sys.argv) not in (2, 4) or sys.argv[2:3] not in ([], ["--head"]):
        sys.exit("usage: python standalone.py BUNDLE.json [--head sha256:...]")
    with open(sys.argv[1], "rb") as file:
        raw = file.read(2**29)  # what is larger is cut, and found cut
    fault = fault_in(raw, *sys.argv[3:])
    sys.stdout.write((fault or f"holds, record head {json.loads(raw)['head']}") + "\n")
    sys.exit(1 if fault else 0)
