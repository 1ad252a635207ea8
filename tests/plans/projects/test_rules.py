"""Role x phase x relation, allowed and refused, over the whole product."""

import itertools

import pytest

from plans.projects.rules import ACTS, can
from plans.register.steps import set_phase
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.world import JIASHAN, KUNSHAN, QINGPU, World

KEEPERS = {Role.COORDINATOR, Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER}
IMPORT = "known_projects.import"
LEADS = {"own": QINGPU, "other": JIASHAN, "body": None}


def expected(role: Role, lead: str) -> Reason:
    if role not in KEEPERS:
        return Reason.NOT_VISIBLE if role is Role.EXPERT else Reason.WRONG_ROLE
    allowed = role is Role.COORDINATOR or lead == "own"
    return Reason.ALLOWED if allowed else Reason.NOT_YOURS


@pytest.mark.parametrize("phase", [1, 2, 3, 4])
def test_every_act_for_every_role_and_lead(world: World, phase: int) -> None:
    plan = world.plan()
    set_phase(plan=plan, phase=phase)
    roles = [*KEEPERS, Role.SIGNATORY, Role.SUPERVISOR, Role.OBSERVER]
    wrong = []
    for act, role, lead in itertools.product(set(ACTS) - {IMPORT}, roles, LEADS):
        actor = world.coordinator(plan) if role is Role.COORDINATOR else world.actor(QINGPU, role)
        verdict = can(act, actor=actor, plan=plan, lead_code=LEADS[lead])
        if verdict.reason is not expected(role, lead):
            wrong.append((act, role, lead, verdict.reason))
    assert wrong == []


@pytest.mark.parametrize("act", sorted(set(ACTS) - {IMPORT}))
def test_a_stranger_sees_nothing(world: World, act: str) -> None:
    verdict = can(
        act, actor=world.actor(KUNSHAN, Role.PLANNER), plan=world.plan(), lead_code=KUNSHAN
    )
    assert verdict.reason is Reason.NOT_VISIBLE
