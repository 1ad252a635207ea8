"""Role x phase x relation, allowed and refused, over the whole product."""

import itertools

import pytest

from consult.phase4_implementation.rules import ACTS, can
from plans.register.steps import add_party, set_phase
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.consult.phase4_implementation.ground import Ground
from tests.world import JIASHAN, KUNSHAN, QINGPU

REPORTERS = {Role.COORDINATOR, Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER}
PARTIES = frozenset({QINGPU, JIASHAN})


def expected(role: Role, phase: int, code: str | None) -> Reason:
    if role not in REPORTERS:
        return Reason.WRONG_ROLE
    if phase != 4:
        return Reason.WRONG_PHASE
    allowed = role is Role.COORDINATOR or code == QINGPU
    return Reason.ALLOWED if allowed else Reason.NOT_YOURS


@pytest.mark.parametrize("phase", [1, 2, 3, 4])
def test_every_act_for_every_role_and_unit(ground: Ground, phase: int) -> None:
    set_phase(plan=ground.plan, phase=phase)
    roles = [*REPORTERS, Role.SIGNATORY, Role.SUPERVISOR, Role.OBSERVER]
    wrong = []
    for act, role, code in itertools.product(ACTS, roles, [QINGPU, JIASHAN, None]):
        actor = (
            ground.world.coordinator(ground.plan)
            if role is Role.COORDINATOR
            else ground.world.actor(QINGPU, role)
        )
        verdict = can(act, actor=actor, plan=ground.plan, code=code, parties=PARTIES)
        if verdict.reason is not expected(role, phase, code):
            wrong.append((act, role, code, verdict.reason))
    assert wrong == []


@pytest.mark.parametrize("act", list(ACTS))
def test_a_party_of_the_plan_outside_the_project_reports_nothing(ground: Ground, act: str) -> None:
    actor = ground.world.actor(QINGPU, Role.PLANNER)
    verdict = can(act, actor=actor, plan=ground.plan, code=QINGPU, parties=frozenset({JIASHAN}))
    assert verdict.reason is Reason.NOT_YOURS


@pytest.mark.parametrize("role", [Role.CONTACT_POINT, Role.PLANNER])
def test_a_neighbour_in_the_project_reports_and_a_stranger_sees_nothing(
    ground: Ground, role: Role
) -> None:
    facts = {"plan": ground.plan, "code": KUNSHAN, "parties": frozenset({KUNSHAN})}
    ground.world.mandate(KUNSHAN, role)
    stranger = ground.world.actor(KUNSHAN, role)
    assert can("status.report", actor=stranger, **facts).reason is Reason.NOT_VISIBLE
    add_party(plan=ground.plan, code=KUNSHAN, role="neighbour", must_sign=False)
    neighbour = ground.world.actor(KUNSHAN, role)
    assert can("status.report", actor=neighbour, **facts).reason is Reason.ALLOWED
