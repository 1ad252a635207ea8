"""Who may do what with matters: one table act -> roles."""

from collections.abc import Mapping
from datetime import datetime

from consult.matters.ladder import end_of_workdays
from consult.matters.models import Matter
from plans.register import rules as register
from plans.register.models import Party, Plan
from plans.register.queries import visible_plans
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor, ActorKind, Role
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import ActRule, Facts, Lock, Reason, Relation, Verdict, decide

R = Role
_OFFICE = frozenset({R.COORDINATOR})
# The joint office, which serves all parties, and the people of a party of the matter.
_TEAM = ActRule(
    roles=frozenset({R.COORDINATOR, R.CONTACT_POINT, R.DEPUTY}),
    relations=frozenset({Relation.OWN}),
)
# A party speaks for itself, by who may speak for it outwards.
_PARTY = ActRule(
    roles=frozenset({R.CONTACT_POINT, R.SIGNATORY}), relations=frozenset({Relation.OWN})
)

ACTS: Mapping[str, ActRule] = {
    "matter.open": ActRule(roles=frozenset({R.COORDINATOR, R.CONTACT_POINT, R.DEPUTY})),
    "matter.stand": ActRule(
        roles=frozenset({R.CONTACT_POINT, R.SIGNATORY}), relations=frozenset({Relation.OWN})
    ),
    # The clock of the ladder raises a matter too, as the system.
    "matter.raise": ActRule(
        roles=_OFFICE,
        grant="coordinate",
        kinds=frozenset({ActorKind.MANDATED, ActorKind.SYSTEM}),
    ),
    # The difference is reserved: who agrees says so itself, by the draft of an agreement.
    "matter.close": ActRule(roles=_OFFICE, grant="coordinate"),
    "matter.reopen": ActRule(roles=_OFFICE, grant="coordinate"),
    "matter.reschedule": ActRule(roles=_OFFICE, grant="coordinate"),
    "matter.fact": _TEAM,
    "matter.link": _TEAM,
    # Only who opened it; the action asks.
    "matter.withdraw": _TEAM,
    "matter.object": _PARTY,
    "matter.ask_raise": _PARTY,
    # The party itself, or the office for it.
    "matter.join": ActRule(roles=frozenset({R.COORDINATOR, R.CONTACT_POINT, R.SIGNATORY})),
    "matter.leave": _PARTY,
    "option.propose": _TEAM,
    "option.revise": _TEAM,
    "option.withdraw": _TEAM,
    "option.answer": _PARTY,
    "commitment.propose": _TEAM,
    "commitment.give": _PARTY,
    "commitment.take_back": _PARTY,
    "commitment.report": ActRule(
        roles=frozenset({R.CONTACT_POINT, R.DEPUTY}), relations=frozenset({Relation.OWN})
    ),
    "commitment.confirm": _PARTY,
    "agreement.propose": _TEAM,
    "agreement.answer": _PARTY,
    "matters.import": ActRule(
        roles=frozenset(), kinds=frozenset({ActorKind.ADMINISTRATOR, ActorKind.SYSTEM})
    ),
}

# Working days in which the other parties may object to a withdrawal.
DAYS_TO_OBJECT = 10


def objection_until(since: datetime) -> datetime:
    """Until when a party may object to a withdrawal of `since`."""
    return end_of_workdays(since, DAYS_TO_OBJECT)


def is_own(*, actor: Actor, matter: Matter) -> bool:
    """Whether the matter is one of the actor's jurisdiction; the joint office serves them all."""
    if actor.role in OF_ALL_PARTIES:
        return True
    codes = {unit.code for unit in matter.jurisdictions.all()}
    return actor.jurisdiction_code in codes


def can(act: str, *, actor: Actor, plan: Plan, matter: Matter | None = None) -> Verdict:
    """The verdict on one act, for templates."""
    own = matter is not None and is_own(actor=actor, matter=matter)
    return decide(act, ACTS[act], register.plan_facts(actor=actor, plan=plan, own=own))


def require(act: str, *, actor: Actor, plan: Plan, matter: Matter | None = None) -> None:
    """NotVisible or Refused unless `actor` may do `act`."""
    own = matter is not None and is_own(actor=actor, matter=matter)
    register.require(act, ACTS, actor=actor, plan=plan, own=own)


def require_import(*, actor: Actor) -> None:
    """The library belongs to no plan: administrators and the site itself load it."""
    facts = Facts(
        kind=actor.kind,
        role=actor.role,
        acts=actor.acts,
        grants=frozenset({"view"}),
        phase=1,
        lock=Lock.FREE,
        relation=Relation.OWN,
    )
    verdict = decide("matters.import", ACTS["matters.import"], facts)
    if not verdict:
        raise Refused(verdict)


def opening_plans(*, actor: Actor) -> list[Plan]:
    """The plans in which the actor's mandate may take up a matter. One query; the act asks again."""
    if actor.role not in ACTS["matter.open"].roles:
        return []
    plans = visible_plans(actor=actor).order_by("key")
    if actor.role not in OF_ALL_PARTIES:
        own = Party.objects.filter(jurisdiction=actor.jurisdiction_code, left_at__isnull=True)
        plans = plans.filter(pk__in=own.values("plan"))
    return [plan for plan in plans if actor.may_touch_plan(plan.key)]


def require_own(*, actor: Actor, act: str, code: str | None) -> None:
    """Refused unless what `act` is done to is the actor's own: its jurisdiction's, or for code
    None that of the joint office."""
    speaker = None if actor.role in OF_ALL_PARTIES else actor.jurisdiction_code
    if speaker != code:
        raise Refused(
            Verdict(allowed=False, reason=Reason.NOT_YOURS, act=act, holders=ACTS[act].roles)
        )
