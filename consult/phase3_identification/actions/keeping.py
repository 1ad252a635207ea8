"""What is typed into the form of a position, kept for who typed it. No act: it says nothing."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.models import PositionAutosave, SignOff
from consult.phase3_identification.queries import declaration_of
from consult.phase3_identification.steps.drafts import forget_typed, tidy_typed, write_typed
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Invalid, Refused
from stakeholders.terms.rights import Reason, Verdict

LONGEST = 300_000  # characters of all fields together


def keep_position(
    *,
    actor: Actor,
    sign_off: SignOff,
    fields: dict[str, Any],
    former: int | None,
) -> PositionAutosave | None:
    """Keep the form as it stands. The caller has required the right. Invalid for one too long.

    A form that its own person has sent meanwhile is not kept, and None answered: what was declared
    would come back as unsent.
    """
    if len(canonical.canonical(fields)) > LONGEST:
        raise Invalid({"": _("This is too much text for one position.")})
    last = declaration_of(sign_off, code=actor.jurisdiction_code)
    if last is not None and last.pk != former and last.mandate_id == actor.mandate_id:
        forget_typed(actor=actor, sign_off=sign_off)
        return None
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


def forget_typed_positions(*, actor: Actor) -> int:
    """Housekeeping: delete what was typed longer ago than the site keeps it; says how many."""
    if actor.kind is not ActorKind.SYSTEM:
        verdict = Verdict(allowed=False, reason=Reason.NO_MANDATE, act="autosave.forget")
        raise Refused(verdict)
    return tidy_typed(before=clock.now() - timedelta(days=settings.AUTOSAVE_DAYS))
