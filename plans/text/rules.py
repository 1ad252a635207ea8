"""Who drafts: the joint team everywhere, a party's people in the chapters it drafts."""

from collections.abc import Iterable, Mapping

from plans.register.models import Plan
from plans.register.rules import plan_facts, require
from plans.register.rules import require_draft_sight as require_draft_sight
from plans.register.rules import sees_draft as sees_draft
from plans.text.models import Chapter
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.rights import ActRule, Lock, Relation, decide

JOINT = frozenset({Role.COORDINATOR, Role.DRAFTER})
DRAFTING = JOINT | {Role.PLANNER, Role.CONTACT_POINT, Role.DEPUTY}
FREE = frozenset({Lock.FREE})
_PROVISION = ActRule(roles=DRAFTING, grant="draft", locks=FREE, relations=frozenset({Relation.OWN}))
# Common standards belong to no chapter: every co-maker's people fill in the table.
_STANDARD = ActRule(roles=DRAFTING, grant="draft", locks=FREE)

ACTS: Mapping[str, ActRule] = {
    "chapter.add": ActRule(roles=JOINT, grant="draft", locks=FREE),
    "item.split": _PROVISION,
    "item.merge": _PROVISION,
    "item.replace": _PROVISION,
    "provision.add": _PROVISION,
    "provision.edit": _PROVISION,
    "provision.move": _PROVISION,
    "provision.remove": _PROVISION,
    "standard.add": _STANDARD,
    "standard.edit": _STANDARD,
    "standard.remove": _STANDARD,
    "standard.import": _STANDARD,
}


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
