"""What is typed into the form of a position, kept for who typed it. No act: it says nothing."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.models import PositionAutosave, SignOff
from consult.phase3_identification.steps.drafts import forget_typed, write_typed
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid

LONGEST = 300_000  # characters of all fields together


def keep_position(
    *,
    actor: Actor,
    sign_off: SignOff,
    fields: dict[str, Any],
    former: int | None,
) -> PositionAutosave:
    """Keep the form as it stands. The caller has required the right. Invalid for one too long."""
    if len(canonical.canonical(fields)) > LONGEST:
        raise Invalid({"": _("This is too much text for one position.")})
    return write_typed(
        actor=actor,
        sign_off=sign_off,
        fields=fields,
        former=former,
        at=clock.now(),
    )


def forget_position(*, actor: Actor, sign_off: SignOff) -> None:
    """Forget what the actor's mandate had typed."""
    forget_typed(actor=actor, sign_off=sign_off)
