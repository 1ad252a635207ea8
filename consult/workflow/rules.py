"""The coordinator publishes and moves the phase; a named person does it, never a date."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from consult.approval.queries.replies import ReplyState
from consult.workflow.enums import ChangeWay
from plans.register.models import Plan
from plans.register.rules import plan_facts
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, NotVisible, Refused
from stakeholders.terms.rights import ActRule, Lock, Reason, Relation, Verdict, decide

_COORDINATOR = frozenset({Role.COORDINATOR})

ACTS: Mapping[str, ActRule] = {
    "revision.publish": ActRule(
        roles=_COORDINATOR, grant="coordinate", locks=frozenset({Lock.FREE})
    ),
    "phase.advance": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({1, 2, 3})),
    "phase.reopen": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({3})),
    # The text in force is changed: corrected, adjusted, or taken through phases 2 and 3 again.
    "change.open": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({4})),
    "change.put_forward": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({4})),
    "correction.answer": ActRule(
        roles=frozenset({Role.CONTACT_POINT, Role.SIGNATORY}),
        grant="view",
        phases=frozenset({4}),
        relations=frozenset({Relation.OWN}),
    ),
    "adjustment.answer": ActRule(
        roles=frozenset({Role.SIGNATORY}),
        grant="sign",
        phases=frozenset({4}),
        relations=frozenset({Relation.OWN}),
    ),
    "change.enforce": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({4})),
    "change.withdraw": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({2, 4})),
    # A party has asked for it in the sign-off.
    "reopening.accept": ActRule(roles=_COORDINATOR, grant="coordinate", phases=frozenset({3})),
}


ANSWER_ACTS: Mapping[str, str] = {
    ChangeWay.CORRECTION.value: "correction.answer",
    ChangeWay.ADJUSTMENT.value: "adjustment.answer",
}


def answer_act_of(way: str) -> str:
    """The act by which a party answers a change of `way`. Conflict for an amendment."""
    if way not in ANSWER_ACTS:
        raise Conflict(_("An amendment goes through preparation and identification."))
    return ANSWER_ACTS[way]


def may_answer(*, actor: Actor, plan: Plan, way: str) -> bool:
    """Whether `actor` answers such a change for its jurisdiction, which it concerns. Two queries."""
    act = answer_act_of(way)
    return bool(decide(act, ACTS[act], plan_facts(actor=actor, plan=plan, own=True)))


def require_by_program(way: str) -> None:
    """Conflict where the answer binds a jurisdiction: it is given by form only."""
    if way == ChangeWay.ADJUSTMENT:
        raise Conflict(_("A local adjustment is answered by the signatory on its page."))


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
