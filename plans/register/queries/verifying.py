"""Recomputing what a revision's hash covers. Unscoped: for the verify command."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q

from plans.register.manifest import attachment_rows
from plans.register.models import Revision, RevisionItem
from plans.register.queries.revisions import entries_of
from stakeholders.terms import canonical

NAMES = ("key", "kind", "number", "heading", "hash")  # of a row of `items`


def fault_of(revision: Revision) -> str:
    """The first thing that does not hold in a revision, and where; "" when all of it does."""
    return next(_faults(revision), "")


def first_difference(ours: object, theirs: object, at: str = "manifest") -> str:
    """Where two JSON values begin to differ, as `items[3].number`, and how; "" when equal. Pure."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted({*ours, *theirs}):
            if key not in ours or key not in theirs:
                return f"{at}.{key}: only in {'theirs' if key in theirs else 'ours'}"
            if found := first_difference(ours[key], theirs[key], f"{at}.{key}"):
                return found
        return ""
    if isinstance(ours, list) and isinstance(theirs, list):
        for number, (one, other) in enumerate(zip(ours, theirs, strict=False)):
            if found := first_difference(one, other, f"{at}[{number}]"):
                return found
        if len(ours) != len(theirs):
            return f"{at}: {len(ours)} rows in ours, {len(theirs)} in theirs"
        return ""
    if type(ours) is type(theirs) and ours == theirs:
        return ""
    return f"{at}: {_shown(ours)} in ours, {_shown(theirs)} in theirs"


def difference_to(revision: Revision, content: bytes) -> str:
    """How a manifest kept elsewhere differs from the one of the revision; "" when it does not."""
    if content == revision.manifest.encode():
        return ""
    try:
        theirs = json.loads(content.decode("utf-8"))
    except ValueError as error:
        return f"the file is no manifest: {error}"
    found = first_difference(json.loads(revision.manifest), theirs)
    return found or "the file says the same in other bytes: it is not the canonical text"


def _faults(revision: Revision) -> Iterator[str]:
    if canonical.digest(revision.manifest) != revision.hash:
        yield "manifest: its text does not match the hash of the revision"
    try:
        said = json.loads(revision.manifest)
        is_canonical = canonical.canonical(said) == revision.manifest
    except (ValueError, TypeError) as error:
        yield f"manifest: {error}"
        return
    if not is_canonical:
        yield "manifest: it is not the canonical text of what it says"
    yield from _head(revision, said)
    yield from _items(revision, said.get("items", []))
    if "format" in said:
        yield from _attachments(revision, said["attachments"])


def _head(revision: Revision, said: dict[str, Any]) -> Iterator[str]:
    algorithm = said.get("algorithm", canonical.ALGORITHM)
    if algorithm != canonical.ALGORITHM:
        yield f"manifest.algorithm: unknown hash algorithm {algorithm}"
    row = {"plan": revision.plan.key, "number": revision.number, "stage": revision.stage}
    for name, value in row.items():
        if said.get(name) != value:
            yield f"manifest.{name}: {_shown(said.get(name))}, the row says {_shown(value)}"


def _items(revision: Revision, said: Sequence[Sequence[str]]) -> Iterator[str]:
    """Each wording against its hash, and each row against the manifest, in their order."""
    count = 0
    for entry in entries_of(revision).iterator(chunk_size=500):
        key = entry.item.key
        yield from _version(entry)
        row = [key, entry.item.kind, entry.number, entry.heading, entry.version.hash]
        held = said[count] if count < len(said) else None
        if held is None:
            yield f"manifest.items[{count}]: the row of item {key} is missing"
        for name, ours, theirs in zip(NAMES, held or [], row, strict=False):
            if ours != theirs:
                place = f"manifest.items[{count}].{name}"
                yield f"{place}: {_shown(ours)}, the row of item {key} says {_shown(theirs)}"
        count += 1
    if count < len(said):
        yield f"manifest.items[{count}]: there is no row for item {said[count][0]}"


def _version(entry: RevisionItem) -> Iterator[str]:
    version, key = entry.version, entry.item.key
    if canonical.digest(version.content) != version.hash:
        yield f"item {key}: its content does not match its hash {version.hash}"
    said = json.loads(version.content)
    columns = {
        "item": key,
        "kind": entry.item.kind,
        "strength": version.strength,
        "competence": version.competence,
        "given": version.is_given,
        "concerned": version.concerned,
    }
    for name, value in columns.items():
        if said.get(name) != value:
            yield f"item {key}: its content says {name} {_shown(said.get(name))}, its row {value}"


def _attachments(revision: Revision, said: Sequence[Sequence[str]]) -> Iterator[str]:
    """What the manifest names was attached then; what stood before it and still after is named."""
    at = revision.published_at
    rows = revision.plan.attachments.select_related("item", "file").filter(added_at__lte=at)
    known = attachment_rows(rows)
    for number, row in enumerate(said):
        if list(row) not in known:
            yield f"manifest.attachments[{number}]: there is no such attachment: {_shown(row)}"
    later = Q(removal__isnull=True) | Q(removal__at__gt=at)
    for row in attachment_rows(rows.filter(later, added_at__lt=at)):
        if row not in [list(one) for one in said]:
            yield f"manifest.attachments: missing: {_shown(row)}"


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)[:120]
