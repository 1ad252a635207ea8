"""Who may do what on a plan: the facts by query, the decision by the pure `terms.rights`."""

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from plans.register.enums import READS_DRAFT as READS_DRAFT
from plans.register.enums import PartyRole
from plans.register.models import Attachment, Party, Plan
from plans.register.queries import visible_plans
from stakeholders.access.queries import grants_on, with_grant
from stakeholders.people.models import Mandate
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible, Refused
from stakeholders.terms.rights import ActRule, Facts, Lock, Reason, Relation, Verdict, decide

# Grants that each role of a party's jurisdiction holds on the plan, by the party's role.
VIEW = frozenset({"view"})
GRANTS: dict[Role, frozenset[str]] = {
    Role.COORDINATOR: frozenset({"view", "draft", "coordinate", "report"}),
    Role.CONTACT_POINT: frozenset({"view", "draft", "comment", "clear", "report"}),
    # All of the contact point's; that it neither submits nor signs is said by the tables of acts.
    Role.DEPUTY: frozenset({"view", "draft", "comment", "clear", "report"}),
    Role.PLANNER: frozenset({"view", "draft", "comment", "report"}),
    Role.DRAFTER: frozenset({"view", "draft"}),
    Role.SIGNATORY: frozenset({"view", "sign"}),
    Role.SUPERVISOR: VIEW,
    Role.EXPERT: frozenset({"view", "comment"}),
    Role.OBSERVER: VIEW,
}
CONSULTED_GRANTS: dict[Role, frozenset[str]] = {
    # A neighbour can be a party of a joint project and reports on its part.
    Role.CONTACT_POINT: frozenset({"view", "comment", "clear", "report"}),
    Role.DEPUTY: frozenset({"view", "comment", "clear", "report"}),
    Role.PLANNER: frozenset({"view", "comment", "report"}),
    Role.SUPERVISOR: VIEW,
    Role.OBSERVER: VIEW,
}
# Who only looks on is asked nothing: its people see the plan.
LOOKING_ON = (Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER, Role.SUPERVISOR, Role.OBSERVER)
OBSERVER_GRANTS: dict[Role, frozenset[str]] = dict.fromkeys(LOOKING_ON, VIEW)


# What a body that is no party may be admitted as: all but what speaks for a party outwards.
BODY_ROLES = (
    Role.DEPUTY,
    Role.PLANNER,
    Role.DRAFTER,
    Role.EXPERT,
    Role.SUPERVISOR,
    Role.OBSERVER,
)

# The joint team, and everybody who drafts.
JOINT = frozenset({Role.COORDINATOR, Role.DRAFTER})
DRAFTING = JOINT | {Role.PLANNER, Role.CONTACT_POINT, Role.DEPUTY}
FREE = frozenset({Lock.FREE})
# Who is consulted only may say, too, that an item concerns it; who only looks on may not.
_CONCERN = ActRule(
    roles=frozenset({Role.CONTACT_POINT, Role.DEPUTY}),
    grant="comment",
    locks=FREE,
    relations=frozenset({Relation.OWN}),
)
_OFFICE = frozenset({Role.COORDINATOR})
_LISTING = ActRule(roles=_OFFICE, grant="coordinate")

ACTS: Mapping[str, ActRule] = {
    "attachment.add": ActRule(roles=DRAFTING, grant="draft", locks=FREE),
    "attachment.remove": ActRule(
        roles=DRAFTING, grant="draft", locks=FREE, relations=frozenset({Relation.OWN})
    ),
    "concern.declare": _CONCERN,
    "concern.renounce": _CONCERN,
    "body.admit": ActRule(roles=_OFFICE, grant="coordinate"),
    "body.dismiss": ActRule(roles=_OFFICE, grant="coordinate"),
    "plan.create": ActRule(roles=frozenset({Role.CONTACT_POINT})),
    "plan.set_parent": ActRule(roles=_OFFICE, grant="coordinate", phases=frozenset({1, 2})),
    # Weights and signatures are part of what the charter is adopted with.
    "party.change": ActRule(roles=_OFFICE, grant="coordinate", phases=frozenset({1})),
    "requirement.add": _LISTING,
    "requirement.edit": _LISTING,
    "requirement.remove": _LISTING,
    # An answer is no part of the text: the lock does not hold it.
    "transmission.answer": ActRule(roles=DRAFTING, grant="draft"),
}


def grants_for(*, party_role: str) -> dict[Role, frozenset[str]]:
    """Role -> grants that a party of `party_role` receives when it joins."""
    if party_role in (PartyRole.CONVENOR, PartyRole.CO_MAKER):
        return GRANTS
    return OBSERVER_GRANTS if party_role == PartyRole.OBSERVER else CONSULTED_GRANTS


def plan_facts(*, actor: Actor, plan: Plan, own: bool | None = None) -> Facts:
    """The facts of `actor` on `plan`; two queries. `own`: the object is its jurisdiction's."""
    grants: frozenset[str] = frozenset()
    relation = Relation.NONE
    if actor.may_touch_plan(plan.key):
        grants = grants_on(group_id=actor.group_id, target=plan)
        # A joint body serves all parties, so its coordinator or drafter stands as one of them.
        serves_all = actor.role in JOINT and "view" in grants
        if serves_all or _is_party(plan, actor.jurisdiction_code):
            relation = Relation.PARTY
    if own and relation is Relation.PARTY:
        relation = Relation.OWN
    return Facts(
        kind=actor.kind,
        role=actor.role,
        acts=actor.acts,
        grants=grants,
        phase=plan.phase,
        lock=plan.lock,
        relation=relation,
    )


