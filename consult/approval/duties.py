"""Who owes which letter after the sign-off, over many plans in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from consult.approval.needs import StepKind
from consult.approval.procedure import State, Step
from consult.approval.queries.standing import Standing, standings_of
from consult.approval.replying import reply_duties
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty, Text

COORDINATOR = frozenset({Role.COORDINATOR.value})
CONTACT = frozenset({Role.CONTACT_POINT.value})
# Step -> act, page, words; a duty is named like the act that fulfils it.
OWED: Mapping[StepKind, tuple[str, str, Text]] = {
    StepKind.SUBMISSION: ("approval.submit", "submit", _("Submit the plan for approval")),
    StepKind.FORWARDING: (
        "approval.forward",
        "forward",
        _("Examine the request for approval and forward it"),
    ),
    StepKind.COMPLETION: (
        "approval.complete",
        "complete",
        _("Complete the papers of the request for approval"),
    ),
    StepKind.PUBLICATION: ("approval.publish", "publish", _("Publish the approved plan")),
    StepKind.FILING: ("approval.file", "file", _("File the approved plan")),
}
PHASES = frozenset({3, 4})


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Submit, complete, publish, file (joint office); forward (the prefecture); and what the reply
    asks for (see `replying`).

    Once the plan is in implementation only the filing is left.
    """
    there = [plan for plan in plans if plan.phase in PHASES]
    if not there:
        return []
    letters = [
        _duty(standing, step)
        for standing in standings_of(there).values()
        if standing.statement is not None
        for step in standing.steps
        if step.state is State.OPEN and step.kind in OWED and _is_owed(standing.plan, step)
    ]
    return [*letters, *reply_duties(plans=there, now=now)]


def _is_owed(plan: Plan, step: Step) -> bool:
    return plan.phase == 3 or step.kind is StepKind.FILING


def _duty(standing: Standing, step: Step) -> Duty:
    """A prefecture that has no part in the plan cannot enter its letter: the joint office does."""
    act, page, title = OWED[step.kind]
    holder = step.unit if step.kind is StepKind.FORWARDING else ""
    by_unit = bool(holder) and holder in standing.insiders
    args = [standing.plan.key, *([str(step.notice)] if step.notice else [])]
    statement = standing.statement.pk if standing.statement else 0
    return Duty(
        kind=act,
        plan_id=standing.plan.pk,
        subject_id=f"{step.notice or statement}{f':{holder}' if holder and not by_unit else ''}",
        title=title,
        url=reverse(f"approval:{page}", args=args),
        due_at=_end_of(step.due_on) if step.due_on else None,
        holder_code=holder if by_unit else None,
        roles=CONTACT if by_unit else COORDINATOR,
    )


def _end_of(day: date) -> datetime:
    """The end of the office day."""
    return make_aware(datetime.combine(day, time(17, 0)))
