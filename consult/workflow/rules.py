"""The coordinator publishes and moves the phase; a named person does it, never a date."""

from collections.abc import Mapping
from dataclasses import replace

from consult.approval.queries.replies import ReplyState
from plans.register.models import Plan
from plans.register.rules import plan_facts
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import NotVisible, Refused
from stakeholders.terms.rights import ActRule, Lock, Reason, Verdict, decide

_COORDINATOR = frozenset({Role.COORDINATOR})

ACTS: Mapping[str, ActRule] = {
    "revision.publish": ActRule(
        roles=_COORDINATOR, grant="coordinate", locks=frozenset({Lock.FREE})
    ),
    "phase.advance": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({1, 2, 3})),
    "phase.reopen": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({3})),
    # A party has asked for it in the sign-off.
    "reopening.accept": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({3})),
}


def publishing(*, actor: Actor, plan: Plan, state: ReplyState | None) -> Verdict:
    """Whether `actor` may publish. `state`: the approving reply whose text is due, if any; where it
    changes no item, the lock gives way to the same text as the approved one. Two queries."""
    facts = plan_facts(actor=actor, plan=plan)
    if state is not None and not state.named:
        facts = replace(facts, lock=Lock.FREE)
    return decide("revision.publish", ACTS["revision.publish"], facts)


def require_publishing(*, actor: Actor, plan: Plan, state: ReplyState | None) -> None:
    """NotVisible, Refused."""
    verdict = publishing(actor=actor, plan=plan, state=state)
    if verdict.reason is Reason.NOT_VISIBLE:
        raise NotVisible
    if not verdict:
        raise Refused(verdict)
