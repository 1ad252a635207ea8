"""Who may do what in joint preparation: one table act -> roles."""

from collections.abc import Mapping
from dataclasses import replace

from plans.register import rules as register
from plans.register.models import Plan
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible, Refused
from stakeholders.terms.rights import ActRule, Facts, Lock, Reason, Relation, Verdict, decide

R = Role
_OFFICE = frozenset({R.COORDINATOR})
_WRITERS = frozenset({R.PLANNER, R.DEPUTY, R.CONTACT_POINT})
_CONTACT = frozenset({R.CONTACT_POINT})
# The deputy clears as the contact point does; what speaks outwards is the contact point's.
_CLEARERS = frozenset({R.CONTACT_POINT, R.DEPUTY})
_OWN = frozenset({Relation.OWN})
_PREPARING = frozenset({2})
_FREE = frozenset({Lock.FREE})
_BY_CLOCK = frozenset({ActorKind.MANDATED, ActorKind.SYSTEM})

# Who was invited to give an opinion: signed in as an expert, or by the link of the invitation.
_INVITED = ActRule(
    roles=frozenset({R.EXPERT}),
    phases=_PREPARING,
    relations=frozenset({Relation.INVITED}),
    kinds=frozenset({ActorKind.MANDATED, ActorKind.LINK}),
)
_LATER_TOO = frozenset({2, 3})
_KEEPERS = frozenset({ActorKind.MANDATED, ActorKind.ADMINISTRATOR})
_INVITING = ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING)

ACTS: Mapping[str, ActRule] = {
    "round.open": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING, locks=_FREE),
    "round.extend": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "round.close": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING, kinds=_BY_CLOCK),
    "round.enter_opinion": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "round.enter_answer": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "round.enter_symposium": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "round.admit_late": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "round.recall": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    # The hour opens an announced round; this tells it.
    "round.begin": ActRule(
        roles=frozenset(), phases=_PREPARING, kinds=frozenset({ActorKind.SYSTEM})
    ),
    # A comment belongs to its jurisdiction; nobody clears or submits for another one.
    "comment.draft": ActRule(roles=_WRITERS, grant="comment", phases=_PREPARING, relations=_OWN),
    "comment.edit": ActRule(roles=_WRITERS, grant="comment", phases=_PREPARING, relations=_OWN),
    "comment.delete": ActRule(roles=_WRITERS, grant="comment", phases=_PREPARING, relations=_OWN),
    "comment.import": ActRule(roles=_WRITERS, grant="comment", phases=_PREPARING, relations=_OWN),
    "comment.clear": ActRule(roles=_CLEARERS, grant="clear", phases=_PREPARING, relations=_OWN),
    "comment.send_back": ActRule(roles=_CLEARERS, grant="clear", phases=_PREPARING, relations=_OWN),
    "comment.withdraw_clearance": ActRule(
        roles=_CLEARERS, grant="clear", phases=_PREPARING, relations=_OWN
    ),
    "comment.note": ActRule(roles=_WRITERS, grant="comment", phases=_PREPARING, relations=_OWN),
    # A signature under another's comment is the jurisdiction's word: its contact point's.
    "comment.cosign": ActRule(roles=_CONTACT, grant="clear", phases=_PREPARING),
    "reply.submit": ActRule(roles=_CONTACT, grant="clear", phases=_PREPARING, relations=_OWN),
    "reply.add_letter": ActRule(roles=_CONTACT, grant="clear", phases=_PREPARING, relations=_OWN),
    # A body that is no party but sees the plan answers for itself.
    "reply.submit_body": ActRule(
        roles=frozenset({R.PLANNER, R.EXPERT}),
        grant="comment",
        phases=_PREPARING,
        relations=frozenset({Relation.NONE}),
    ),
    "disposition.decide": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "disposition.publish": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "disposition.answer": ActRule(
        roles=_CONTACT, grant="clear", phases=frozenset({2, 3}), relations=_OWN
    ),
    "display.write": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "display.finish": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "paper.file": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "paper.waive": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    # Of a co-making party: who is consulted holds no grant to draft.
    "paper.confirm": ActRule(roles=_CONTACT, grant="draft", phases=_PREPARING),
    # Neighbours write on the frozen text, too.
    "neighbour.file": ActRule(roles=_OFFICE, grant="coordinate", phases=frozenset({2, 3})),
    "neighbour.answer": ActRule(roles=_OFFICE, grant="coordinate", phases=frozenset({2, 3})),
    "disposition.undo": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "disposition.ask_advice": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    # Whoever was asked, also a body that is no party; the action looks for the request.
    "disposition.give_advice": ActRule(
        roles=frozenset({R.DRAFTER, R.PLANNER, R.EXPERT}),
        grant="view",
        phases=_PREPARING,
        relations=frozenset({Relation.NONE, Relation.PARTY, Relation.OWN}),
    ),
    "comment.group": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "comment.ungroup": ActRule(roles=_OFFICE, grant="coordinate", phases=_PREPARING),
    "text_block.add": ActRule(roles=_OFFICE, grant="coordinate"),
    "text_block.edit": ActRule(roles=_OFFICE, grant="coordinate"),
    "text_block.remove": ActRule(roles=_OFFICE, grant="coordinate"),
    "change.explain": ActRule(
        roles=frozenset({R.COORDINATOR, R.DRAFTER, R.CONTACT_POINT, R.DEPUTY, R.PLANNER}),
        grant="draft",
        phases=_PREPARING,
    ),
    "expert.invite": _INVITING,
    "expert.remind": replace(_INVITING, phases=_LATER_TOO),
    "expert.revoke": replace(_INVITING, phases=frozenset({2, 3, 4})),
    "expert.extend": _INVITING,
    "expert.decide_suggestion": _INVITING,
    # Erasing what names a person is asked for at any time, and of administrators too.
    "expert.erase": ActRule(
        roles=_OFFICE,
        kinds=_KEEPERS,
        relations=frozenset({Relation.PARTY, Relation.OWN, Relation.INVITED}),
    ),
    "opinion.submit": _INVITED,
    "opinion.decline": _INVITED,
    "opinion.suggest": _INVITED,
    "opinion.ask_longer": _INVITED,
    "opinion.answer": replace(_INVITED, phases=_LATER_TOO),
    "collective.write": _INVITING,
    "collective.add_member": _INVITING,
    "collective.enter_signature": _INVITING,
    "collective.finish": _INVITING,
    "collective.sign": _INVITED,
}


