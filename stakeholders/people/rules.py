"""Who may grant which mandate, and who keeps organizations and a party's own steps: two tables."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.people.models import Mandate
from stakeholders.people.queries import INSIDERS, members_of, signing_paused_until
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import ActRule, Facts, Lock, Reason, Relation, Verdict, decide

R = Role
PAUSED = _(
    "The second factor of your account was removed a short while ago. Nothing can be signed,"
    " granted or confirmed in your name until %(until)s."
)


class Reach(StrEnum):
    """How the holder of a mandate stands to who grants it."""

    OWN = "own"  # the granter's own jurisdiction or organization
    BELOW = "below"  # a unit below the granter's jurisdiction
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class GrantRule:
    """`by` (None: an administrator) does `acts` with mandates of `roles` within `reach`."""

    by: Role | None
    reach: frozenset[Reach]
    roles: frozenset[Role]
    acts: frozenset[str]


ALL_ACTS = frozenset(
    {
        "mandate.grant",
        "mandate.substitute",
        "mandate.confirm",
        "mandate.refuse",
        "mandate.end",
        # the mail by which the person takes the account the mandate is for
        "account.resend",
        "account.withdraw",
    }
)
GRANTS: tuple[GrantRule, ...] = (
    GrantRule(
        by=R.CONTACT_POINT,
        reach=frozenset({Reach.OWN}),
        roles=frozenset(
            {
                R.DEPUTY,
                R.PLANNER,
                R.SIGNATORY,
                R.COORDINATOR,
                R.DRAFTER,
                R.SUPERVISOR,
                R.EXPERT,
                R.OBSERVER,
            }
        ),
        acts=ALL_ACTS,
    ),
    GrantRule(
        by=R.COORDINATOR,
        reach=frozenset({Reach.OWN}),
        roles=frozenset({R.DEPUTY, R.EXPERT, R.OBSERVER, R.DRAFTER}),
        acts=ALL_ACTS,
    ),
    # The superior jurisdiction checks the letter of a contact point nobody of the unit could name.
    GrantRule(
        by=R.CONTACT_POINT,
        reach=frozenset({Reach.BELOW}),
        roles=frozenset({R.CONTACT_POINT}),
        acts=frozenset({"mandate.confirm", "mandate.refuse"}),
    ),
    GrantRule(by=None, reach=frozenset(Reach), roles=frozenset(Role), acts=ALL_ACTS),
)
# By these acts the holder of a mandate comes to more than it had.
GIVING = frozenset({"mandate.grant", "mandate.substitute", "mandate.confirm"})
# Roles that count only when a second person has confirmed them.
BY_TWO = frozenset({R.SIGNATORY})
# Who is away may be stood in for in these; advice, watching and supervision are personal.
SUBSTITUTABLE = frozenset(
    {R.COORDINATOR, R.CONTACT_POINT, R.DEPUTY, R.PLANNER, R.DRAFTER, R.SIGNATORY}
)
KEEPERS = frozenset({ActorKind.MANDATED, ActorKind.ADMINISTRATOR})
_DEPARTMENTS = ActRule(
    roles=frozenset({R.CONTACT_POINT, R.DEPUTY, R.COORDINATOR}),
    kinds=KEEPERS,
    relations=frozenset({Relation.OWN}),
)


def _granters(act: str) -> ActRule:
    roles = {rule.by for rule in GRANTS if act in rule.acts and rule.by is not None}
    return ActRule(roles=frozenset(roles), kinds=KEEPERS | {ActorKind.SYSTEM})


ACTS: Mapping[str, ActRule] = {
    **{act: _granters(act) for act in sorted(ALL_ACTS)},
    # Whoever is signed in may say so; it counts when others have confirmed the letter.
    "mandate.claim": ActRule(
        roles=frozenset(Role),
        kinds=frozenset({ActorKind.MANDATED, ActorKind.ADMINISTRATOR, ActorKind.PUBLIC}),
    ),
    "organization.enter": _DEPARTMENTS,
    "organization.change": _DEPARTMENTS,
    "chain.define": ActRule(
        roles=frozenset({R.CONTACT_POINT, R.DEPUTY}), relations=frozenset({Relation.OWN})
    ),
    "chain.begin": ActRule(roles=INSIDERS, relations=frozenset({Relation.OWN})),
    "chain.pass": ActRule(roles=INSIDERS, relations=frozenset({Relation.OWN})),
    "chain.send_back": ActRule(roles=INSIDERS, relations=frozenset({Relation.OWN})),
}


def decide_grant(
    *,
    act: str,
    kind: ActorKind,
    own_role: Role | None,
    reach: Reach,
    role: Role,
    self_grant: bool,
) -> Reason:
    """Whether `act` may be done with a mandate of `role`. Pure; reads only the table GRANTS.

    `reach`: how the mandate's holder stands to the granter's jurisdiction or organization.
    """
    if self_grant:
        return Reason.NOT_YOURS
    if kind is ActorKind.SYSTEM:
        return Reason.ALLOWED
    if kind is ActorKind.ADMINISTRATOR:
        own_role = None
    elif kind is not ActorKind.MANDATED or own_role is None:
        return Reason.NO_MANDATE
    rows = [g for g in GRANTS if g.by is own_role and role in g.roles and act in g.acts]
    if not rows:
        return Reason.WRONG_ROLE
    return Reason.ALLOWED if any(reach in g.reach for g in rows) else Reason.NOT_YOURS


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
    acts: Collection[str] | None = None,
    superiors: Collection[str] = (),
) -> None:
    """Refuse (Refused) unless `actor` may do `act` with a mandate of `role` for the holder.

    `members` are the jurisdictions of an organization: their contact points name its people.
    `superiors` are the units above the holder. A mandate limited to a plan or to named acts gives
    no more than it has.
    """
    joint = organization_id is not None and (
        organization_id == actor.organization_id or actor.jurisdiction_code in members
    )
    same = joint or (jurisdiction_code is not None and jurisdiction_code == actor.jurisdiction_code)
    above = actor.jurisdiction_code is not None and actor.jurisdiction_code in superiors
    reason = decide_grant(
        act=act,
        kind=actor.kind,
        own_role=actor.role,
        reach=Reach.OWN if same else Reach.BELOW if above else Reach.OTHER,
        role=role,
        self_grant=user_id is not None and actor.user_id == user_id,
    )
    within = _within(actor, act, acts) and actor.plan_key in ("", plan_key)
    if reason is Reason.ALLOWED and not within:
        reason = Reason.OUTSIDE_LIMITS
    if reason is not Reason.ALLOWED:
        raise Refused(
            Verdict(allowed=False, reason=reason, act=act, holders=granters_of(act=act, role=role))
        )


def _within(actor: Actor, act: str, acts: Collection[str] | None) -> bool:
    """Whether the limits of the actor's mandate let it do `act` with one limited to `acts`."""
    if actor.acts is None:
        return True
    given = act not in GIVING or (acts is not None and actor.acts.issuperset(acts))
    return act in actor.acts and given


