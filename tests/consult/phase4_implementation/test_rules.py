"""Role x phase x relation, allowed and refused, over the whole product."""

import itertools

import pytest

from consult.phase4_implementation.rules import ACTS, can
from plans.register.steps import add_party, set_phase
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.consult.phase4_implementation.ground import Ground
from tests.world import JIASHAN, KUNSHAN, QINGPU

SPEAKERS = {Role.COORDINATOR, Role.CONTACT_POINT, Role.DEPUTY}
REPORTERS = {Role.COORDINATOR, Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER}
PARTIES = frozenset({QINGPU, JIASHAN})
REPORTING = ("status.report", "reading.report")
SPEAKERS = {Role.CONTACT_POINT, Role.DEPUTY}
OFFICE = {Role.COORDINATOR}
OF_CASES = {
    "case.answer": SPEAKERS | OFFICE,
    "case.view": SPEAKERS,
    "case.raise": OFFICE,
    "case.close": OFFICE,
}


def expected(act: str, role: Role, phase: int, code: str | None) -> Reason:
    if role not in (SPEAKERS if act == "blockage.to_matter" else REPORTERS):
        return Reason.WRONG_ROLE
    if phase != 4:
        return Reason.WRONG_PHASE
    allowed = role is Role.COORDINATOR or code == QINGPU
    return Reason.ALLOWED if allowed else Reason.NOT_YOURS


@pytest.mark.parametrize("phase", [1, 2, 3, 4])
def test_every_reporting_act_for_every_role_and_unit(ground: Ground, phase: int) -> None:
    set_phase(plan=ground.plan, phase=phase)
    roles = [*REPORTERS, Role.SIGNATORY, Role.SUPERVISOR, Role.OBSERVER]
    wrong = []
    for act, role, code in itertools.product(REPORTING, roles, [QINGPU, JIASHAN, None]):
        actor = (
            ground.world.coordinator(ground.plan)
            if role is Role.COORDINATOR
            else ground.world.actor(QINGPU, role)
        )
        verdict = can(act, actor=actor, plan=ground.plan, code=code, parties=PARTIES)
        if verdict.reason is not expected(act, role, phase, code):
            wrong.append((act, role, code, verdict.reason))
    assert wrong == []


@pytest.mark.parametrize("act", REPORTING)
def test_a_party_of_the_plan_outside_the_project_reports_nothing(ground: Ground, act: str) -> None:
    actor = ground.world.actor(QINGPU, Role.CONTACT_POINT)
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


def test_the_acts_on_cases_are_these() -> None:
    assert {act for act in ACTS if act.startswith("case.")} == set(OF_CASES)


@pytest.mark.parametrize("phase", [1, 2, 3, 4])
def test_every_act_on_a_case_for_every_role_and_unit(ground: Ground, phase: int) -> None:
    set_phase(plan=ground.plan, phase=phase)
    wrong = []
    for act, role, code in itertools.product(OF_CASES, Role, [QINGPU, JIASHAN]):
        if role in (Role.DRAFTER, Role.EXPERT):
            continue
        actor = (
            ground.world.coordinator(ground.plan)
            if role is Role.COORDINATOR
            else ground.world.actor(QINGPU, role)
        )
        due = Reason.ALLOWED
        if role not in OF_CASES[act]:
            due = Reason.WRONG_ROLE
        elif phase != 4:
            due = Reason.WRONG_PHASE
        elif code == JIASHAN and role is not Role.COORDINATOR:
            due = Reason.NOT_YOURS
        verdict = can(act, actor=actor, plan=ground.plan, code=code, parties=PARTIES)
        if verdict.reason is not due:
            wrong.append((act, role, code, verdict.reason))
    assert wrong == []
