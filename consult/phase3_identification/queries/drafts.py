"""Reading what is typed and not sent: each mandate its own."""

from consult.phase3_identification.models import PositionAutosave, SignOff
from stakeholders.terms.actor import Actor


def typed_position(sign_off: SignOff, *, actor: Actor) -> PositionAutosave | None:
    """The unsent form of the actor's mandate; nobody else's."""
    if not actor.speaks:
        return None
    rows = PositionAutosave.objects.filter(sign_off=sign_off, mandate_id=actor.mandate)
    return rows.first()
