"""What is typed into the forms of a position, kept for who typed it. No acts: they say nothing."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification import steps
from consult.phase3_identification.checks import MOST_TYPED, NULL
from consult.phase3_identification.models import PositionAutosave, PreparedAutosave, SignOff
from consult.phase3_identification.queries import asks_two, declaration_of, position_draft_of
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.telling import open_one
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Invalid, Refused
from stakeholders.terms.rights import Reason, Verdict


@transaction.atomic
def keep_typed_position(
    *, actor: Actor, plan: Plan, fields: Mapping[str, object], former: int | None
) -> PositionAutosave | None:
    """Keep the form of the party's position as it stands. Refused, Invalid, Conflict.

    A form that its own person has sent meanwhile is not kept, and None answered: what was declared
    would come back as unsent.
    """
    sign_off = open_one(plan)
    act = "position.prepare" if asks_two(sign_off) else "position.take"
    require(act, ACTS, actor=actor, plan=plan, own=True)
    _require_storable(fields)
    last = declaration_of(sign_off, code=actor.jurisdiction_code)
    if last is not None and last.pk != former and last.mandate_id == actor.mandate_id:
        steps.drop_typed_position(actor=actor, sign_off=sign_off)
        return None
    return steps.put_typed_position(actor=actor, sign_off=sign_off, former=former, fields=fields)


@transaction.atomic
def discard_typed_position(*, actor: Actor, sign_off: SignOff) -> int:
    """Forget what the actor's own mandate had typed; says how many rows went."""
    return steps.drop_typed_position(actor=actor, sign_off=sign_off)


@transaction.atomic
def keep_typed_draft(
    *, actor: Actor, plan: Plan, fields: Mapping[str, object], edits: int = 0
) -> PreparedAutosave | None:
    """Keep the form of the prepared position as it stands. Refused, Invalid, Conflict.

    What is saved already is forgotten instead, and None answered.
    """
    require("position.draft", ACTS, actor=actor, plan=plan, own=True)
    _require_storable(fields)
    # A save on its way ends first: else what it saved would come back as typed and not saved.
    sign_off = open_one(lock_plan(plan))
    draft = position_draft_of(actor=actor, sign_off=sign_off)
    saved = {"typed": draft.content, "advice": draft.advice} if draft else None
    if saved == {**fields, "advice": str(fields.get("advice", "")).strip()}:
        steps.drop_typed_draft(actor=actor, sign_off=sign_off)
        return None
    return steps.put_typed_draft(actor=actor, sign_off=sign_off, edits=edits, fields=fields)


@transaction.atomic
def discard_typed_draft(*, actor: Actor, plan: Plan) -> int:
    """Forget what the actor had typed; says how many rows went. Refused, Conflict."""
    require("position.draft", ACTS, actor=actor, plan=plan, own=True)
    return steps.drop_typed_draft(actor=actor, sign_off=open_one(plan))


def forget_typed_positions(*, actor: Actor, older_than: timedelta) -> int:
    """Housekeeping: delete what was typed longer ago than `older_than`; says how many."""
    if actor.kind is not ActorKind.SYSTEM:
        verdict = Verdict(allowed=False, reason=Reason.NO_MANDATE, act="autosave.forget")
        raise Refused(verdict)
    return steps.drop_typed_before(clock.now() - older_than)


def _require_storable(fields: Mapping[str, object]) -> None:
    text = canonical.canonical(fields)
    if len(text) > MOST_TYPED:
        raise Invalid({"": _("This is too long to be kept unsaved.")})
    if NULL in text:
        raise Invalid({"": _("The text holds a null character and cannot be kept unsaved.")})
