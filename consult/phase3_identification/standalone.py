"""Verify the bundle of a common statement with Python (3.9 on) alone: format in docs/verify.md.

    python standalone.py BUNDLE.json [--head sha256:...]

Prints the record's head and exits 0 when everything holds, else 1 with the first thing that does
not. `--head` is a head that your jurisdiction was mailed: the record must hold it.
"""

import hashlib
import json
import sys
from types import SimpleNamespace

FORMAT, SPEAKING = "jointplan-bundle-2", ("position.take", "reservation.lift")
NAMES = """format algorithm demonstration part statement statement_hash manifest revision_hash items
origins mandates declarations signatures texts record heads head digest"""
FAMILY = {"agree": "agreed", "agree_in_principle": "agreed_in_principle", "abstain": "abstained"}
FAMILY.update({"agree_reserved": "reserved", "object": "objected", "recused": "recused"})
LARGEST = 512 * 1024 * 1024
BAD = (ValueError, TypeError, LookupError, AttributeError, RecursionError, MemoryError)


def need(holds, text):
    if not holds:
        raise AssertionError(text)


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text, before=b""):
    return "sha256:" + hashlib.sha256(before + text.encode()).hexdigest()


def unique(pairs):
    need(len(dict(pairs)) == len(pairs), f"a key stands twice: {sorted(key for key, _ in pairs)}")
    return dict(pairs)


def refuse(figure):
    need(False, f"{figure} is no figure of a canonical text")


def read(text):
    return json.loads(text, object_pairs_hook=unique, parse_constant=refuse, parse_float=refuse)


def known(at, one):
    name = one["algorithm"]
    need(name == "sha256", f"{at}: unknown hash algorithm {name!r}, sha256 is known here")
    return one


def fault_in(raw, head=""):
    """What does not hold in the bytes of a bundle, or "" when all of it does."""
    try:
        bundle = read(raw.decode("utf-8"))
        form, odd = bundle.get("format"), sorted(set(bundle) ^ set(NAMES.split()))
        need(form == FORMAT, f"format {form!r}: {FORMAT} is read here, download the file anew")
        need(not odd, f"bundle: {odd} missing or added")
        b = SimpleNamespace(**known("bundle", bundle))
        b.said = known("statement", read(b.statement))
        need(b.part is ("part" in b.said), "part: the statement says otherwise")
        b.key, b.start = b.said["plan"]["key"], b.said["record_head"]["seq"]
        for part in (texts, chain, declarations, parties, annexes, acts):
            part(b)
        body = {key: value for key, value in bundle.items() if key != "digest"}
        need(digest(canonical(body)) == b.digest, "bundle: it does not match its digest")
        need(raw == (canonical(bundle) + "\n").encode(), "bundle: not the canonical bytes")
        is_told = not head or head in {row["hash"] for row in b.record}
        need(is_told, f"record: it contradicts the head you were sent, {head} is not in it")
    except AssertionError as fault:
        return str(fault)
    except BAD as error:
        return f"the file is no bundle of a statement: {type(error).__name__} {error}"
    return ""


def texts(b):
    need(digest(b.statement) == b.statement_hash, "statement: its text does not match its hash")
    listed = known("manifest", {"algorithm": "sha256", **read(b.manifest)})
    hashes = {digest(b.manifest), b.revision_hash, b.said["revision"]["hash"]}
    is_own = len(hashes) == 1 and listed["plan"] == b.key
    need(is_own, "manifest: it is not the one the statement names")
    wordings = {row[0]: row[4] for row in listed["items"]}
    need(
        set(wordings) == set(b.items),
        f"items: {sorted(set(wordings) ^ set(b.items))} missing or added",
    )
    for key, text in b.items.items():
        need(digest(text) == wordings[key], f"item {key}: its text does not match the manifest")
    b.named = {row["key"]: row["hash"] for row in b.said["items"]}
    for key, found in b.named.items():
        need(found == wordings.get(key), f"item {key}: the statement names another wording")
    codes = {party["code"] for party in b.said["parties"]}
    for key in sorted(set(wordings) - set(b.named)):
        may = b.part or not codes & set(read(b.items[key])["concerned"])
        need(may, f"item {key}: the statement leaves it out")


