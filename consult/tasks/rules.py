"""Who may do what with tasks, the yearly programme and supervision notes."""

from collections.abc import Mapping

from consult.tasks.queries import TaskState
from plans.register import rules as register
from plans.register.models import Plan
from plans.register.queries import co_maker_codes
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import NotVisible, Refused
from stakeholders.terms.rights import ActRule, Reason, Relation, Verdict, decide

R = Role
PHASE = frozenset({4})
OWN = frozenset({Relation.OWN})
# A supervisor may be of an authority that is no party of the plan.
BESIDE = frozenset({Relation.OWN, Relation.PARTY, Relation.NONE})
_OFFICE = ActRule(roles=frozenset({R.COORDINATOR}), grant="coordinate", phases=PHASE)
_PRESSING = ActRule(
    roles=frozenset({R.SUPERVISOR, R.CONTACT_POINT, R.SIGNATORY}), phases=PHASE, relations=BESIDE
)

ACTS: Mapping[str, ActRule] = {
    "breakdown.issue": _OFFICE,
    "programme.issue": _OFFICE,
    # Resolutions of meetings make tasks in every phase.
    "task.change": ActRule(roles=frozenset({R.COORDINATOR}), grant="coordinate"),
    "task.report": ActRule(
        roles=frozenset({R.COORDINATOR, R.CONTACT_POINT, R.DEPUTY, R.PLANNER, R.DRAFTER}),
        relations=OWN,
    ),
    "task.strike_off": ActRule(
        roles=frozenset({R.COORDINATOR, R.CONTACT_POINT, R.DEPUTY, R.SIGNATORY, R.SUPERVISOR}),
        relations=OWN | {Relation.NONE},
    ),
    "supervision.issue": _PRESSING,
    "supervision.judge": _PRESSING,
    "supervision.reply": ActRule(
        roles=frozenset({R.CONTACT_POINT, R.SIGNATORY}), phases=PHASE, relations=OWN
    ),
}
OF_OFFICE = frozenset({"breakdown.issue", "programme.issue", "task.change"})


def verdict_on(act: str, *, actor: Actor, plan: Plan, own: bool) -> Verdict:
    """The verdict on one act. `own`: for a report, that the task is the actor's unit's (or the
    joint office's to enter); for a strike-off, that the actor is concerned and another than the
    owner; for a note, that the actor stands above the addressee; for its reply, that it is the
    addressee; for the verdict, that it issued the note."""
    verdict = decide(act, ACTS[act], register.plan_facts(actor=actor, plan=plan, own=own))
    if verdict and not own and act not in OF_OFFICE:
        return Verdict(allowed=False, reason=Reason.NOT_YOURS, act=act, holders=ACTS[act].roles)
    return verdict


def require(act: str, *, actor: Actor, plan: Plan, own: bool = False) -> None:
    """NotVisible for an unseen plan, else Refused unless `verdict_on` allows it."""
    verdict = verdict_on(act, actor=actor, plan=plan, own=own)
    if verdict.reason is Reason.NOT_VISIBLE:
        raise NotVisible
    if not verdict:
        raise Refused(verdict)


def may_report(*, actor: Actor, owner: str | None, owner_body: int | None) -> bool:
    """Whether the task is the actor's to report on: its unit's or body's; the joint office reports
    for every unit, and says so."""
    if actor.role is Role.COORDINATOR:
        return True
    if owner is not None:
        return actor.role is not Role.DRAFTER and actor.jurisdiction_code == owner
    return owner_body is not None and actor.organization_id == owner_body


def may_strike_off(
    *,
    actor: Actor,
    owner: str | None,
    owner_body: int | None,
    reporter: tuple[int, int],
    concerned: frozenset[str],
) -> bool:
    """Whether the actor is another than who does the task and who reported it, and concerned by
    it: a partner or a party that makes the plan, the joint office, or a supervisor.

    `reporter` is the person and the mandate of the report: nobody checks what it said itself.
    """
    if actor.user_id == reporter[0] or actor.mandate_id == reporter[1]:
        return False
    if actor.organization_id is not None and actor.organization_id == owner_body:
        return False
    if actor.role is Role.COORDINATOR:
        return True
    if actor.jurisdiction_code is not None and actor.jurisdiction_code == owner:
        return False
    return actor.role is Role.SUPERVISOR or actor.jurisdiction_code in concerned


def may_check(*, actor: Actor, plan: Plan, state: TaskState) -> bool:
    """Whether the actor may strike the task off, by who did and who reported it."""
    last = state.last_report
    return last is not None and may_strike_off(
        actor=actor,
        owner=state.owner,
        owner_body=state.owner_body_id,
        reporter=(last.mandate.user_id, last.mandate_id),
        concerned=frozenset({*co_maker_codes(plan), *state.partner_codes}),
    )
