"""Rights = mandate AND grant AND lock AND phase: one pure decision over one table.

Each slice keeps its own table `ACTS: act -> ActRule`; `decide` is the only reader of it.
"""

from dataclasses import dataclass
from enum import StrEnum

from stakeholders.terms.actor import ActorKind, Role

ALL_PHASES = frozenset({1, 2, 3, 4})


class Lock(StrEnum):
    FREE = "free"
    FROZEN = "frozen"


class Relation(StrEnum):
    """How the actor's jurisdiction stands to the object."""

    NONE = "none"  # no party, sees it by a grant only
    INVITED = "invited"  # asked to take part, not yet answered
    PARTY = "party"  # a party of the plan
    OWN = "own"  # the object belongs to its jurisdiction


class Reason(StrEnum):
    ALLOWED = "allowed"
    NOT_VISIBLE = "not_visible"
    NO_MANDATE = "no_mandate"
    WRONG_ROLE = "wrong_role"
    OUTSIDE_LIMITS = "outside_limits"
    NO_GRANT = "no_grant"
    WRONG_PHASE = "wrong_phase"
    FROZEN = "frozen"
    NOT_YOURS = "not_yours"


@dataclass(frozen=True, kw_only=True)
class ActRule:
    """Who may do one act: roles, the grant needed on the plan, phases, locks and relations."""

    roles: frozenset[Role]
    grant: str | None = None
    phases: frozenset[int] = ALL_PHASES
    locks: frozenset[Lock] = frozenset({Lock.FREE, Lock.FROZEN})
    relations: frozenset[Relation] = frozenset({Relation.PARTY, Relation.OWN})
    kinds: frozenset[ActorKind] = frozenset({ActorKind.MANDATED})


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the decision rests on, gathered by queries before it."""

    kind: ActorKind
    role: Role | None
    acts: frozenset[str] | None
    grants: frozenset[str]
    phase: int
    lock: Lock
    relation: Relation


@dataclass(frozen=True, kw_only=True)
class Verdict:
    allowed: bool
    reason: Reason
    act: str
    holders: frozenset[Role] = frozenset()

    def __bool__(self) -> bool:
        return self.allowed


def decide(act: str, rule: ActRule, facts: Facts) -> Verdict:
    """The verdict on one act. The first unmet condition is the reason; sight comes first."""
    reason = _reason(act, rule, facts)
    return Verdict(allowed=reason is Reason.ALLOWED, reason=reason, act=act, holders=rule.roles)


def _reason(act: str, rule: ActRule, facts: Facts) -> Reason:
    if facts.kind is ActorKind.SYSTEM:
        return Reason.ALLOWED if ActorKind.SYSTEM in rule.kinds else Reason.NO_MANDATE
    mandated = facts.kind is ActorKind.MANDATED
    seen = "view" in facts.grants or facts.relation is Relation.INVITED
    conditions = (
        (seen, Reason.NOT_VISIBLE),
        (facts.kind in rule.kinds, Reason.NO_MANDATE),
        (not mandated or facts.role in rule.roles, Reason.WRONG_ROLE),
        (facts.acts is None or act in facts.acts, Reason.OUTSIDE_LIMITS),
        (rule.grant is None or rule.grant in facts.grants, Reason.NO_GRANT),
        (facts.phase in rule.phases, Reason.WRONG_PHASE),
        (facts.lock in rule.locks, Reason.FROZEN),
        (facts.relation in rule.relations, Reason.NOT_YOURS),
    )
    return next((reason for met, reason in conditions if not met), Reason.ALLOWED)
