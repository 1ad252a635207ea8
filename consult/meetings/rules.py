"""Who may do what about meetings: one table act -> roles.

Whoever calls a meeting leads it: the joint office, or the contact point of the party that has the
chair. `own` says so, or that the jurisdiction is invited, asked or an elector.
"""

from collections.abc import Mapping

from consult.meetings.models import Meeting
from plans.register import rules as register
from plans.register.models import Plan
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor, ActorKind, Role
from stakeholders.terms.rights import ActRule, Relation, Verdict, decide

R = Role
_OWN = frozenset({Relation.OWN})
_LEADS = ActRule(roles=frozenset({R.COORDINATOR, R.CONTACT_POINT}), relations=_OWN)
_PARTY = ActRule(roles=frozenset({R.CONTACT_POINT, R.DEPUTY}), relations=_OWN)
_WRITES = ActRule(
    roles=frozenset({R.COORDINATOR, R.DRAFTER, R.CONTACT_POINT, R.DEPUTY, R.PLANNER}),
    relations=_OWN,
)
_OFFICE = ActRule(roles=frozenset({R.COORDINATOR}), grant="coordinate")

ACTS: Mapping[str, ActRule] = {
    "meeting.plan": _LEADS,
    "meeting.edit": _LEADS,
    "meeting.call": _LEADS,
    "meeting.cancel": _LEADS,
    "agenda.add": _LEADS,
    "agenda.edit": _LEADS,
    "agenda.move": _LEADS,
    "agenda.remove": _LEADS,
    "meeting.add_paper": _WRITES,
    "meeting.remove_paper": _WRITES,
    "attendance.answer": _PARTY,
    "attendance.note": _LEADS,
    "decision.note": _LEADS,
    "decision.open_ballot": _OFFICE,
    # A position binds: the signatory's own, by form only.
    "decision.take_position": ActRule(roles=frozenset({R.SIGNATORY}), grant="sign", relations=_OWN),
    "decision.close_ballot": ActRule(
        roles=_OFFICE.roles,
        grant="coordinate",
        kinds=frozenset({ActorKind.MANDATED, ActorKind.SYSTEM}),
    ),
    "decision.close_without_result": _OFFICE,
    "decision.recall_ballot": _OFFICE,
    "resolution.assign": _LEADS,
    "minutes.edit": _WRITES,
    "minutes.put_forward": _LEADS,
    "minutes.comment": _PARTY,
    "minutes.reply": _LEADS,
    "minutes.confirm": ActRule(roles=frozenset({R.CONTACT_POINT, R.SIGNATORY}), relations=_OWN),
}
# What is the own of who leads the meeting; everything else is that of who is invited to it.
LED = frozenset(act for act, rule in ACTS.items() if rule is _LEADS)


def leads(*, actor: Actor, chair: str | None) -> bool:
    """Whether the actor leads a meeting with this chair; the joint office leads any."""
    return actor.role in OF_ALL_PARTIES or (chair is not None and chair == actor.jurisdiction_code)


def is_invited(*, actor: Actor, meeting: Meeting) -> bool:
    """Whether the actor's jurisdiction is invited; the joint office serves all who are."""
    if actor.role in OF_ALL_PARTIES:
        return True
    return any(one.jurisdiction_id == actor.jurisdiction_code for one in meeting.guests.all())


def is_own(act: str, *, actor: Actor, meeting: Meeting) -> bool:
    if act in LED:
        return leads(actor=actor, chair=meeting.chair_id)
    return is_invited(actor=actor, meeting=meeting)


def can(act: str, *, actor: Actor, plan: Plan, meeting: Meeting) -> Verdict:
    """The verdict on one act, for templates."""
    own = is_own(act, actor=actor, meeting=meeting)
    return decide(act, ACTS[act], register.plan_facts(actor=actor, plan=plan, own=own))


def require(act: str, *, actor: Actor, plan: Plan, meeting: Meeting) -> None:
    """NotVisible or Refused unless `actor` may do `act` on this meeting."""
    own = is_own(act, actor=actor, meeting=meeting)
    register.require(act, ACTS, actor=actor, plan=plan, own=own)


def require_plan(*, actor: Actor, plan: Plan, chair: str | None) -> None:
    """NotVisible or Refused unless `actor` may plan a meeting with this chair."""
    own = leads(actor=actor, chair=chair)
    register.require("meeting.plan", ACTS, actor=actor, plan=plan, own=own)


def can_plan(*, actor: Actor, plan: Plan, chair: str | None) -> bool:
    """Whether the page offers to plan a meeting: the office, or a party that may take the chair."""
    own = leads(actor=actor, chair=chair) or actor.inside is not None
    facts = register.plan_facts(actor=actor, plan=plan, own=own)
    return bool(decide("meeting.plan", ACTS["meeting.plan"], facts))


def require_may_plan(*, actor: Actor, plan: Plan, chair: str | None) -> None:
    """NotVisible or Refused for whom the form to plan one is not there; the act asks again."""
    own = leads(actor=actor, chair=chair) or actor.inside is not None
    register.require("meeting.plan", ACTS, actor=actor, plan=plan, own=own)
