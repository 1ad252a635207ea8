"""Verify the JSON bundle of a common statement without Django and without this site.

    python standalone.py BUNDLE.json

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
        statement = json.loads(bundle["statement"])
        checks = (texts, declarations, signatures, record, whole)
        return next((fault for check in checks if (fault := check(bundle, statement, raw))), "")
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        return f"the file is no bundle of a statement: {type(error).__name__} {error}"


def texts(bundle, statement, raw):
    if bundle["format"] != "jointplan-bundle-1" or bundle["algorithm"] != "sha256":
        return "unknown format or hash algorithm"
    if digest(bundle["statement"]) != bundle["statement_hash"]:
        return "statement: its text does not match its hash"
    if not digest(bundle["manifest"]) == bundle["revision_hash"] == statement["revision"]["hash"]:
        return "manifest: it is not the one the statement names"
    listed = {row[0]: row[4] for row in json.loads(bundle["manifest"])["items"]}
    if set(listed) != set(bundle["items"]):
        return f"items: {sorted(set(listed) ^ set(bundle['items']))} missing or added"
    for key, text in bundle["items"].items():
        if digest(text) != listed[key]:
            return f"item {key}: its text does not match the manifest"
    if any(listed.get(row["key"]) != row["hash"] for row in statement["items"]):
        return "statement: it names an item the manifest does not hold"
    return ""


def declarations(bundle, statement, raw):
    entries = [json.loads(row["payload"]) for row in bundle["record"]]
    taken = [e["effects"] for e in entries if e["act"] == "position.take"]
    known = {e.get("declaration") for e in taken} | {e.get("commitment") for e in taken}
    for row in bundle["declarations"]:
        content, party = row["content"], json.loads(row["content"])["jurisdiction"]
        sealed = digest(canonical([row["nonce"], content]))
        if digest(content) != row["hash"]:
            return f"position of {party}: its text does not match its receipt"
        if row["hash"] not in known and sealed not in known:
            return f"position of {party}: the record does not hold it"
    receipts = {row["hash"] for row in bundle["declarations"]}
    for party in statement["parties"]:
        if party["receipt"] and party["receipt"] not in receipts:
            return f"position of {party['code']}: missing"
    return ""


def signatures(bundle, statement, raw):
    entries = [json.loads(row["payload"]) for row in bundle["record"]]
    for row in bundle["signatures"]:
        party, mandate = row["jurisdiction"], row["mandate"]
        if not any(
            e["act"] == "statement.sign"
            and e["effects"]["statement"] == bundle["statement_hash"]
            and (e["actor"]["jurisdiction"], e["actor"]["mandate"]) == (party, mandate)
            for e in entries
        ):
            return f"signature of {party}: the record does not hold it"
    return ""


def record(bundle, statement, raw):
    previous = ""
    for number, row in enumerate(bundle["record"], start=1):
        payload = json.loads(row["payload"])
        if (row["seq"], payload["seq"], payload["previous"]) != (number, number, previous):
            return f"record entry {number}: it does not continue the entry before it"
        previous = digest(row["payload"])
        if previous != row["hash"]:
            return f"record entry {number}: its text does not match its hash"
        if payload["chain"] != f"plan:{statement['plan']['key']}":
            return f"record entry {number}: it is of another plan"
    known = [(row["seq"], row["hash"]) for row in bundle["record"]]
    head = statement["record_head"]
    if (head["seq"], head["hash"]) not in known:
        return "record: it does not hold the head the statement names"
    closed = [json.loads(row["payload"]) for row in bundle["record"][head["seq"] :]]
    if not any(e["effects"].get("statement") == bundle["statement_hash"] for e in closed):
        return "record: no closing entry names this statement"
    return "" if bundle["head"] == previous else "record: its end is not the head named"


def whole(bundle, statement, raw):
    body = {key: value for key, value in bundle.items() if key != "digest"}
    if digest(canonical(body)) != bundle["digest"]:
        return "bundle: its content does not match its digest"
    is_exact = raw == (canonical(bundle) + "\n").encode()
    return "" if is_exact else "bundle: its bytes are not the canonical ones"


def main(path):
    with open(path, "rb") as file:
        raw = file.read()
    fault = fault_in(raw)
    sys.stdout.write((fault or f"holds, record head {json.loads(raw)['head']}") + "\n")
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
