"""Row writes of what is typed and not sent."""

from collections.abc import Mapping
from datetime import datetime

from consult.phase3_identification.models import PositionAutosave, PreparedAutosave, SignOff
from stakeholders.people.models import Mandate
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def put_typed_position(
    *, actor: Actor, sign_off: SignOff, former: int | None, fields: Mapping[str, object]
) -> PositionAutosave:
    """What the actor has typed now, in place of what its mandate had typed before."""
    row, _is_new = PositionAutosave.objects.update_or_create(
        sign_off=sign_off,
        mandate_id=actor.mandate,
        defaults={"fields": dict(fields), "former": former, "saved_at": clock.now()},
    )
    return row


def put_typed_draft(
    *, actor: Actor, sign_off: SignOff, edits: int, fields: Mapping[str, object]
) -> PreparedAutosave:
    """What the actor has typed now, in place of what its mandate had typed before."""
    row, _is_new = PreparedAutosave.objects.update_or_create(
        sign_off=sign_off,
        mandate_id=actor.mandate,
        defaults={"fields": dict(fields), "edits": edits, "saved_at": clock.now()},
    )
    return row


def drop_typed_position(*, actor: Actor, sign_off: SignOff) -> int:
    """Forget what the actor's mandate had typed; says how many rows went."""
    rows = PositionAutosave.objects.filter(sign_off=sign_off, mandate_id=actor.mandate)
    return rows.delete()[0]


def drop_typed_draft(*, actor: Actor, sign_off: SignOff) -> int:
    """Forget what the person had typed for its jurisdiction, under a former mandate too."""
    own = Mandate.objects.filter(user=actor.person, jurisdiction=actor.jurisdiction)
    rows = PreparedAutosave.objects.filter(sign_off=sign_off, mandate_id__in=own.values("pk"))
    return rows.delete()[0]


def drop_typed_before(before: datetime) -> int:
    """Forget the unsent forms of both kinds nobody came back to; says how many."""
    kinds = (PositionAutosave, PreparedAutosave)
    return sum(kind.objects.filter(saved_at__lt=before).delete()[0] for kind in kinds)