def _is_party(plan: Plan, code: str | None) -> bool:
    if code is None:
        return False
    return Party.objects.filter(plan=plan, jurisdiction=code, left_at__isnull=True).exists()


def sees_draft(*, actor: Actor, plan: Plan) -> bool:
    """Whether `actor`, who sees the plan, also sees what is not published yet. Two queries."""
    facts = plan_facts(actor=actor, plan=plan)
    return actor.kind is ActorKind.SYSTEM or bool(facts.grants & READS_DRAFT)


def plans_with_draft(*, actor: Actor) -> QuerySet[Plan]:
    """`sees_draft` over all plans: those whose unpublished text `actor` sees."""
    plans = visible_plans(actor=actor)
    if actor.kind is ActorKind.SYSTEM:
        return plans
    held = [with_grant(plans, group_id=actor.group_id, grant=one) for one in sorted(READS_DRAFT)]
    return plans.filter(
        Q(*[Q(pk__in=one.order_by().values("pk")) for one in held], _connector=Q.OR)
    )


def require_draft_sight(*, actor: Actor, plan: Plan) -> None:
    """NotVisible for whom the working draft is not there: neighbours, experts, observers."""
    if not sees_draft(actor=actor, plan=plan):
        raise NotVisible


def require_system(*, actor: Actor, act: str) -> None:
    """What only the sweep does, and what is no act on a plan. Refused for everybody else."""
    if actor.kind is not ActorKind.SYSTEM:
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act=act))


def can(act: str, rules: Mapping[str, ActRule], *, actor: Actor, plan: Plan) -> Verdict:
    """The verdict on `act` of a slice's table `rules`, for templates and duties."""
    return decide(act, rules[act], plan_facts(actor=actor, plan=plan))


def require(
    act: str,
    rules: Mapping[str, ActRule],
    *,
    actor: Actor,
    plan: Plan,
    own: bool | None = None,
) -> None:
    """Refuse unless `actor` may do `act`: NotVisible for an unseen plan, else Refused.

    `own` is whether the object belongs to the actor's jurisdiction, where the rule asks for it.
    """
    verdict = decide(act, rules[act], plan_facts(actor=actor, plan=plan, own=own))
    if verdict.reason is Reason.NOT_VISIBLE:
        raise NotVisible
    if not verdict:
        raise Refused(verdict)


def may_say_concern(*, actor: Actor, plan: Plan) -> bool:
    """Whether `actor` may now say for its jurisdiction that an item concerns it, or not."""
    facts = plan_facts(actor=actor, plan=plan, own=True)
    return bool(decide("concern.declare", _CONCERN, facts))


def may_draft(*, actor: Actor, plan: Plan) -> bool:
    """Whether `actor` works on the unfrozen text, wherever in it. Two queries."""
    return plan.lock is Lock.FREE and "draft" in plan_facts(actor=actor, plan=plan).grants


def is_own(attachment: Attachment, *, actor: Actor) -> bool:
    """Whether the actor may take it out as its own: its jurisdiction added it, or it serves all."""
    if actor.role in JOINT:
        return True
    code, added = actor.jurisdiction_code, attachment.added_mandate_id
    if code is None or added is None:
        return False
    return Mandate.objects.filter(pk=added, jurisdiction=code).exists()


def takeable(rows: Sequence[Attachment], *, actor: Actor, plan: Plan) -> set[int]:
    """Ids of those of `rows` that the actor may take out, as `is_own` says of each. One query
    besides those of the act's rule."""
    facts = plan_facts(actor=actor, plan=plan, own=True)
    if not decide("attachment.remove", ACTS["attachment.remove"], facts):
        return set()
    if actor.role in JOINT:
        return {one.pk for one in rows}
    adders = Mandate.objects.filter(pk__in={one.added_mandate_id for one in rows})
    own = set(adders.filter(jurisdiction=actor.jurisdiction_code).values_list("pk", flat=True))
    return {one.pk for one in rows if one.added_mandate_id in own}


def may_create_plan(*, actor: Actor) -> Verdict:
    """Only a contact point of a jurisdiction creates a plan (the convenor's first act)."""
    reason = Reason.ALLOWED
    if actor.kind is not ActorKind.MANDATED or not actor.jurisdiction_code:
        reason = Reason.NO_MANDATE
    elif actor.role not in ACTS["plan.create"].roles:
        reason = Reason.WRONG_ROLE
    elif actor.plan_key or (actor.acts is not None and "plan.create" not in actor.acts):
        reason = Reason.OUTSIDE_LIMITS
    return Verdict(
        allowed=reason is Reason.ALLOWED,
        reason=reason,
        act="plan.create",
        holders=ACTS["plan.create"].roles,
    )


def require_plan_create(*, actor: Actor) -> None:
    """Refuse unless `may_create_plan`."""
    verdict = may_create_plan(actor=actor)
    if not verdict:
        raise Refused(verdict)