def chain(b):
    previous, level, b.entries = "", [], {}
    for n, row in enumerate(b.record, start=1):
        at, act = f"record entry {n}", known(f"record entry {n}", read(row["payload"]))
        need(act["chain"] == f"plan:{b.key}", f"{at}: it is of another plan")
        is_next = (row["seq"], act["seq"], act["previous"]) == (n, n, previous)
        need(is_next, f"{at}: it does not continue the one before it")
        previous, b.entries[n] = digest(row["payload"]), act
        need(previous == row["hash"] and len(row) == 3, f"{at}: its text does not match its hash")
    need(b.head == previous, "record: its end is not the head named")
    told = [(row["seq"], row["hash"]) for row in b.record]
    stated = (b.start, b.said["record_head"]["hash"])
    need(stated in told, "record: the head the statement names is not in it")
    for row in b.heads:
        at = f"head told at entry {row['seq']}"
        need((row["seq"], row["hash"]) in told, f"{at}: the record contradicts it")
        level = [digest(one, b"\0") for _n, one in told[: row["seq"]]]
        while len(level) > 1:  # the hash tree of RFC 6962, section 2.1
            level = [node(*level[n : n + 2]) for n in range(0, len(level), 2)]
        need(row["root"] == level[0] and len(row) == 4, f"{at}: its root is another")


def node(left, *right):
    both = b"\1" + b"".join(bytes.fromhex(one[7:]) for one in (left, *right))
    return "sha256:" + hashlib.sha256(both).hexdigest() if right else left


def declarations(b):
    b.spoken, b.newest, b.here, taken = {}, {}, {}, [0]
    for n, row in enumerate(b.declarations, start=1):
        one = b.spoken[n] = known(f"position {n}", read(row["content"]))
        code, at = one["jurisdiction"], f"position {n} of {one['jurisdiction']}"
        need(digest(row["content"]) == row["hash"], f"{at}: its text does not match its receipt")
        sealed = digest(canonical([row["nonce"], row["content"]])) if row["nonce"] else ""
        need(row["commitment"] == sealed, f"{at}: its nonce does not open its commitment")
        act = b.entries.get(row["entry"], {"act": ""})
        need(act["act"] in SPEAKING and len(row) == 5, f"{at}: the record does not hold it")
        held = act["effects"].get("commitment" if sealed else "declaration")
        need(held == (sealed or row["hash"]), f"{at}: the record does not hold it")
        by = [act["actor"]["jurisdiction"], b.mandates[str(one["mandate"])]["jurisdiction"]]
        is_own = by == [code, code] and act["actor"]["mandate"] == one["mandate"]
        need(is_own and one["plan"] == b.key, f"{at}: of another mandate or plan")
        need(taken[-1] < row["entry"] <= b.start, f"{at}: not in the order of the record")
        taken.append(row["entry"])
        b.newest.update({(key, code): n for key in one["items"]})
        if one["sign_off"] == b.said["sign_off"]["id"]:
            b.here[code] = {**one, "receipt": row["hash"]}
    for n, act in b.entries.items():
        said = act["effects"].get("declaration") or act["effects"].get("commitment")
        is_owed = act["act"] in SPEAKING and said and n <= b.start
        need(not is_owed or n in taken, f"record entry {n}: the position it holds is left out")


def stand(b, key, code):
    """(number, what it says) of the newest position of a party on an item; (0, {}) of none."""
    n = b.newest.get((key, code), 0)
    return n, b.spoken[n]["exceptions"].get(key, b.spoken[n]["general"]) if n else {}


def parties(b):
    empty = {"general": {"value": ""}, "signatory": "", "decided_by": "", "receipt": ""}
    for party in b.said["parties"]:
        one = b.here.get(party["code"], empty)
        for name in ("mandate", "signatory", "letter", "decided_by", "receipt", "at", "general"):
            said = one["general"]["value"] if name == "general" else one.get(name)
            at = f"party {party['code']}: its {name}"
            need(party[name] == said, f"{at} does not follow from its position")
    b.fell = {}
    for n, act in b.entries.items():
        stale = (act["effects"].get("carried") or {}).get("stale", ()) if n <= b.start else ()
        b.fell.update({(row[0], row[1]): n for row in stale})
    for row in b.said["items"]:
        stated = {code: state for state, codes in row["parties"].items() for code in codes}
        for code in sorted({*stated, *b.here}):
            may, state = allowed(b, row["key"], code), stated.get(code, "left out")
            at = f"item {row['key']}, party {code}: {state}"
            need(state in may, f"{at}; by its positions {' or '.join(sorted(may))}")


