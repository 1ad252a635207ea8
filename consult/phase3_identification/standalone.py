"""Verify the JSON bundle of a common statement without Django: python standalone.py BUNDLE.json

Exit status 0 and the record's head when everything holds (compare it with the head your
jurisdiction was sent); 1 with the first thing that does not hold.
"""

import hashlib
import json
import sys


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def fault_in(raw):
    """What does not hold in the bytes of a bundle, or "" when all of it does."""
    try:
        bundle = json.loads(raw.decode("utf-8"))
        said = json.loads(bundle["statement"])
        entries = [json.loads(row["payload"]) for row in bundle["record"]]
        faults = [*texts(bundle, said), *acts(bundle, said, entries), *chain(bundle, said, entries)]
        return next((text for is_fault, text in [*faults, *whole(bundle, raw)] if is_fault), "")
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        return f"the file is no bundle of a statement: {type(error).__name__} {error}"


def texts(bundle, said):
    form = (bundle["format"], bundle["algorithm"])
    yield form != ("jointplan-bundle-1", "sha256"), "unknown format or hash algorithm"
    yield digest(bundle["statement"]) != bundle["statement_hash"], "statement: changed"
    hashes = {digest(bundle["manifest"]), bundle["revision_hash"], said["revision"]["hash"]}
    yield len(hashes) > 1, "manifest: it is not the one the statement names"
    listed = {row[0]: row[4] for row in json.loads(bundle["manifest"])["items"]}
    odd = sorted(set(listed) ^ set(bundle["items"]))
    yield bool(odd), f"items: {odd} missing or added"
    for key, text in bundle["items"].items():
        yield digest(text) != listed.get(key), f"item {key}: its text does not match the manifest"
    for row in said["items"]:
        key = row["key"]
        yield listed.get(key) != row["hash"], f"item {key}: the statement names another wording"


def acts(bundle, said, entries):
    speaking = ("position.take", "reservation.lift")
    taken = [entry["effects"] for entry in entries if entry["act"] in speaking]
    known = {e.get("declaration") for e in taken} | {e.get("commitment") for e in taken}
    for number, row in enumerate(bundle["declarations"], start=1):
        content, at = row["content"], f"position {number}"
        yield digest(content) != row["hash"], f"{at}: its text does not match its receipt"
        sealed = digest(canonical([row["nonce"], content]))
        yield not known & {row["hash"], sealed}, f"{at}: the record does not hold it"
    receipts = {row["hash"] for row in bundle["declarations"]} | {""}
    for party in said["parties"]:
        yield party["receipt"] not in receipts, f"position of {party['code']}: missing"
    signed = {
        (e["actor"]["jurisdiction"], e["actor"]["mandate"], e["effects"]["statement"])
        for e in entries
        if e["act"] == "statement.sign"
    }
    for row in bundle["signatures"]:
        act = (row["jurisdiction"], row["mandate"], bundle["statement_hash"])
        yield act not in signed, f"signature of {act[0]}: the record does not hold it"


def chain(bundle, said, entries):
    previous = ""
    for number, (row, entry) in enumerate(zip(bundle["record"], entries, strict=True), start=1):
        at, place = f"record entry {number}", (row["seq"], entry["seq"], entry["previous"])
        yield place != (number, number, previous), f"{at}: does not continue the one before it"
        previous = digest(row["payload"])
        yield previous != row["hash"], f"{at}: its text does not match its hash"
        yield entry["chain"] != f"plan:{said['plan']['key']}", f"{at}: it is of another plan"
    head = said["record_head"]
    known = [(row["seq"], row["hash"]) for row in bundle["record"]]
    yield (head["seq"], head["hash"]) not in known, "record: the statement's head is not in it"
    named = {entry["effects"].get("statement") for entry in entries[head["seq"] :]}
    yield bundle["statement_hash"] not in named, "record: no entry closes with this statement"
    yield bundle["head"] != previous, "record: its end is not the head named"


def whole(bundle, raw):
    body = {key: value for key, value in bundle.items() if key != "digest"}
    yield digest(canonical(body)) != bundle["digest"], "bundle: does not match its digest"
    yield raw != (canonical(bundle) + "\n").encode(), "bundle: its bytes are not the canonical ones"


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        content = file.read()
    found = fault_in(content)
    sys.stdout.write((found or f"holds, record head {json.loads(content)['head']}") + "\n")
    sys.exit(1 if found else 0)
