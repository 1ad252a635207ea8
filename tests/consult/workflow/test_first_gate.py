"""The first gate and the charter as the workflow reads them."""

from consult.workflow.gates import blockers_of
from consult.workflow.queries import charter_version
from tests.consult.phase1_organization.scene import adopted
from tests.world import World


def test_the_first_gate_opens_with_the_charter_and_names_its_version(world: World) -> None:
    plan = world.plan()
    assert [blocker.code for blocker in blockers_of(plan)] == ["charter"]
    assert charter_version(plan) == ""
    adopted(world, plan)
    assert blockers_of(plan) == []
    assert charter_version(plan) == "1"
