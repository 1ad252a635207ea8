"""Row writes on internal notes."""

from plans.register.models import Item
from plans.text.models import InternalNote, NoteResolution
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def add_note(*, actor: Actor, item: Item, holder: str, text: str) -> InternalNote:
    """A note that only its holder's people read."""
    return InternalNote.objects.create(
        item=item, holder=holder, text=text, at=clock.now(), mandate_id=actor.mandate
    )


def resolve_note(*, actor: Actor, note: InternalNote) -> NoteResolution:
    """The end of a note; the note stays."""
    return NoteResolution.objects.create(note=note, at=clock.now(), mandate_id=actor.mandate)
