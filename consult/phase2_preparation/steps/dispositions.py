"""Row writes of dispositions, their publication and answers, and reasons of changes."""

from collections.abc import Iterable

from consult.matters.models import Matter
from consult.phase2_preparation.models import (
    ChangeReason,
    Comment,
    CommenterAnswer,
    Disposition,
    DispositionPublication,
)
from consult.phase2_preparation.steps.replies import mandate_of, mandate_or_link
from plans.register.models import Item, Plan
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor


def write_disposition(
    *,
    comment: Comment,
    actor: Actor,
    outcome: str,
    reason_zh: str,
    reason_en: str,
    matter: Matter | None,
) -> Disposition:
    return Disposition.objects.create(
        comment=comment,
        outcome=outcome,
        reason_zh=reason_zh.strip(),
        reason_en=reason_en.strip(),
        matter=matter,
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )


def publish(*, dispositions: Iterable[Disposition], actor: Actor) -> str:
    """Show dispositions to all in one batch; returns the batch."""
    batch, now = canonical.new_nonce()[:32], clock.now()
    DispositionPublication.objects.bulk_create(
        DispositionPublication(disposition=row, batch=batch, mandate_id=mandate_of(actor), at=now)
        for row in dispositions
    )
    return batch


def write_answer(
    *, disposition: Disposition, actor: Actor, accepts: bool, text: str
) -> CommenterAnswer:
    return CommenterAnswer.objects.create(
        disposition=disposition,
        accepts=accepts,
        text=text.strip(),
        mandate_id=mandate_or_link(actor),
        at=clock.now(),
    )


def explain(
    *,
    plan: Plan,
    item: Item,
    actor: Actor,
    disposition: Disposition | None,
    matter: Matter | None,
    note: str,
) -> ChangeReason:
    return ChangeReason.objects.create(
        plan=plan,
        item=item,
        disposition=disposition,
        matter=matter,
        note=note.strip(),
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )
