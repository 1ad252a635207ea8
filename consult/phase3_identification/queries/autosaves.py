"""Reading what is typed and not sent: each its own."""

from consult.phase3_identification.models import PositionAutosave, PreparedAutosave, SignOff
from stakeholders.people.models import Mandate
from stakeholders.terms.actor import Actor


def typed_position(sign_off: SignOff, *, actor: Actor) -> PositionAutosave | None:
    """The unsent form of the actor's mandate; nobody else's."""
    if not actor.speaks:
        return None
    rows = PositionAutosave.objects.filter(sign_off=sign_off, mandate_id=actor.mandate)
    return rows.first()


def typed_draft(sign_off: SignOff, *, actor: Actor) -> PreparedAutosave | None:
    """What the person had typed and not saved, under this mandate or a former one."""
    if actor.user_id is None or actor.jurisdiction_code is None:
        return None
    own = Mandate.objects.filter(user=actor.user_id, jurisdiction=actor.jurisdiction_code)
    rows = PreparedAutosave.objects.filter(sign_off=sign_off, mandate_id__in=own.values("pk"))
    return rows.order_by("-saved_at").first()
