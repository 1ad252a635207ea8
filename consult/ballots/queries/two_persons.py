"""Acts that a first person has prepared and a second one has to confirm."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from consult.ballots.models import TwoPersonProposal
from consult.ballots.subjects import ended_among
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.terms.actor import Actor, Role


def waiting_proposals(plans: Iterable[Plan]) -> list[TwoPersonProposal]:
    """What waits for a second person: of each act and subject the newest, unless it was answered
    or its subject has ended since. Unscoped: for duties and gates. One query and one per kind."""
    return _still(_newest().filter(plan__in=[plan.pk for plan in plans]))


def waiting_proposal(
    plan: Plan, act: str, subject: str, jurisdiction: Jurisdiction | str | None = None
) -> TwoPersonProposal | None:
    """The proposal of one act on one subject that waits, or None; of a party where it is given."""
    whose = Q(jurisdiction__isnull=True) if jurisdiction is None else Q(jurisdiction=jurisdiction)
    rows = _newest().filter(whose, plan=plan, act=act, subject=subject)
    return next(iter(_still(rows)), None)


def visible_proposals(actor: Actor, plan: Plan) -> list[TwoPersonProposal]:
    """Those that wait and that the actor may know of: a party's inside that party only, those of
    the joint office inside it. The caller has loaded the plan by `get_plan`."""
    if not actor.may_touch_plan(plan.key):
        return []
    rows = _newest().filter(plan=plan)
    if actor.speaks and actor.role is Role.COORDINATOR:
        return _still(rows.filter(jurisdiction__isnull=True))
    return _still(rows.filter(jurisdiction=actor.inside)) if actor.inside else []


def sees_proposal(proposal: TwoPersonProposal, *, actor: Actor) -> bool:
    """Whether the actor may know of it; the one definition besides `visible_proposals`."""
    if not actor.speaks or not actor.may_touch_plan(proposal.plan.key):
        return False
    if proposal.jurisdiction_id is None:
        return actor.role is Role.COORDINATOR
    return actor.inside == proposal.jurisdiction_id


def is_waiting(proposal: TwoPersonProposal) -> bool:
    """Whether it is still the newest on its subject, unanswered, on a subject that has not ended."""
    found = waiting_proposal(
        proposal.plan, proposal.act, proposal.subject, proposal.jurisdiction_id
    )
    return found is not None and found.pk == proposal.pk


def seconds_of(
    proposals: Sequence[TwoPersonProposal], *, roles: Collection[str], at: datetime
) -> dict[int, list[int]]:
    """Proposal id -> the people who may be its second: they hold one of `roles` at `at` for the
    party (or for the joint office of the plan) and are not who prepared it. One query."""
    held = list(
        Mandate.objects.counted(at)
        .filter(role__in=list(roles))
        .order_by("pk")
        .values_list("jurisdiction_id", "plan_key", "role", "user_id", "acts")
    )
    office = Role.COORDINATOR.value
    found: dict[int, list[int]] = {}
    for one in proposals:
        first, key = one.mandate.user_id, one.plan.key
        people = {
            user
            for code, plan_key, role, user, acts in held
            if user != first
            and (acts is None or one.act in acts)
            and (
                (role == office and plan_key == key)
                if one.jurisdiction_id is None
                else (code == one.jurisdiction_id and plan_key in ("", key))
            )
        }
        found[one.pk] = sorted(people)
    return found


def _newest() -> QuerySet[TwoPersonProposal]:
    rows = TwoPersonProposal.objects.order_by("plan_id", "act", "subject", "jurisdiction_id", "-pk")
    return rows.distinct("plan_id", "act", "subject", "jurisdiction_id").select_related(
        "plan", "mandate__user", "end"
    )


def _still(newest: QuerySet[TwoPersonProposal]) -> list[TwoPersonProposal]:
    rows = [row for row in newest if not hasattr(row, "end")]
    over = ended_among({row.subject for row in rows})
    return sorted((row for row in rows if row.subject not in over), key=lambda row: row.pk)
