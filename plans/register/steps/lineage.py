"""Row writes on whence items came, and on who says they concern it."""

from collections.abc import Sequence

from plans.register.models import ConcernChange, Item, ItemDraft, Lineage
from plans.register.steps.items import edit_draft
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def link_predecessors(
    *, item: Item, predecessors: Sequence[Item], kind: str, actor: Actor
) -> list[Lineage]:
    """Say that `item` came from `predecessors`, in the rows of both kinds."""
    item.predecessors.add(*predecessors)
    now = clock.now()
    return Lineage.objects.bulk_create(
        [
            Lineage(item=item, predecessor=one, kind=kind, mandate_id=actor.mandate_id, at=now)
            for one in predecessors
        ]
    )


def change_concern(
    *, draft: ItemDraft, code: str, kind: str, concerned: Sequence[str], reason: str, actor: Actor
) -> ConcernChange:
    """Write a party's word and what follows from it for the draft."""
    edit_draft(draft=draft, edits=draft.edits, actor=actor, changes={"concerned": concerned})
    return ConcernChange.objects.create(
        item=draft.item,
        jurisdiction_id=code,
        kind=kind,
        reason=reason,
        mandate_id=actor.mandate_id,
        at=clock.now(),
    )
