"""Row writes on unsaved texts."""

from collections.abc import Mapping
from datetime import datetime

from plans.register.models import Item
from plans.text.models import Autosave, Chapter
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def put_autosave(
    *,
    actor: Actor,
    edits: int,
    fields: Mapping[str, list[str]],
    item: Item | None = None,
    chapter: Chapter | None = None,
) -> Autosave:
    """What the actor has typed now, in place of what it had typed before."""
    row, _is_new = Autosave.objects.update_or_create(
        item=item,
        chapter=chapter,
        mandate_id=actor.mandate,
        defaults={"fields": dict(fields), "edits": edits, "saved_at": clock.now()},
    )
    return row


def drop_autosave(*, actor: Actor, item: Item | None = None, chapter: Chapter | None = None) -> int:
    """Forget what the actor had typed there; says how many rows went."""
    if actor.mandate_id is None:
        return 0
    rows = Autosave.objects.filter(item=item, chapter=chapter, mandate_id=actor.mandate_id)
    return rows.delete()[0]


def drop_autosaves(*, before: datetime) -> int:
    """Forget what nobody has typed on since `before`; says how many rows went."""
    return Autosave.objects.filter(saved_at__lt=before).delete()[0]
