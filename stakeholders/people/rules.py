"""Who may grant which mandate: one table."""

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
    *, actor: Actor, role: Role, user_id: int, jurisdiction_code: str | None, joint: bool
) -> None:
    """Refuse (Refused) unless `actor` may grant `role` for the holder; `joint`: a joint body."""
    same = joint or (jurisdiction_code is not None and jurisdiction_code == actor.jurisdiction_code)
    reason = decide_grant(
        kind=actor.kind,
        own_role=actor.role,
        same_holder=same,
        role=role,
        self_grant=actor.user_id == user_id,
    )
    if reason is not Reason.ALLOWED:
        holders = frozenset(own for own, roles in GRANTS.items() if role in roles)
        raise Refused(Verdict(allowed=False, reason=reason, act="mandate.grant", holders=holders))
