"""Row writes on the way of a plan, and the notices that tell of it."""

from django.urls import reverse

from consult.workflow.models import PhaseStep
from plans.register import steps as register
from plans.register.models import Plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text


def step_phase(*, plan: Plan, actor: Actor, to: int, reason: str = "") -> PhaseStep:
    """Write the phase on the plan, and the move as a row of its own."""
    step = PhaseStep.objects.create(
        plan=plan,
        from_phase=plan.phase,
        to_phase=to,
        mandate_id=actor.mandate_id,
        reason=reason,
        at=clock.now(),
    )
    register.set_phase(plan=plan, phase=to)
    return step


def tell_contact_points(*, plan: Plan, kind: str, title: Text, url: str, occasion: str) -> int:
    """One notice to every contact point of the parties that have not left."""
    codes = plan.parties.filter(left_at__isnull=True).values_list("jurisdiction_id", flat=True)
    people = people_of(codes=codes, roles=[Role.CONTACT_POINT], at=clock.now(), plan_key=plan.key)
    return notify(
        people={user for found in people.values() for user in found},
        kind=kind,
        title=title,
        url=url,
        key=f"{kind}:{plan.key}:{occasion}",
        plan_key=plan.key,
    )


def gate_url(plan: Plan) -> str:
    return reverse("workflow:gate", kwargs={"key": plan.key})
