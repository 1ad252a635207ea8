"""What a comment speaks about: the wording it was made on, how it reads now."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.queries.comments import Wording, wording_of
from plans.register.manifest import seal
from plans.register.models import ItemDraft, Plan, Revision, RevisionItem
from plans.register.queries import draft_reading, latest_revision
from plans.register.rules import sees_draft
from plans.text.differences import Block, blocks
from stakeholders.terms.actor import Actor

TAGS = (("zh", "zh-Hans"), ("en", "en"))
Difference = list[tuple[str, Sequence[Block]]]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """`now` is where the item reads differently: the newest revision, or the draft (`is_draft`);
    `is_gone`: it stands in neither.
    `sees_draft`: the reader may open it in the working draft. Differences are (language, blocks)."""

    wording: Wording
    entry: RevisionItem | None = None
    revision: Revision | None = None
    is_draft: bool = False
    sees_draft: bool = False
    is_gone: bool = False
    since: Difference | None = None


def beside(*, actor: Actor, plan: Plan, comment: Comment) -> Beside:
    """The provision of a comment as its reader may see it. At most six queries."""
    wording = wording_of(comment.version)
    if comment.item_id is None or comment.version is None:
        return Beside(wording=wording)
    revision = latest_revision(plan)
    entries = RevisionItem.objects.filter(revision=revision, item=comment.item_id)
    entry = entries.select_related("version", "item").first()
    now, is_draft = (wording_of(entry.version) if entry else None), False
    draft = ItemDraft.objects.filter(item=comment.item_id).select_related("item").first()
    reads_draft = draft is not None and sees_draft(actor=actor, plan=plan)
    if draft and reads_draft:
        if draft.is_removed:
            now = None
        elif entry is None or seal(draft).hash != entry.version.hash:
            now, is_draft = _of_draft(draft), True
    return Beside(
        wording=wording,
        entry=entry,
        revision=revision,
        is_draft=is_draft,
        sees_draft=reads_draft and now is not None,
        is_gone=now is None,
        since=_between(wording, now) if now else None,
    )


def _of_draft(draft: ItemDraft) -> Wording:
    reading = draft_reading(draft)
    return Wording(
        title_zh=reading.title_zh,
        title_en=reading.title_en,
        text_zh=reading.text_zh,
        text_en=reading.text_en,
    )


def _between(before: Wording, after: Wording) -> Difference:
    """The languages in which the text is another one."""
    found: Difference = []
    for code, tag in TAGS:
        was, became = (
            f"{getattr(w, f'title_{code}')}\n{getattr(w, f'text_{code}')}" for w in (before, after)
        )
        if was != became:
            found.append((tag, blocks(was, became)))
    return found
