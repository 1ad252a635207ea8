"""Row writes of what is typed and not sent."""

from datetime import datetime

from consult.phase3_identification.models import PositionAutosave, SignOff
from stakeholders.terms.actor import Actor


def write_typed(
    *,
    actor: Actor,
    sign_off: SignOff,
    fields: dict[str, object],
    former: int | None,
    at: datetime,
) -> PositionAutosave:
    """Keep the form of the actor's mandate in place of what was kept before."""
    row, _is_new = PositionAutosave.objects.update_or_create(
        sign_off=sign_off,
        mandate_id=actor.mandate,
        defaults={"fields": fields, "former": former, "saved_at": at},
    )
    return row


def forget_typed(*, actor: Actor, sign_off: SignOff) -> int:
    rows = PositionAutosave.objects.filter(sign_off=sign_off, mandate_id=actor.mandate)
    return rows.delete()[0]


def tidy_typed(*, before: datetime) -> int:
    """Forget what nobody came back to; returns how many."""
    return PositionAutosave.objects.filter(saved_at__lt=before).delete()[0]
