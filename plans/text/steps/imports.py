"""Row writes of imports: many chapters and provisions at constant cost."""

from collections.abc import Mapping, Sequence

from plans.register.enums import ItemKind
from plans.register.models import Item, ItemDraft, Plan
from plans.register.steps import keep_saves
from plans.text.models import Chapter, Provision
from plans.text.wording import Wording
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def add_provisions(
    *, plan: Plan, chapter: Chapter, wordings: Mapping[str, Wording], actor: Actor
) -> list[Provision]:
    """New items with their drafts in a chapter, key -> wording. Their places are set by `place`."""
    now = clock.now()
    items = Item.objects.bulk_create(
        Item(plan=plan, key=key, kind=ItemKind.PROVISION, created_at=now) for key in wordings
    )
    drafts = ItemDraft.objects.bulk_create(
        ItemDraft(
            item=item,
            **wordings[item.key].draft_fields(),
            edited_at=now,
            edited_mandate_id=actor.mandate_id,
        )
        for item in items
    )
    for item, draft in zip(items, drafts, strict=True):
        item.draft = draft
    keep_saves(drafts)
    return Provision.objects.bulk_create(
        Provision(item=item, chapter=chapter, position=0) for item in items
    )


def edit_drafts(*, edits: Sequence[tuple[ItemDraft, Wording]], actor: Actor) -> None:
    """Write wordings over drafts whose rows the caller has locked and compared."""
    now = clock.now()
    keep_saves([draft for draft, _wording in edits])  # a draft older than the saves left none yet
    for draft, wording in edits:
        for name, value in wording.draft_fields().items():
            setattr(draft, name, value)
        draft.concerned = sorted(set(draft.concerned))
        draft.is_removed = False
        draft.edits += 1
        draft.edited_at, draft.edited_mandate_id = now, actor.mandate_id
    names = [*Wording(title_zh="", text_zh="").draft_fields(), "is_removed"]
    ItemDraft.objects.bulk_update(
        [draft for draft, _wording in edits],
        [*names, "edits", "edited_at", "edited_mandate_id"],
        batch_size=500,
    )
    keep_saves([draft for draft, _wording in edits])


def place_all(*, chapter: Chapter, provisions: Sequence[Provision]) -> None:
    """Put these provisions, in this order, into a chapter; only what moves is written."""
    moved = []
    for position, one in enumerate(provisions, start=1):
        if one.position != position or one.chapter_id != chapter.pk:
            one.position, one.chapter = position, chapter
            moved.append(one)
    Provision.objects.bulk_update(moved, ["position", "chapter"], batch_size=500)
