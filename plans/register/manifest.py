"""What the hashes cover: the wording of an item, and the manifest of a revision. No query.

Format 1 had neither `format` nor `algorithm` and no attachments; such revisions still verify.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plans.register.models import Attachment, Item, ItemDraft, Plan
from stakeholders.terms import canonical

FORMAT = 2
BUNDLE = "jointplan-revision-1"
SHORT = 12  # hex digits of a hash as people are shown it


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A chapter as the manifest holds it."""

    key: str
    title_zh: str
    title_en: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an item stands in the next revision."""

    item: Item
    number: str
    heading: str = ""


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """The canonical text of a wording and its hash."""

    text: str
    hash: str


def version_content(draft: ItemDraft) -> dict[str, object]:
    """What the hash of a version covers: everything but number and place."""
    return {
        "item": draft.item.key,
        "kind": draft.item.kind,
        "content": draft.content,
        "strength": draft.strength,
        "competence": draft.competence,
        "given": draft.is_given,
        "given_source": draft.given_source,
        "concerned": sorted(draft.concerned),
    }


def seal(draft: ItemDraft) -> Sealed:
    """The draft as a version would hold it."""
    text = canonical.canonical(version_content(draft))
    return Sealed(text=text, hash=canonical.digest(text))


def bundle_text(*, manifest: str, digest: str, contents: Mapping[str, str]) -> str:
    """What `standalone.py` verifies: the manifest and, by item key, the content of each version."""
    return canonical.canonical(
        {
            "format": BUNDLE,
            "algorithm": canonical.ALGORITHM,
            "hash": digest,
            "manifest": manifest,
            "items": contents,
        }
    )


def hex_of(digest: str) -> str:
    """The digits of a hash without the name of its algorithm."""
    return digest.partition(":")[2]


def attachment_rows(attachments: Iterable[Attachment]) -> list[list[str]]:
    """Key of the item or "", purpose, hash of the file, hash of both titles; in one order."""
    return sorted(
        [
            one.item.key if one.item else "",
            one.purpose,
            f"{canonical.ALGORITHM}:{one.file.sha256}",
            canonical.digest_of({"zh": one.title_zh, "en": one.title_en}),
        ]
        for one in attachments
    )


def manifest_text(
    *,
    plan: Plan,
    number: int,
    stage: str,
    headings: Sequence[Heading],
    places: Sequence[Place],
    hashes: Mapping[int, str],
    charter_version: str,
    attachments: Sequence[Sequence[str]],
) -> str:
    """The canonical text a revision's hash covers; numbers and order stand here, not in items.

    `hashes` is item id -> hash of the version held.
    """
    return canonical.canonical(
        {
            "format": FORMAT,
            "algorithm": canonical.ALGORITHM,
            "plan": plan.key,
            "number": number,
            "stage": stage,
            "title": {"zh": plan.title_zh, "en": plan.title_en},
            "horizon": [plan.horizon_from, plan.horizon_until],
            "authentic_language": plan.authentic_language,
            "charter": charter_version,
            "headings": [[h.key, h.title_zh, h.title_en] for h in headings],
            "items": [
                [p.item.key, p.item.kind, p.number, p.heading, hashes[p.item.pk]] for p in places
            ],
            "attachments": attachments,
        }
    )
