"""Row writes of imports: many chapters and provisions at constant cost."""

from collections.abc import Mapping, Sequence

from plans.register.enums import ItemKind
from plans.register.models import Item, ItemDraft, Plan
from plans.register.steps import keep_saves
from plans.text.models import Chapter, Provision
from plans.text.wording import Wording
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def add_items(
    *, plan: Plan, wordings: Mapping[str, tuple[Chapter, Wording]], actor: Actor
) -> list[Provision]:
    """New items with their drafts, key -> where and what. Their provisions `place_all` keeps."""
    now = clock.now()
    items = Item.objects.bulk_create(
        Item(plan=plan, key=key, kind=ItemKind.PROVISION, created_at=now) for key in wordings
    )
    drafts = ItemDraft.objects.bulk_create(
        ItemDraft(
            item=item,
            **wordings[item.key][1].draft_fields(),
            edited_at=now,
            edited_mandate_id=actor.mandate_id,
        )
        for item in items
    )
    for item, draft in zip(items, drafts, strict=True):
        item.draft = draft
    keep_saves(drafts)
    return [Provision(item=item, chapter=wordings[item.key][0], position=0) for item in items]


def edit_drafts(*, edits: Sequence[tuple[ItemDraft, Wording]], actor: Actor) -> None:
    """Write wordings over drafts whose rows the caller has locked and compared."""
    now = clock.now()
    drafts = [draft for draft, _wording in edits]
    keep_saves(drafts)  # those older than the saves have left none yet
    for draft, wording in edits:
        for name, value in wording.draft_fields().items():
            setattr(draft, name, value)
        draft.concerned = sorted(set(draft.concerned))
        draft.is_removed = False
        draft.edits += 1
        draft.edited_at, draft.edited_mandate_id = now, actor.mandate_id
    names = [*Wording(title_zh="", text_zh="").draft_fields(), "is_removed"]
    ItemDraft.objects.bulk_update(
        drafts,
        [*names, "edits", "edited_at", "edited_mandate_id"],
        batch_size=500,
    )
    keep_saves(drafts)


def place_all(*, orders: Sequence[tuple[Chapter, Sequence[Provision]]]) -> None:
    """Put provisions, in this order, into their chapters; only what is new or moves is written."""
    made: list[Provision] = []
    moved: list[Provision] = []
    for chapter, provisions in orders:
        for position, one in enumerate(provisions, start=1):
            if one.position != position or one.chapter_id != chapter.pk:
                one.position, one.chapter = position, chapter
                (made if one.pk is None else moved).append(one)
    Provision.objects.bulk_create(made, batch_size=1_000)
    Provision.objects.bulk_update(moved, ["position", "chapter"], batch_size=500)
