"""Verify the bundle of a revision without Django and without this site.

    python standalone.py BUNDLE.json

Exit status 0 and the revision's hash when everything holds (compare it with the one the record's
entry `revision.publish` names); 1 with the first thing that does not hold.
"""

import hashlib
import json
import sys

FORMAT = "jointplan-revision-1"


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def fault_in(raw):
    """What does not hold in the bytes of a bundle, or "" when all of it does."""
    try:
        bundle = json.loads(raw.decode("utf-8"))
        said = json.loads(bundle["manifest"])
        faults = [*head(bundle, said), *items(bundle, said)]
        faults.append((raw != canonical(bundle).encode(), "bundle: not the canonical bytes"))
        return next((text for is_fault, text in faults if is_fault), "")
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        return f"the file is no bundle of a revision: {type(error).__name__} {error}"


def head(bundle, said):
    yield bundle["format"] != FORMAT, f"unknown format {bundle['format']!r}, {FORMAT} is known here"
    for at, name in (
        ("bundle", bundle["algorithm"]),
        ("manifest", said.get("algorithm", "sha256")),
    ):
        known = f"{at}: unknown hash algorithm {name!r}, sha256 is known here"
        yield name != "sha256", known
    yield digest(bundle["manifest"]) != bundle["hash"], "manifest: it does not match the hash"
    yield canonical(said) != bundle["manifest"], "manifest: not the canonical text"
    odd = sorted(set(bundle) ^ {"format", "algorithm", "hash", "manifest", "items"})
    yield bool(odd), f"bundle: {odd} missing or added"


def items(bundle, said):
    rows = {row[0]: row for row in said["items"]}
    odd = sorted(set(rows) ^ set(bundle["items"]))
    yield bool(odd), f"items: {odd} missing or added"
    for key, text in bundle["items"].items():
        row, content = rows[key], json.loads(text)
        yield digest(text) != row[4], f"item {key}: its content does not match the manifest"
        yield (content["item"], content["kind"]) != (key, row[1]), f"item {key}: another's content"


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        content = file.read()
    found = fault_in(content)
    sys.stdout.write((found or f"holds, hash {json.loads(content)['hash']}") + "\n")
    sys.exit(1 if found else 0)
