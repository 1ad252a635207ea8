"""Who may do what in the joint organization: one table."""

from collections.abc import Mapping

from consult.phase1_organization.models import Invitation
from plans.register.models import Plan
from plans.register.rules import plan_facts
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible, Refused
from stakeholders.terms.rights import ActRule, Facts, Reason, Relation, Verdict, decide

COORDINATOR = frozenset({Role.COORDINATOR})
SIGNATORY = frozenset({Role.SIGNATORY})
OWN = frozenset({Relation.OWN})
# Parties join before a text is put to the sign-off. Rules are changed in any phase, by all
# co-makers again, only not while a sign-off is open.
EARLY = frozenset({1, 2})
LATER = frozenset({2, 3, 4})
# A person closes a ballot when all have spoken; at its hour the sweep does.
TIMED = frozenset({ActorKind.MANDATED, ActorKind.SYSTEM})

ACTS: Mapping[str, ActRule] = {
    "invitation.send": ActRule(roles=COORDINATOR, grant="coordinate", phases=EARLY),
    "invitation.answer": ActRule(
        roles=frozenset({Role.CONTACT_POINT}),
        phases=EARLY,
        relations=frozenset({Relation.INVITED}),
    ),
    # The hour lets an acceptance count when its claimed mandate has been confirmed.
    "invitation.count": ActRule(
        roles=frozenset(), phases=EARLY, kinds=frozenset({ActorKind.SYSTEM})
    ),
    "charter.propose": ActRule(roles=COORDINATOR, grant="coordinate"),
    "charter.open_ballot": ActRule(roles=COORDINATOR, grant="coordinate"),
    "charter.take_position": ActRule(
        roles=frozenset({Role.SIGNATORY}), grant="sign", relations=frozenset({Relation.OWN})
    ),
    "charter.close_ballot": ActRule(roles=COORDINATOR, grant="coordinate", kinds=TIMED),
    "charter.close_without_result": ActRule(roles=COORDINATOR, grant="coordinate"),
    "charter.recall_ballot": ActRule(roles=COORDINATOR, grant="coordinate"),
    "base.open_ballot": ActRule(roles=COORDINATOR, grant="coordinate", phases=EARLY),
    "base.take_position": ActRule(
        roles=frozenset({Role.SIGNATORY}),
        grant="sign",
        phases=EARLY,
        relations=frozenset({Relation.OWN}),
    ),
    "base.close_ballot": ActRule(roles=COORDINATOR, grant="coordinate", phases=EARLY, kinds=TIMED),
    "base.close_without_result": ActRule(roles=COORDINATOR, grant="coordinate", phases=EARLY),
    "base.recall_ballot": ActRule(roles=COORDINATOR, grant="coordinate", phases=EARLY),
    # Leaving binds a jurisdiction: its signatory gives notice and takes it back, by form only.
    "party.give_notice": ActRule(roles=SIGNATORY, grant="sign", relations=OWN),
    "party.recall_notice": ActRule(roles=SIGNATORY, grant="sign", relations=OWN),
    "party.leave": ActRule(roles=COORDINATOR, grant="coordinate", kinds=TIMED),
    # In the first phase one joins by invitation.
    "accession.propose": ActRule(roles=COORDINATOR, grant="coordinate", phases=LATER),
    "accession.open_ballot": ActRule(roles=COORDINATOR, grant="coordinate", phases=LATER),
    "accession.take_position": ActRule(roles=SIGNATORY, grant="sign", phases=LATER, relations=OWN),
    "accession.close_ballot": ActRule(
        roles=COORDINATOR, grant="coordinate", phases=LATER, kinds=TIMED
    ),
    "accession.close_without_result": ActRule(roles=COORDINATOR, grant="coordinate", phases=LATER),
    "accession.recall_ballot": ActRule(roles=COORDINATOR, grant="coordinate", phases=LATER),
}


def plan_verdicts(*, actor: Actor, plan: Plan, is_elector: bool) -> dict[str, Verdict]:
    """The verdict on every act on the plan, for its pages; the facts are read once.

    `is_elector`: the actor's jurisdiction counts in the open ballot.
    """
    facts = plan_facts(actor=actor, plan=plan)
    own = plan_facts(actor=actor, plan=plan, own=True) if is_elector else facts
    return {
        act: decide(act, rule, own if rule.relations == {Relation.OWN} else facts)
        for act, rule in ACTS.items()
        if act not in {"invitation.answer", "invitation.count"}
    }


def answer_verdict(*, actor: Actor, invitation: Invitation) -> Verdict:
    """Whether `actor` may answer: the contact point of the jurisdiction that was invited."""
    own = (
        actor.kind is ActorKind.MANDATED
        and actor.jurisdiction_code == invitation.jurisdiction_id
        and actor.may_touch_plan(invitation.plan.key)
    )
    facts = Facts(
        kind=actor.kind,
        role=actor.role,
        acts=actor.acts,
        grants=frozenset(),
        phase=invitation.plan.phase,
        lock=invitation.plan.lock,
        relation=Relation.INVITED if own else Relation.NONE,
    )
    return decide("invitation.answer", ACTS["invitation.answer"], facts)


def require_answer(*, actor: Actor, invitation: Invitation) -> None:
    """Refuse (Refused) whoever may not answer; NotVisible for other jurisdictions."""
    verdict = answer_verdict(actor=actor, invitation=invitation)
    if verdict.reason is Reason.NOT_VISIBLE:
        raise NotVisible
    if not verdict:
        raise Refused(verdict)