def facts(*, actor: Actor, plan: Plan, code: str | None = None) -> Facts:
    """The facts of `actor`; `code`: the jurisdiction that the object belongs to. Two queries."""
    own = code is not None and code == actor.jurisdiction_code
    return register.plan_facts(actor=actor, plan=plan, own=own)


def can(act: str, *, given: Facts) -> Verdict:
    """The verdict on one act from facts read once, for templates with many buttons."""
    return decide(act, ACTS[act], given)


def require(act: str, *, actor: Actor, plan: Plan, code: str | None = None) -> None:
    """NotVisible or Refused unless `actor` may do `act` on an object of jurisdiction `code`."""
    own = code is not None and code == actor.jurisdiction_code
    register.require(act, ACTS, actor=actor, plan=plan, own=own)


def require_asked(act: str, *, actor: Actor, plan: Plan, is_asked: bool) -> None:
    """NotVisible or Refused unless `actor` may do `act` under an invitation.

    `is_asked`: the invitation is the actor's own. It needs no grant on the plan: who was invited
    sees of it only what the invitation shows.
    """
    given = Facts(
        kind=actor.kind,
        role=actor.role,
        acts=actor.acts,
        grants=frozenset(),
        phase=plan.phase,
        lock=plan.lock,
        relation=Relation.INVITED if is_asked else Relation.NONE,
    )
    verdict = decide(act, ACTS[act], given)
    if verdict.reason is Reason.NOT_VISIBLE:
        raise NotVisible
    if not verdict:
        raise Refused(verdict)


def require_erasing(*, actor: Actor, plan: Plan) -> None:
    """NotVisible or Refused unless `actor` may erase who was invited: office, administrators."""
    if actor.kind is ActorKind.ADMINISTRATOR:
        require_asked("expert.erase", actor=actor, plan=plan, is_asked=True)
    else:
        require("expert.erase", actor=actor, plan=plan)
