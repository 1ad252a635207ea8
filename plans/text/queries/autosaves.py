"""What an actor has typed and not saved: its own, nobody else's."""

from django.db.models import QuerySet

from plans.text.models import Autosave, Chapter, Provision
from stakeholders.terms.actor import Actor


def typed_in_provision(provision: Provision, *, actor: Actor) -> Autosave | None:
    return _own(actor).filter(item_id=provision.item_id).first()


def typed_in_chapter(chapter: Chapter, *, actor: Actor) -> Autosave | None:
    """What was typed for a new provision of the chapter."""
    return _own(actor).filter(chapter=chapter).first()


def _own(actor: Actor) -> QuerySet[Autosave]:
    if actor.mandate_id is None:
        return Autosave.objects.none()
    return Autosave.objects.filter(mandate_id=actor.mandate_id)
