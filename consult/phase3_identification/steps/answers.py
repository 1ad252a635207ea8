"""Row writes: an override, a request to reopen and its answer."""

from collections.abc import Sequence

from consult.ballots.models import TwoPersonProposal
from consult.phase3_identification.models import (
    Override,
    ReopeningAnswer,
    ReopeningItem,
    ReopeningRequest,
    SignOff,
    SignOffBallot,
)
from plans.register.models import Item
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def write_override(
    *, actor: Actor, ballot: SignOffBallot, proposal: TwoPersonProposal, reason: str
) -> Override:
    """The override of the wording of `ballot`, confirmed by the actor as its second person."""
    return Override.objects.create(
        item_ballot=ballot,
        proposal=proposal,
        reason=reason,
        mandate_id=proposal.mandate_id,
        second_id=actor.mandate_id or 0,
        at=clock.now(),
    )


def write_request(
    *, actor: Actor, sign_off: SignOff, items: Sequence[Item], reason: str
) -> ReopeningRequest:
    """The actor's party asks that `items` go back to preparation."""
    row = ReopeningRequest.objects.create(
        sign_off=sign_off,
        jurisdiction_id=actor.jurisdiction_code or "",
        mandate_id=actor.mandate_id or 0,
        reason=reason,
        at=clock.now(),
    )
    ReopeningItem.objects.bulk_create(ReopeningItem(request=row, item=item) for item in items)
    return row


def answer_request(
    *, actor: Actor, row: ReopeningRequest, is_accepted: bool, reason: str = ""
) -> ReopeningAnswer:
    """The joint office's word on a request: its right is the caller's affair."""
    return ReopeningAnswer.objects.create(
        request=row,
        is_accepted=is_accepted,
        reason=reason,
        mandate_id=actor.mandate_id or 0,
        at=clock.now(),
    )
