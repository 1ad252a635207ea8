"""Who drafts: the joint team everywhere, a party's people in the chapters it drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from plans.register.models import Plan
from plans.register.rules import can, plan_facts, require
from plans.text.models import Amendment, Chapter
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible
from stakeholders.terms.rights import ActRule, Facts, Lock, Relation, decide

JOINT = frozenset({Role.COORDINATOR, Role.DRAFTER})
DRAFTING = JOINT | {Role.PLANNER, Role.CONTACT_POINT, Role.DEPUTY}
FREE = frozenset({Lock.FREE})
_PROVISION = ActRule(roles=DRAFTING, grant="draft", locks=FREE, relations=frozenset({Relation.OWN}))
_CHAPTER = ActRule(roles=JOINT, grant="draft", locks=FREE)

ACTS: Mapping[str, ActRule] = {
    "chapter.add": _CHAPTER,
    "chapter.edit": _CHAPTER,
    "chapter.move": _CHAPTER,
    "chapter.remove": _CHAPTER,
    "provision.add": _PROVISION,
    "provision.edit": _PROVISION,
    "provision.move": _PROVISION,
    "provision.remove": _PROVISION,
    "provisions.move": _PROVISION,
    "amendment.propose": ActRule(roles=DRAFTING, grant="draft", locks=FREE),
    "amendment.apply": _PROVISION,
    "amendment.decline": ActRule(
        roles=DRAFTING, grant="draft", relations=frozenset({Relation.OWN})
    ),
    "amendment.withdraw": ActRule(
        roles=DRAFTING, grant="draft", relations=frozenset({Relation.OWN})
    ),
    "note.add": ActRule(roles=DRAFTING, grant="draft"),
    "note.resolve": ActRule(roles=DRAFTING, grant="draft"),
}


# Who co-makes the plan reads its working draft; who is consulted reads what was published.
READS_DRAFT = frozenset({"draft", "sign", "coordinate"})


def sees_draft(*, actor: Actor, plan: Plan) -> bool:
    """Whether `actor`, who sees the plan, also sees what is not published yet. Two queries."""
    facts = plan_facts(actor=actor, plan=plan)
    return actor.kind is ActorKind.SYSTEM or bool(facts.grants & READS_DRAFT)


def require_draft_sight(*, actor: Actor, plan: Plan) -> None:
    """NotVisible for whom the working draft is not there: neighbours, experts, observers."""
    if not sees_draft(actor=actor, plan=plan):
        raise NotVisible


def drafts_in(chapter: Chapter, *, actor: Actor) -> bool:
    """Whether the chapter is the actor's to draft (grant, lock and role are asked besides)."""
    return actor.role in JOINT or actor.jurisdiction_code in chapter.drafting


def require_drafting(act: str, *, actor: Actor, plan: Plan, chapter: Chapter) -> None:
    """Refuse unless `actor` may do `act` in `chapter`. NotVisible, Refused."""
    require(act, ACTS, actor=actor, plan=plan, own=drafts_in(chapter, actor=actor))


def editable_chapters(*, actor: Actor, plan: Plan, chapters: Iterable[Chapter]) -> frozenset[int]:
    """Ids of the chapters `actor` may draft in now; two queries, however many there are."""
    facts = plan_facts(actor=actor, plan=plan, own=True)
    if not decide("provision.edit", _PROVISION, facts):
        return frozenset()
    return frozenset(one.pk for one in chapters if drafts_in(one, actor=actor))


def require_amending(*, actor: Actor, plan: Plan) -> None:
    """Refuse unless `actor` drafts for a co-making party or the joint team; neighbours and
    experts propose wordings in their comments. NotVisible, Refused."""
    require("amendment.propose", ACTS, actor=actor, plan=plan)


def proposed_by(amendment: Amendment, *, actor: Actor) -> bool:
    """Whether the amendment is of the actor's own party, or of the joint team it serves in."""
    if amendment.jurisdiction_id is None or actor.role in JOINT:
        return amendment.jurisdiction_id is None and actor.role in JOINT
    return amendment.jurisdiction_id == actor.jurisdiction_code


def require_withdrawing(*, actor: Actor, plan: Plan, amendment: Amendment) -> None:
    """Refuse unless the amendment is the actor's own party's. NotVisible, Refused."""
    own = proposed_by(amendment, actor=actor)
    require("amendment.withdraw", ACTS, actor=actor, plan=plan, own=own)


def may_amend(*, actor: Actor, plan: Plan) -> bool:
    """Whether `actor` may propose a wording now, for templates. Two queries."""
    return bool(can("amendment.propose", ACTS, actor=actor, plan=plan))


def may_decide(
    *, actor: Actor, plan: Plan, chapter: Chapter, amendment: Amendment
) -> dict[str, bool]:
    """Whether `actor` may `apply`, `decline`, `withdraw` the amendment, for buttons. Two queries."""
    own = {
        "apply": drafts_in(chapter, actor=actor),
        "decline": drafts_in(chapter, actor=actor),
        "withdraw": proposed_by(amendment, actor=actor),
    }
    party = plan_facts(actor=actor, plan=plan, own=False)
    return {
        name: bool(decide(f"amendment.{name}", ACTS[f"amendment.{name}"], _owning(party, is_own)))
        for name, is_own in own.items()
    }


def _owning(facts: Facts, is_own: bool) -> Facts:
    """The facts about an object that is the actor's own, or is not."""
    is_party = facts.relation in (Relation.PARTY, Relation.OWN)
    return replace(facts, relation=Relation.OWN) if is_own and is_party else facts


JOINT_HOLDER = "joint"


def note_holder(*, actor: Actor, plan: Plan) -> str | None:
    """Whose internal notes `actor` reads: its own party's, the joint team's, or nobody's.

    Two queries.
    """
    if actor.role not in DRAFTING or "draft" not in plan_facts(actor=actor, plan=plan).grants:
        return None
    return JOINT_HOLDER if actor.role in JOINT else actor.jurisdiction_code
