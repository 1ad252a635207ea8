"""Row writes on amendments."""

from django.db.models import Max

from plans.register.models import Item, ItemVersion, Plan
from plans.text.collisions import Texts
from plans.text.enums import AmendmentOutcomeKind
from plans.text.models import Amendment, AmendmentOutcome
from stakeholders.terms import clock
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor


def create_amendment(
    *,
    plan: Plan,
    item: Item,
    base: Texts,
    base_hash: str,
    base_version: ItemVersion | None,
    texts: Texts,
    reason: str,
    comment: int | None,
    actor: Actor,
) -> Amendment:
    """A new amendment under the next number. The caller holds the plan's row lock."""
    last = Amendment.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    return Amendment.objects.create(
        plan=plan,
        number=last + 1,
        item=item,
        base=base.as_dict(),
        base_hash=base_hash,
        base_version=base_version,
        **texts.as_dict(),
        reason=reason,
        comment=comment,
        jurisdiction_id=None if actor.role in OF_ALL_PARTIES else actor.jurisdiction_code,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def end_amendment(
    *,
    amendment: Amendment,
    outcome: AmendmentOutcomeKind,
    actor: Actor,
    reason: str = "",
    draft_hash: str = "",
    edits: int | None = None,
) -> AmendmentOutcome:
    """What became of it. The caller has seen under the plan's row lock that it is still open."""
    return AmendmentOutcome.objects.create(
        amendment=amendment,
        outcome=outcome,
        reason=reason,
        draft_hash=draft_hash,
        edits=edits,
        mandate_id=actor.mandate,
        at=clock.now(),
    )
