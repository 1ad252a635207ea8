"""A published revision as a document."""

import json
from collections.abc import Mapping
from typing import Any

from plans.register.enums import ItemKind
from plans.register.models import ItemDraft, Revision
from plans.register.queries import entries_of
from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument
from plans.text.wording import Wording, wording_of


def document_of_revision(revision: Revision) -> PlanDocument:
    """The text of a revision: its headings and provisions as the manifest has them. One query.

    Other kinds of items (indicators, lines on the map) have papers of their own.
    """
    manifest = json.loads(revision.manifest)
    held: dict[str, list[DocumentProvision]] = {}
    for entry in entries_of(revision).filter(item__kind=ItemKind.PROVISION):
        wording = _wording(json.loads(entry.version.content))
        one = DocumentProvision(key=entry.item.key, number=entry.number, wording=wording)
        held.setdefault(entry.heading, []).append(one)
    chapters = [
        DocumentChapter(
            key=key,
            number=str(position),
            title_zh=zh,
            title_en=en,
            provisions=tuple(held.get(key, ())),
        )
        for position, (key, zh, en) in enumerate(manifest["headings"], start=1)
    ]
    title = manifest["title"]
    return PlanDocument(title_zh=title["zh"], title_en=title["en"], chapters=tuple(chapters))


def _wording(said: Mapping[str, Any]) -> Wording:
    """The wording of a version, read from what its hash covers."""
    return wording_of(
        ItemDraft(
            content=said["content"],
            strength=said["strength"],
            competence=said["competence"],
            is_given=said["given"],
            given_source=said["given_source"],
            concerned=said["concerned"],
        )
    )
