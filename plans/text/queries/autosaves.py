"""What an actor has typed and not saved: its own, nobody else's."""

from datetime import timedelta

from django.db.models import QuerySet

from plans.register.models import ItemDraft
from plans.text.models import Autosave, Chapter, Provision
from plans.text.wording import Wording
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor

JUST_NOW = timedelta(minutes=2)


def typed_in_provision(provision: Provision, *, actor: Actor) -> Autosave | None:
    return _own(actor).filter(item_id=provision.item_id).first()


def typed_in_chapter(chapter: Chapter, *, actor: Actor) -> Autosave | None:
    """What was typed for a new provision of the chapter."""
    return _own(actor).filter(chapter=chapter).first()


def _own(actor: Actor) -> QuerySet[Autosave]:
    if actor.mandate_id is None:
        return Autosave.objects.none()
    return Autosave.objects.filter(mandate_id=actor.mandate_id)


def is_entered(chapter: Chapter, *, wording: Wording, actor: Actor) -> bool:
    """Whether the actor has just entered this very wording as a new provision of the chapter.

    What is typed travels beside the form that is sent: the older of the two may come last.
    """
    since = clock.now() - JUST_NOW
    drafts = ItemDraft.objects.filter(
        item__provision__chapter=chapter,
        item__created_at__gte=since,
        edited_mandate_id=actor.mandate_id,
    )
    return any(draft.content == wording.content() for draft in drafts)
