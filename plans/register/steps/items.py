"""Row writes on plans, parties, items, drafts, versions and revisions."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from plans.register.models import (
    DraftSave,
    Item,
    ItemDraft,
    Plan,
)
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict


def create_item(
    *,
    plan: Plan,
    key: str,
    kind: str,
    content: Mapping[str, object],
    strength: str,
    concerned: Sequence[str],
    actor: Actor,
    competence: str = "county",
    is_given: bool = False,
    given_source: str = "",
) -> Item:
    """A new item with its first draft. `content` is the JSON shape of its kind."""
    now = clock.now()
    item = Item.objects.create(plan=plan, key=key, kind=kind, created_at=now)
    draft = ItemDraft.objects.create(
        item=item,
        content=dict(content),
        strength=strength,
        competence=competence,
        is_given=is_given,
        given_source=given_source,
        concerned=sorted(set(concerned)),
        edited_at=now,
        edited_mandate_id=actor.mandate_id,
    )
    keep_save(draft)
    return item


def lock_draft(item: Item) -> ItemDraft:
    """The draft of an item as it stands now, its row locked until the transaction ends."""
    return (
        ItemDraft.objects.select_for_update(of=("self",), no_key=True)
        .select_related("item")
        .get(item=item)
    )


def edit_draft(
    *, draft: ItemDraft, edits: int, actor: Actor, changes: Mapping[str, object]
) -> ItemDraft:
    """Save `changes` (fields of ItemDraft) if nobody saved since `edits` was read.

    Raises Conflict carrying the present draft when somebody did.
    """
    draft = lock_draft(draft.item)
    if draft.edits != edits:
        raise Conflict(_("Somebody saved this item after you opened it."), theirs=draft)
    keep_save(draft)  # a draft older than the saves has left none yet
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.concerned = sorted(set(draft.concerned))
    draft.edits += 1
    draft.edited_at = clock.now()
    draft.edited_mandate_id = actor.mandate_id
    draft.save()
    keep_save(draft)
    return draft


def keep_save(draft: ItemDraft) -> None:
    """Keep the state of a draft under its present number, once."""
    keep_saves([draft])


def keep_saves(drafts: Sequence[ItemDraft]) -> None:
    """Keep the state of each draft under its present number, once. One query, however many."""
    kept = [_save_of(draft) for draft in drafts]
    DraftSave.objects.bulk_create(kept, ignore_conflicts=True, batch_size=500)


def _save_of(draft: ItemDraft) -> DraftSave:
    return DraftSave(
        item_id=draft.item_id,
        edits=draft.edits,
        content=draft.content,
        strength=draft.strength,
        competence=draft.competence,
        is_given=draft.is_given,
        given_source=draft.given_source,
        concerned=draft.concerned,
        change_claim=draft.change_claim,
        is_removed=draft.is_removed,
        at=draft.edited_at,
        mandate_id=draft.edited_mandate_id,
    )
