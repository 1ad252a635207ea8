"""Row writes on plans, parties, items, drafts, versions and revisions."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from plans.register.models import (
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
    ItemDraft.objects.create(
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
    return item


def edit_draft(
    *, draft: ItemDraft, edits: int, actor: Actor, changes: Mapping[str, object]
) -> ItemDraft:
    """Save `changes` (fields of ItemDraft) if nobody saved since `edits` was read.

    Raises Conflict carrying the present draft when somebody did.
    """
    draft = ItemDraft.objects.select_for_update().select_related("item").get(pk=draft.pk)
    if draft.edits != edits:
        raise Conflict(_("Somebody saved this item after you opened it."), theirs=draft)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.concerned = sorted(set(draft.concerned))
    draft.edits += 1
    draft.edited_at = clock.now()
    draft.edited_mandate_id = actor.mandate_id
    draft.save()
    return draft