def require_on(*, actor: Actor, act: str, mandate: Mandate) -> None:
    """`require_grant` with the facts of one mandate, saved or not."""
    require_grant(
        actor=actor,
        act=act,
        role=Role(mandate.role),
        user_id=mandate.user_id,
        jurisdiction_code=mandate.jurisdiction_id,
        organization_id=mandate.organization_id,
        members=members_of(mandate),
        plan_key=mandate.plan_key,
        acts=mandate.acts,
        superiors=mandate.jurisdiction.codes_above if mandate.jurisdiction else (),
    )


def may_grant(*, actor: Actor, act: str, mandate: Mandate) -> bool:
    """Whether `require_on` would let it pass."""
    try:
        require_on(actor=actor, act=act, mandate=mandate)
    except Refused:
        return False
    return True


def granters_of(*, act: str, role: Role) -> frozenset[Role]:
    """The roles that may do `act` with mandates of `role` for some holder."""
    rows = [rule for rule in GRANTS if role in rule.roles and act in rule.acts]
    return frozenset(rule.by for rule in rows if rule.by is not None)


def grantable(*, actor: Actor) -> frozenset[Role]:
    """The roles `actor` may grant for its own jurisdiction or organization."""
    if actor.kind is not ActorKind.MANDATED or actor.role is None:
        return frozenset()
    rows = [rule for rule in GRANTS if rule.by is actor.role and "mandate.grant" in rule.acts]
    return frozenset(role for rule in rows for role in rule.roles)


def require_substitution(
    *, actor: Actor, mandate_id: int, role: Role, substitute_id: int, allowed: bool
) -> None:
    """Refuse unless the substitution may be entered: by the mandate's own holder, acting under it,
    or by who may grant the role (`allowed`); nobody names itself.
    """
    own = actor.mandate_id == mandate_id
    reason = Reason.ALLOWED
    if substitute_id == actor.user_id:
        reason = Reason.NOT_YOURS
    elif role not in SUBSTITUTABLE:
        reason = Reason.WRONG_ROLE
    elif not (own or allowed):
        reason = Reason.NOT_YOURS
    elif actor.acts is not None and "mandate.substitute" not in actor.acts:
        reason = Reason.OUTSIDE_LIMITS
    if reason is not Reason.ALLOWED:
        holders = granters_of(act="mandate.substitute", role=role)
        raise Refused(
            Verdict(allowed=False, reason=reason, act="mandate.substitute", holders=holders)
        )


def can_keep(*, actor: Actor, act: str, is_own: bool) -> Verdict:
    """The verdict on an act of this slice's ACTS; no plan, phase or lock hinders it.

    `is_own`: it concerns the actor's own jurisdiction only (administrators: always).
    """
    own = is_own or actor.kind is ActorKind.ADMINISTRATOR
    facts = Facts(
        kind=actor.kind,
        role=actor.role,
        acts=actor.acts,
        grants=frozenset({"view"}),
        phase=1,
        lock=Lock.FREE,
        relation=Relation.OWN if own else Relation.PARTY,
    )
    return decide(act, ACTS[act], facts)


def require_keep(*, actor: Actor, act: str, is_own: bool) -> None:
    """Refuse (Refused) unless `can_keep`."""
    verdict = can_keep(actor=actor, act=act, is_own=is_own)
    if not verdict:
        raise Refused(verdict)


def require_self(*, actor: Actor, user_id: int, act: str) -> None:
    """Refuse unless the acting person does `act` for itself (tokens, language)."""
    if actor.user_id is None or actor.user_id != user_id:
        raise Refused(Verdict(allowed=False, reason=Reason.NOT_YOURS, act=act))


def require_unpaused(*, user_id: int | None) -> None:
    """Refuse weighty acts for a day after a second factor was removed, saying until when."""
    if user_id is None:
        return
    until = signing_paused_until(user_id=user_id, at=clock.now())
    if until is not None:
        verdict = Verdict(allowed=False, reason=Reason.OUTSIDE_LIMITS, act="account.sign")
        shown = timezone.localtime(until)
        raise Refused(verdict, text=PAUSED % {"until": f"{shown:%Y-%m-%d %H:%M}"})


def require_keeper(*, actor: Actor, act: str) -> None:
    """Refuse unless `actor` is an administrator or the system."""
    if actor.kind not in (ActorKind.ADMINISTRATOR, ActorKind.SYSTEM):
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act=act))
