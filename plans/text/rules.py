"""Who drafts: the joint team everywhere, a party's people in the chapters it drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan
from plans.register.rules import DRAFTING, FREE, JOINT, can, plan_facts, require
from plans.register.rules import require_draft_sight as require_draft_sight
from plans.register.rules import sees_draft as sees_draft
from plans.text.enums import JOINT_TEAM
from plans.text.models import Amendment, Chapter, EditorialClaim
from plans.text.queries import answering_parties
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import NotVisible, Refused
from stakeholders.terms.rights import ActRule, Facts, Reason, Relation, Verdict, decide

# Who says for a party whether a change is editorial; the joint office is no party.
JUDGES = frozenset({Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER})
_OWN = frozenset({Relation.OWN})
_PROVISION = ActRule(roles=DRAFTING, grant="draft", locks=FREE, relations=_OWN)
_JOINTLY = ActRule(roles=JOINT, grant="draft", locks=FREE)
# What belongs to no chapter, such as the table of standards: every co-maker's people write it.
_ANYWHERE = ActRule(roles=DRAFTING, grant="draft", locks=FREE)

ACTS: Mapping[str, ActRule] = {
    "item.split": _PROVISION,
    "item.merge": _PROVISION,
    "item.replace": _PROVISION,
    "chapter.add": _JOINTLY,
    "chapter.edit": _JOINTLY,
    "chapter.move": _JOINTLY,
    "chapter.remove": _JOINTLY,
    "provision.add": _PROVISION,
    "provision.edit": _PROVISION,
    "provision.move": _PROVISION,
    "provision.remove": _PROVISION,
    # Answered for another co-making party than the one that claims: that is what is its own.
    "claim.answer": ActRule(roles=JUDGES, grant="draft", locks=FREE, relations=_OWN),
    "term.add": _JOINTLY,
    "term.remove": _JOINTLY,
    "provisions.move": _PROVISION,
    "amendment.propose": _ANYWHERE,
    "amendment.apply": _PROVISION,
    "amendment.decline": ActRule(roles=DRAFTING, grant="draft", relations=_OWN),
    "amendment.withdraw": ActRule(roles=DRAFTING, grant="draft", relations=_OWN),
    "note.add": ActRule(roles=DRAFTING, grant="draft"),
    "note.resolve": ActRule(roles=DRAFTING, grant="draft"),
    # Which chapters one may write is asked of each chapter besides.
    "text.import": _ANYWHERE,
    "standard.add": _ANYWHERE,
    "standard.edit": _ANYWHERE,
    "standard.remove": _ANYWHERE,
    "standard.import": _ANYWHERE,
}


def drafts_in(chapter: Chapter, *, actor: Actor) -> bool:
    """Whether the chapter is the actor's to draft (grant, lock and role are asked besides)."""
    return actor.role in JOINT or actor.jurisdiction_code in chapter.drafting


def require_drafting(act: str, *, actor: Actor, plan: Plan, chapter: Chapter) -> None:
    """Refuse unless `actor` may do `act` in `chapter`. NotVisible, Refused.

    For whom the working draft is not there its chapters and provisions are not there either: a
    refusal would tell their keys.
    """
    try:
        require(act, ACTS, actor=actor, plan=plan, own=drafts_in(chapter, actor=actor))
    except Refused:
        require_draft_sight(actor=actor, plan=plan)
        raise


def editable_chapters(*, actor: Actor, plan: Plan, chapters: Iterable[Chapter]) -> frozenset[int]:
    """Ids of the chapters `actor` may draft in now; two queries, however many there are."""
    facts = plan_facts(actor=actor, plan=plan, own=True)
    if not decide("provision.edit", _PROVISION, facts):
        return frozenset()
    return frozenset(one.pk for one in chapters if drafts_in(one, actor=actor))


def judging(*, actor: Actor, plan: Plan, claim: EditorialClaim) -> Verdict:
    """Whether `actor` may answer this claim for its party; three queries."""
    own = actor.jurisdiction_code in answering_parties(plan, claim=claim)
    facts = plan_facts(actor=actor, plan=plan, own=own)
    return decide("claim.answer", ACTS["claim.answer"], facts)


def require_judging(*, actor: Actor, plan: Plan, claim: EditorialClaim) -> None:
    """Refuse unless `actor` speaks for another co-making party than the claimer's."""
    verdict = judging(actor=actor, plan=plan, claim=claim)
    if verdict.reason is Reason.NOT_VISIBLE:
        raise NotVisible
    if verdict.reason is Reason.NOT_YOURS:
        raise Refused(verdict, text=_("Another co-making party than the one that claims answers."))
    if not verdict:
        raise Refused(verdict)


def answerable(*, actor: Actor, plan: Plan, claims: Iterable[EditorialClaim]) -> frozenset[int]:
    """Ids of the claims `actor` may answer for its party; three queries, however many."""
    facts = plan_facts(actor=actor, plan=plan, own=True)
    if not decide("claim.answer", ACTS["claim.answer"], facts):
        return frozenset()
    code = actor.jurisdiction_code
    if not plan.parties.co_makers().filter(jurisdiction_id=code).exists():
        return frozenset()
    return frozenset(one.pk for one in claims if one.jurisdiction_id != code)


def require_amending(*, actor: Actor, plan: Plan) -> None:
    """Refuse unless `actor` drafts for a co-making party or the joint team; neighbours and
    experts propose wordings in their comments. NotVisible, Refused."""
    require_draft_sight(actor=actor, plan=plan)
    require("amendment.propose", ACTS, actor=actor, plan=plan)


def proposed_by(amendment: Amendment, *, actor: Actor) -> bool:
    """Whether the amendment is of the actor's own party, or of the joint team it serves in."""
    if amendment.jurisdiction_id is None or actor.role in JOINT:
        return amendment.jurisdiction_id is None and actor.role in JOINT
    return amendment.jurisdiction_id == actor.jurisdiction_code


def require_withdrawing(*, actor: Actor, plan: Plan, amendment: Amendment) -> None:
    """Refuse unless the amendment is the actor's own party's. NotVisible, Refused."""
    own = proposed_by(amendment, actor=actor)
    require_draft_sight(actor=actor, plan=plan)
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


def note_holder(*, actor: Actor, plan: Plan) -> str | None:
    """Whose internal notes `actor` reads: its own party's, the joint team's, or nobody's.

    Two queries.
    """
    if actor.role not in DRAFTING or "draft" not in plan_facts(actor=actor, plan=plan).grants:
        return None
    return JOINT_TEAM if actor.role in JOINT else actor.jurisdiction_code
