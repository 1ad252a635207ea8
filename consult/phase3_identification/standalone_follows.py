"""Verify with Python (3.9 on) alone that a common statement follows from the positions.

    python standalone_follows.py BUNDLE.json

It derives from the positions what the statement may say of each party on each item, and from the
record what it may say of overrides. Hashes it takes as they stand: run standalone.py first, which
finds any change to the file. Exits 0 when the statement follows, else 1 with the first thing that
does not. The format is in docs/verify.md.
"""

import hashlib
import json
import sys
from types import SimpleNamespace

FORMAT, LIFT = "jointplan-bundle-2", "reservation.lift"
KEYS = {"record": 3, "heads": 4, "declarations": 5, "signatures": 4, "texts": 3}  # of each row
FAMILY = {"agree": "agreed", "agree_in_principle": "agreed_in_principle", "abstain": "abstained"}
FAMILY.update({"agree_reserved": "reserved", "object": "objected", "recused": "recused"})
BAD = (ValueError, TypeError, LookupError, AttributeError, RecursionError, MemoryError)


def need(holds, text):
    if not holds:
        raise AssertionError(text)


def digest(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def fault_in(raw):
    """What does not follow in the bytes of a bundle, or "" when all of it does."""
    try:
        bundle = json.loads(raw.decode("utf-8"))
        need(bundle["format"] == FORMAT, f"format {bundle['format']!r}: {FORMAT} is read here")
        b = SimpleNamespace(**bundle)
        b.said = json.loads(b.statement)
        need(b.part is ("part" in b.said), "part: the statement says otherwise")
        b.here, b.start = b.said["sign_off"]["id"], b.said["record_head"]["seq"]
        b.acts = {row["seq"]: json.loads(row["payload"]) for row in b.record}
        for part in (rows, heads, items, positions, parties, states):
            part(b)
        for part in (objections, reservations, overrides):
            part(b)
    except AssertionError as fault:
        return str(fault)
    except BAD as error:
        return f"the file is no bundle of a statement: {type(error).__name__} {error}"
    return ""


def rows(b):
    for name, size in KEYS.items():
        odd = [n for n, row in enumerate(getattr(b, name), start=1) if len(row) != size]
        need(not odd, f"{name}: something is missing or added in rows {odd}")


def heads(b):
    """The root told with a head is that of the hash tree of RFC 6962, section 2.1."""
    for row in b.heads:
        hashes = [one["hash"] for one in b.record[: row["seq"]]]
        level = [hashlib.sha256(b"\0" + one.encode()).digest() for one in hashes]
        while len(level) > 1:
            level = [node(*level[n : n + 2]) for n in range(0, len(level), 2)]
        is_root = row["root"] == "sha256:" + level[0].hex()
        need(is_root, f"head told at entry {row['seq']}: its root is another")


def node(left, *right):
    return hashlib.sha256(b"\1" + left + right[0]).digest() if right else left


def items(b):
    """The statement names every item that concerns its parties, in the wording of the manifest."""
    wordings = {row[0]: row[4] for row in json.loads(b.manifest)["items"]}
    b.named = {row["key"]: row["hash"] for row in b.said["items"]}
    for key, found in b.named.items():
        need(found == wordings.get(key), f"item {key}: the statement names another wording")
    codes = {party["code"] for party in b.said["parties"]}
    for key in sorted(set(wordings) - set(b.named)):
        may = b.part or not codes & set(json.loads(b.items[key])["concerned"])
        need(may, f"item {key}: the statement leaves it out")


def positions(b):
    """The newest word of each party on each item: number of the position, from 1."""
    b.spoken, b.newest, b.own = {}, {}, {}
    for n, row in enumerate(b.declarations, start=1):
        one = b.spoken[n] = json.loads(row["content"])
        code, holder = one["jurisdiction"], b.mandates[str(one["mandate"])]["jurisdiction"]
        is_own = holder == code and one["plan"] == b.said["plan"]["key"]
        need(is_own, f"position {n} of {code}: of another mandate or plan")
        b.newest.update({(key, code): n for key in one["items"]})
        if one["sign_off"] == b.here:
            b.own[code] = {**one, "receipt": row["hash"]}


def stand(b, key, code):
    """(number, what it says) of the newest position of a party on an item; (0, {}) of none."""
    n = b.newest.get((key, code), 0)
    return n, b.spoken[n]["exceptions"].get(key, b.spoken[n]["general"]) if n else {}


def parties(b):
    empty = {"general": {"value": ""}, "signatory": "", "decided_by": "", "receipt": ""}
    for party in b.said["parties"]:
        one = b.own.get(party["code"], empty)
        for name in ("mandate", "signatory", "letter", "decided_by", "receipt", "at", "general"):
            said = one["general"]["value"] if name == "general" else one.get(name)
            at = f"party {party['code']}: its {name}"
            need(party[name] == said, f"{at} does not follow from its position")


def states(b):
    """What the statement says of each party on each item is what its positions allow."""
    b.fell = {}
    for n, act in b.acts.items():
        stale = (act["effects"].get("carried") or {}).get("stale", ()) if n <= b.start else ()
        b.fell.update({(row[0], row[1]): n for row in stale})
    for row in b.said["items"]:
        stated = {code: state for state, codes in row["parties"].items() for code in codes}
        for code in sorted({*stated, *b.own}):
            may, state = allowed(b, row["key"], code), stated.get(code, "left out")
            at = f"item {row['key']}, party {code}: {state}"
            need(state in may, f"{at}; by its positions {' or '.join(sorted(may))}")


def allowed(b, key, code):
    """What the statement may say of a party on an item, by what the party has said."""
    n, own = stand(b, key, code)
    family, one = FAMILY[own["value"]] if n else "", b.spoken.get(n, {"sign_off": 0, "items": {}})
    may, is_here = {family}, one["sign_off"] == b.here
    if family.startswith("agreed"):
        is_fallen = b.fell.get((key, code), 0) > b.declarations[n - 1]["entry"]
        may = {"stale"} if is_fallen else {"stale", family}
    if not is_here or family == "recused" or one["items"][key] != b.named[key]:
        may |= {"left out"} if is_here else {"left out", "silent"}
    for former in b.origins.get(key, ()):  # a difference passes on until its party speaks again
        m, said = stand(b, former, code)
        if m and m >= n and family != "objected":
            passed = FAMILY[said["value"]]
            may.add(passed if passed in ("objected", "reserved") else "stale")
    return may - {""}


def objections(b):
    held = {(row["key"], c) for row in b.said["items"] for c in row["parties"].get("objected", ())}
    rows = {(row["item"], row["party"]): row for row in b.said["objections"]}
    odd = {one for one in set(held) ^ set(rows) if one[0] in b.named}
    need(not odd, f"objections: {sorted(odd)} stand in one place of the statement alone")
    for (key, code), row in rows.items():
        words = [stand(b, one, code)[1] for one in (key, *b.origins.get(key, ()))]
        said = [(w["value"], w["text"].strip(), w.get("wording", "").strip()) for w in words if w]
        is_said = ("object", row["reason"], row["wording"]) in said
        need(is_said, f"objection of {code} on item {key}: its position says otherwise")


def reservations(b):
    """Those that stood at the close: neither lifted nor spoken on anew under the item or its heir."""
    heirs = [(key, former) for key, formers in b.origins.items() for former in formers]
    lifts = [
        (act["effects"].get("item"), act["actor"]["jurisdiction"], n)
        for n, act in b.acts.items()
        if act["act"] == LIFT and n <= b.start
    ]
    standing = {}
    for (key, code), n in b.newest.items():
        said, entry = stand(b, key, code)[1], b.declarations[n - 1]["entry"]
        if said["value"] != "agree_reserved":
            continue
        is_over = any((key, code) == one[:2] and one[2] > entry for one in lifts)
        is_over |= any(key == f and b.newest.get((heir, code), 0) > n for heir, f in heirs)
        if not is_over:
            more = said.get("reservation", {})
            row = {"item": key, "party": code, "scope": more.get("scope", "")}
            row["text"] = {"zh": said["text"].strip(), "en": more.get("text_en", "")}
            row["lifted_if"] = {x: more.get(f"lifted_if_{x}", "") for x in ("zh", "en")}
            standing[key, code] = {**row, "review_on": more.get("review_on")}
    stated = {(row["item"], row["party"]): row for row in b.said["reservations"]}
    for key, code in sorted({*standing, *stated}):
        is_same = stated.get((key, code), {}) == standing.get((key, code))
        is_same |= b.part and (key, code) not in stated and key not in b.named
        need(is_same, f"reservation of {code} on item {key}: its position says otherwise")


def overrides(b):
    done = [act["effects"] for act in b.acts.values() if act["act"] == "override.confirm"]
    told = [tuple(map(e.get, ("item", "wording", "reason", "mandates"))) for e in done]
    for row in b.said["items"]:
        said = row.get("overridden")
        held = said and (row["key"], row["hash"], digest(said["reason"]), said["mandates"])
        need(not said or held in told, f"override of item {row['key']}: not in the record")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python standalone_follows.py BUNDLE.json")
    with open(sys.argv[1], "rb") as file:
        fault = fault_in(file.read(2**29))
    sys.stdout.write((fault or "follows from the positions") + "\n")
    sys.exit(1 if fault else 0)
