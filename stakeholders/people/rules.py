"""Who may grant which mandate: one table."""

from collections.abc import Collection

from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import Reason, Verdict

R = Role
# role of the granter for the same jurisdiction -> roles it may grant there
GRANTS: dict[Role, frozenset[Role]] = {
    R.CONTACT_POINT: frozenset(
        {R.DEPUTY, R.PLANNER, R.SIGNATORY, R.COORDINATOR, R.DRAFTER, R.OBSERVER}
    ),
    R.COORDINATOR: frozenset({R.DEPUTY, R.EXPERT, R.OBSERVER, R.DRAFTER}),
}
ADMINISTRATOR_GRANTS = frozenset(Role)


def decide_grant(
    *, kind: ActorKind, own_role: Role | None, same_holder: bool, role: Role, self_grant: bool
) -> Reason:
    """Whether a mandate for `role` may be granted or confirmed. Pure.

    `same_holder`: the granter acts for the jurisdiction or organization the mandate is for, or,
    as a coordinator, for a body of the plan it coordinates.
    """
    if self_grant:
        return Reason.NOT_YOURS
    if kind is ActorKind.ADMINISTRATOR or kind is ActorKind.SYSTEM:
        return Reason.ALLOWED if role in ADMINISTRATOR_GRANTS else Reason.WRONG_ROLE
    if kind is not ActorKind.MANDATED or own_role is None:
        return Reason.NO_MANDATE
    if role not in GRANTS.get(own_role, frozenset()):
        return Reason.WRONG_ROLE
    return Reason.ALLOWED if same_holder else Reason.NOT_YOURS


def require_grant(
    *,
    actor: Actor,
    act: str,
    role: Role,
    user_id: int | None,
    jurisdiction_code: str | None,
    organization_id: int | None = None,
    members: Collection[str] = (),
    plan_key: str = "",
) -> None:
    """Refuse (Refused) unless `actor` may do `act` with a mandate of `role` for the holder.

    `members` are the jurisdictions of an organization: their contact points name its people. A
    mandate limited to a plan or to named acts gives no more than it has.
    """
    joint = organization_id is not None and (
        organization_id == actor.organization_id or actor.jurisdiction_code in members
    )
    same = joint or (jurisdiction_code is not None and jurisdiction_code == actor.jurisdiction_code)
    reason = decide_grant(
        kind=actor.kind,
        own_role=actor.role,
        same_holder=same,
        role=role,
        self_grant=user_id is not None and actor.user_id == user_id,
    )
    within = (actor.acts is None or act in actor.acts) and actor.plan_key in ("", plan_key)
    if reason is Reason.ALLOWED and not within:
        reason = Reason.OUTSIDE_LIMITS
    if reason is not Reason.ALLOWED:
        holders = frozenset(own for own, roles in GRANTS.items() if role in roles)
        raise Refused(Verdict(allowed=False, reason=reason, act=act, holders=holders))


def grantable(*, actor: Actor) -> frozenset[Role]:
    """The roles `actor` may grant for its own jurisdiction or organization."""
    if actor.kind is not ActorKind.MANDATED or actor.role is None:
        return frozenset()
    return GRANTS.get(actor.role, frozenset())


def require_self(*, actor: Actor, user_id: int, act: str) -> None:
    """Refuse unless the acting person does `act` for itself (tokens, language)."""
    if actor.user_id is None or actor.user_id != user_id:
        raise Refused(Verdict(allowed=False, reason=Reason.NOT_YOURS, act=act))


def require_keeper(*, actor: Actor, act: str) -> None:
    """Refuse unless `actor` is an administrator or the system."""
    if actor.kind not in (ActorKind.ADMINISTRATOR, ActorKind.SYSTEM):
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act=act))
