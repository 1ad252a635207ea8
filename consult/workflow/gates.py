"""Which gate shuts which phase. Each phase slice says itself what keeps it from being left."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from consult.approval import gate as approval
from consult.phase1_organization import gate as phase1
from consult.phase2_preparation import gate as phase2
from consult.phase3_identification import gate as phase3
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.terms.duty import Blocker


def _identified(*, plan: Plan) -> list[Blocker]:
    """Phase 3 ends with the sign-off and, after it, with what the plan's kind needs of approval."""
    return [*phase3.blockers(plan=plan), *approval.blockers(plan=plan)]


# phase -> its `gate.blockers`. Phase 4 has no way out, so it has no gate.
GATES: dict[int, Callable[..., list[Blocker]]] = {
    Phase.ORGANIZATION: phase1.blockers,
    Phase.PREPARATION: phase2.blockers,
    Phase.IDENTIFICATION: _identified,
}


def blockers_of(plan: Plan) -> list[Blocker]:
    """What keeps `plan` in its present phase, empty when it may be left. No writes.

    A phase without a gate stays shut: nothing is left unasked.
    """
    gate = GATES.get(plan.phase)
    if gate is not None:
        return gate(plan=plan)
    text = _("This phase has no gate through which it could be left.")
    if plan.phase == Phase.IMPLEMENTATION:
        text = _("Implementation is the last phase; it lasts to the end of the plan.")
    return [Blocker(code="gate.none", text=text, url=plan.get_absolute_url())]
