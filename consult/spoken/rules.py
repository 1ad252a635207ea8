"""Who may enter an act for a party, and who gives the party's word on it: one table."""

from collections.abc import Mapping
from dataclasses import replace

from consult.matters import rules as matters
from consult.phase1_organization import rules as phase1
from consult.phase1_organization.models import Invitation
from consult.phase2_preparation import rules as phase2
from consult.phase3_identification import rules as phase3
from consult.spoken.enums import ActKind, confirmer_of
from consult.spoken.models import EnteredAct
from plans.register.models import Plan
from plans.register.rules import plan_facts
from stakeholders.people.enums import Basis
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import NotVisible, Refused
from stakeholders.terms.rights import ActRule, Facts, Reason, Relation, Verdict, decide

_OFFICE = frozenset({Role.COORDINATOR})
# Ad referendum anybody of the party may speak whose mandate does not bind for the act itself.
_OF_THE_PARTY = frozenset({Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER, Role.SIGNATORY})
_CONFIRMERS = frozenset({Role.CONTACT_POINT, Role.SIGNATORY})
_EARLY, _PREPARING, _DECIDING = frozenset({1, 2}), frozenset({2}), frozenset({1, 2, 3})
_OWN, _INVITED = frozenset({Relation.OWN}), frozenset({Relation.INVITED})

ACTS: Mapping[str, ActRule] = {
    "answer.enter_for": ActRule(roles=_OFFICE, grant="coordinate", phases=_EARLY),
    "reply.enter_for": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "stand.enter_for": ActRule(roles=_OFFICE, grant="coordinate"),
    "position.enter_for": ActRule(roles=_OFFICE, grant="coordinate", phases=_DECIDING),
    "answer.ad_referendum": ActRule(roles=_OF_THE_PARTY, phases=_EARLY, relations=_INVITED),
    "reply.ad_referendum": ActRule(roles=_OF_THE_PARTY, phases=_PREPARING, relations=_OWN),
    "stand.ad_referendum": ActRule(roles=_OF_THE_PARTY, relations=_OWN),
    "position.ad_referendum": ActRule(roles=_OF_THE_PARTY, phases=_DECIDING, relations=_OWN),
    # What is confirmed is done as the act itself, whose own rule is asked besides.
    "spoken.confirm": ActRule(roles=_CONFIRMERS, relations=_OWN | _INVITED),
    "spoken.refuse": ActRule(roles=_CONFIRMERS, relations=_OWN | _INVITED),
}
# Kind -> the act that is done when the entry is confirmed, and the table it stands in.
DONE_AS: Mapping[str, tuple[str, Mapping[str, ActRule]]] = {
    ActKind.ANSWER.value: ("invitation.answer", phase1.ACTS),
    ActKind.REPLY.value: ("reply.submit", phase2.ACTS),
    ActKind.STAND.value: ("matter.stand", matters.ACTS),
    ActKind.CHARTER.value: ("charter.take_position", phase1.ACTS),
    ActKind.POSITION.value: ("position.take", phase3.ACTS),
}


def act_of(kind: str, basis: Basis) -> str:
    """The name of entering an act of `kind` on `basis`."""
    stem = "position" if kind == ActKind.CHARTER else kind
    return f"{stem}.enter_for" if basis is Basis.ON_EVIDENCE else f"{stem}.ad_referendum"


def facts(*, actor: Actor, plan: Plan, kind: str, code: str) -> Facts:
    """The facts of `actor` to an act of jurisdiction `code`. Three queries at most.

    An invited jurisdiction does not see the plan yet, and speaks on its invitation only. Who was
    not invited learns of nothing.
    """
    own = actor.inside == code
    found = plan_facts(actor=actor, plan=plan, own=own)
    asks = kind == ActKind.ANSWER and own and actor.may_touch_plan(plan.key)
    if asks and Invitation.objects.filter(plan=plan, jurisdiction=code).exists():
        return replace(found, relation=Relation.INVITED)
    return found


def entering_verdict(*, actor: Actor, plan: Plan, kind: str, code: str, basis: Basis) -> Verdict:
    """Whether `actor` may enter an act of `code`. What is provisional knows no limit by act."""
    act = act_of(kind, basis)
    given = facts(actor=actor, plan=plan, kind=kind, code=code)
    if basis is Basis.AD_REFERENDUM:
        given = replace(given, acts=None)
    return decide(act, ACTS[act], given)


def require_entering(*, actor: Actor, plan: Plan, kind: str, code: str, basis: Basis) -> None:
    """NotVisible or Refused unless `entering_verdict`."""
    _refuse(entering_verdict(actor=actor, plan=plan, kind=kind, code=code, basis=basis))


def binds(*, actor: Actor, plan: Plan, kind: str, code: str) -> bool:
    """Whether the actor's mandate lets it do the act itself, so that nobody has to confirm."""
    act, table = DONE_AS[kind]
    given = facts(actor=actor, plan=plan, kind=kind, code=code)
    return bool(decide(act, table[act], given))


def word_verdict(act: str, *, actor: Actor, entered: EnteredAct) -> Verdict:
    """Whether `actor` may give the party's word (`spoken.confirm`, `spoken.refuse`)."""
    rule = replace(ACTS[act], roles=frozenset({confirmer_of(entered.kind)}))
    given = facts(
        actor=actor, plan=entered.plan, kind=entered.kind, code=str(entered.jurisdiction_id)
    )
    return decide(act, rule, given)


def require_word(act: str, *, actor: Actor, entered: EnteredAct) -> None:
    """NotVisible or Refused unless `word_verdict`."""
    _refuse(word_verdict(act, actor=actor, entered=entered))


def _refuse(verdict: Verdict) -> None:
    if verdict.reason is Reason.NOT_VISIBLE:
        raise NotVisible
    if not verdict:
        raise Refused(verdict)
