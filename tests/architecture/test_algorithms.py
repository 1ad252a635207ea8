"""The hash algorithm is named wherever a digest is made, and an unknown one is refused by name, so
that another can follow."""

import ast
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from consult.phase3_identification import standalone as of_bundle
from consult.phase3_identification.receipts import fault_in_receipt
from plans.register import standalone as of_revision
from stakeholders.record import standalone as of_record
from stakeholders.terms import canonical
from tests.consult.phase3_identification.forging import written

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "docs" / "examples" / "statement.json").read_text(encoding="utf-8")
# Where a hash is computed at all. Everything else asks `canonical`; the scripts stand alone.
COMPUTING = {
    "consult/archive/standalone.py",
    "consult/phase3_identification/standalone.py",
    "consult/phase3_identification/standalone_follows.py",
    "consult/phase3_identification/standalone_receipt.py",
    "plans/register/standalone.py",
    "stakeholders/record/standalone.py",
    "stakeholders/record/tree.py",
    "stakeholders/terms/canonical.py",
}
OTHERS = {
    "consult/archive/kinds.py",
    "consult/archive/package.py",
    "consult/phase2_preparation/comment_sheets/comparing.py",
    "consult/phase2_preparation/queries/experts.py",
    "plans/text/documents/visible.py",
    "stakeholders/files/storage.py",
    "stakeholders/people/queries/invitations.py",
}


def named(text: str, algorithm: str) -> str:
    """A canonical text with another algorithm."""
    said = json.loads(text)
    assert said["algorithm"] == canonical.ALGORITHM
    return canonical.canonical({**said, "algorithm": algorithm})


def bundle(algorithm: str) -> str:
    return of_bundle.fault_in(written({**json.loads(EXAMPLE), "algorithm": algorithm}))


def inside(*path: object, hashed: str = "hash") -> Callable[[str], str]:
    """The refusal of a bundle whose text at `path`, with its hash, names another algorithm."""

    def fault(algorithm: str) -> str:
        data = json.loads(EXAMPLE)
        target = data
        for key in path[:-1]:
            target = target[key]
        target[path[-1]] = text = named(target[path[-1]], algorithm)
        target[hashed] = canonical.digest(text)
        return of_bundle.fault_in(written(data))

    return fault


def record(algorithm: str) -> str:
    row = json.loads(EXAMPLE)["record"][0]
    return of_record.broken_at([{**row, "payload": named(row["payload"], algorithm)}])[2]


def revision(algorithm: str) -> str:
    data = json.loads(EXAMPLE)
    manifest = named(data["manifest"], algorithm)
    body = {"format": of_revision.FORMAT, "algorithm": canonical.ALGORITHM, "items": data["items"]}
    said = canonical.canonical({**body, "manifest": manifest, "hash": canonical.digest(manifest)})
    return of_revision.fault_in(said.encode())


def receipt(algorithm: str) -> str:
    row = json.loads(EXAMPLE)["declarations"][0]
    said = {"format": "jointplan-receipt-1", "content": row["content"], "hash": row["hash"]}
    return fault_in_receipt(canonical.canonical({**said, "algorithm": algorithm}) + "\n")


# Structure -> how it is refused where it names another algorithm, and what is said then.
REFUSED: dict[str, tuple[Callable[[str], str], str]] = {
    "bundle": (bundle, "bundle: unknown hash algorithm 'sha512'"),
    "statement": (
        inside("statement", hashed="statement_hash"),
        "statement: unknown hash algorithm 'sha512'",
    ),
    "manifest": (
        inside("manifest", hashed="revision_hash"),
        "manifest: unknown hash algorithm 'sha512'",
    ),
    "declaration": (
        inside("declarations", 0, "content"),
        "position 1: unknown hash algorithm 'sha512'",
    ),
    "entry": (inside("record", 1, "payload"), "record entry 2: unknown hash algorithm 'sha512'"),
    "record": (record, "entry 1: unknown hash algorithm sha512"),
    "revision": (revision, "manifest: unknown hash algorithm 'sha512'"),
    "receipt": (receipt, "unknown format or hash algorithm"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_unknown_algorithm_is_refused_by_name(name: str) -> None:
    refuse, said = REFUSED[name]
    assert not refuse(canonical.ALGORITHM).count("algorithm")
    assert said in refuse("sha512")


def test_every_hash_bears_the_name_of_its_algorithm() -> None:
    data = json.loads(EXAMPLE)
    texts = [data["statement"], data["manifest"], *(r["payload"] for r in data["record"])]
    texts += [row["content"] for row in data["declarations"]]
    assert {json.loads(text)["algorithm"] for text in texts} == {canonical.ALGORITHM}
    hashes = [data["statement_hash"], data["revision_hash"], data["head"], data["digest"]]
    hashes += [row["hash"] for row in (*data["record"], *data["declarations"], *data["heads"])]
    assert {one.partition(":")[0] for one in hashes} == {canonical.ALGORITHM}


def test_hashes_are_computed_in_few_places() -> None:
    """Names of files, tokens and fingerprints apart, which are no part of a canonical text."""
    found = set()
    for top in ("stakeholders", "plans", "consult"):
        for path in (ROOT / top).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
            if any(name.name == "hashlib" for node in imports for name in node.names):
                found.add(path.relative_to(ROOT).as_posix())
    assert found ^ (COMPUTING | OTHERS) == set()
