"""An act that two persons do: the first prepares it, it is done when the second confirms it.

The caller requires the right to the act from both, does it at the confirmation, and names both
mandates in its one record entry (`both`).
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from consult.ballots.models import TwoPersonEnd, TwoPersonProposal
from consult.ballots.queries.two_persons import is_waiting, sees_proposal
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason, Verdict

LONGEST_REASON = 300


def propose_for_two(
    *,
    actor: Actor,
    plan: Plan,
    act: str,
    subject: str,
    content: Mapping[str, object],
    jurisdiction: Jurisdiction | str | None = None,
) -> TwoPersonProposal:
    """Write down what a second person is to confirm; it takes the place of an older one that waits
    on the same act and subject. `content` is what the act is given, without floats.

    `jurisdiction`: whose inside it belongs to; a proposal of the joint office has none.
    """
    text = canonical.canonical(content)
    code = jurisdiction.pk if isinstance(jurisdiction, Jurisdiction) else jurisdiction
    return TwoPersonProposal.objects.create(
        plan=lock_plan(plan),
        act=act,
        subject=subject,
        jurisdiction_id=code,
        mandate_id=actor.mandate,
        content=text,
        hash=canonical.digest(text),
        at=clock.now(),
    )


def confirm_as_second(*, actor: Actor, proposal: TwoPersonProposal) -> TwoPersonEnd:
    """The second person's word; the caller then does the act with `proposal.content`.

    Raises NotVisible (another party's), Refused (the same person, also under another mandate),
    Conflict (replaced, answered or lapsed; the first one's mandate has ended; altered content).
    """
    _lock(proposal, actor=actor)
    first = Mandate.objects.counted(clock.now()).filter(pk=proposal.mandate_id).first()
    if proposal.mandate.user_id == actor.person:
        verdict = Verdict(
            allowed=False,
            reason=Reason.NOT_YOURS,
            act=proposal.act,
            holders=frozenset({actor.role} if actor.role else ()),
        )
        text = _("You have prepared this yourself: a second person has to confirm it.")
        raise Refused(verdict, text=text)
    if first is None:
        raise Conflict(_("The mandate of who prepared this has ended: it has to be prepared anew."))
    if canonical.digest(proposal.content) != proposal.hash:
        raise Conflict(
            _("What was prepared is not what its hash says: it has to be prepared anew.")
        )
    return _end(actor, proposal, is_confirmed=True)


def refuse_as_second(*, actor: Actor, proposal: TwoPersonProposal, reason: str) -> TwoPersonEnd:
    """Send it back with the compulsory reason; who prepared it may take it back so, too.

    Raises NotVisible, Invalid, Conflict (replaced, answered or lapsed).
    """
    _lock(proposal, actor=actor)
    reason = reason.strip()
    if not reason:
        raise Invalid({"reason": _("Give the reason.")})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": _("The reason has at most 300 characters.")})
    return _end(actor, proposal, is_confirmed=False, reason=reason)


def both(end: TwoPersonEnd) -> dict[str, object]:
    """What the record entry of the act says of its two persons: ids and the hash."""
    first = end.proposal
    return {
        "proposal": [first.pk, first.hash],
        "mandates": [first.mandate_id, end.mandate_id],
    }


def _lock(proposal: TwoPersonProposal, *, actor: Actor) -> None:
    """One at a time per plan: of two seconds at once the later one finds it answered."""
    if not sees_proposal(proposal, actor=actor):
        raise NotVisible
    lock_plan(proposal.plan)
    if not is_waiting(proposal):
        raise Conflict(_("This no longer waits for a second person: it was answered or replaced."))


def _end(
    actor: Actor, proposal: TwoPersonProposal, *, is_confirmed: bool, reason: str = ""
) -> TwoPersonEnd:
    return TwoPersonEnd.objects.create(
        proposal=proposal,
        is_confirmed=is_confirmed,
        reason=reason,
        mandate_id=actor.mandate,
        at=clock.now(),
    )