def allowed(b, key, code):
    """What the statement may say of a party on an item, by what the party has said."""
    n, own = stand(b, key, code)
    family, one = FAMILY[own["value"]] if n else "", b.spoken.get(n, {"sign_off": 0, "items": {}})
    may, is_here = {family}, one["sign_off"] == b.said["sign_off"]["id"]
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


def annexes(b):
    held = {(row["key"], c) for row in b.said["items"] for c in row["parties"].get("objected", ())}
    rows = {(row["item"], row["party"]): row for row in b.said["objections"]}
    odd = {one for one in set(held) ^ set(rows) if one[0] in b.named}
    need(not odd, f"objections: {sorted(odd)} stand in one place of the statement alone")
    for (key, code), row in rows.items():
        words = [stand(b, one, code)[1] for one in (key, *b.origins.get(key, ()))]
        said = [(w["value"], w["text"].strip(), w.get("wording", "").strip()) for w in words if w]
        is_said = ("object", row["reason"], row["wording"]) in said
        need(is_said, f"objection of {code} on item {key}: its position says otherwise")
    heirs = [(key, former) for key, formers in b.origins.items() for former in formers]
    lifts = [
        (act["effects"].get("item"), act["actor"]["jurisdiction"], n)
        for n, act in b.entries.items()
        if act["act"] == SPEAKING[1] and n <= b.start
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


def acts(b):
    named = {n: act for n, act in b.entries.items() if b.statement_hash in act["effects"].values()}
    closing = min((n for n, act in named.items() if act["act"].startswith("sign_off.")), default=0)
    need(closing > b.start, "record: no entry closes with this statement")
    signed = [n for n, act in named.items() if act["act"] == "statement.sign"]
    for row in b.signatures:
        actor = named.get(row["entry"], {"actor": {}})["actor"]
        who = (row["entry"] in signed, actor.get("jurisdiction"), actor.get("mandate"))
        is_held = who == (True, row["jurisdiction"], row["mandate"]) and len(row) == 4
        need(is_held, f"signature of {row['jurisdiction']}: the record does not hold it")
    is_whole = sorted(signed) == sorted(row["entry"] for row in b.signatures)
    need(is_whole, "signatures: one that the record holds is left out, or one stands twice")
    for row in b.texts:  # reasons, letters, reports: the record holds their digests
        held = b.entries[row["entry"]]["effects"].get(row["effect"])
        is_held = held == digest(row["text"]) and len(row) == 3
        need(is_held, f"text of record entry {row['entry']}: the record holds another")
    done = [act["effects"] for act in b.entries.values() if act["act"] == "override.confirm"]
    for row in b.said["items"]:
        said = row.get("overridden")
        held = said and (row["key"], row["hash"], digest(said["reason"]), said["mandates"])
        told = [tuple(map(e.get, ("item", "wording", "reason", "mandates"))) for e in done]
        need(not said or held in told, f"override of item {row['key']}: not in the record")


def verdict(path, head=""):
    """(exit status, what to say) of the file at `path`."""
    try:
        with open(path, "rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        return 1, str(error)
    if len(raw) > LARGEST:
        return 1, "the file is no bundle of a statement: it is too large for one"
    fault = fault_in(raw, head)
    if fault:
        return 1, fault
    hashes = [row["hash"] for row in json.loads(raw)["record"]]
    entry = f", which continues the head sent, entry {hashes.index(head) + 1}" if head else ""
    return 0, f"holds, record head {hashes[-1]}{entry}"


if __name__ == "__main__":
    if len(sys.argv) not in (2, 4) or sys.argv[2:3] not in ([], ["--head"]):
        sys.exit("usage: python standalone.py BUNDLE.json [--head sha256:...]")
    status, text = verdict(sys.argv[1], *sys.argv[3:])
    sys.stdout.write(text + "\n")
    sys.exit(status)
