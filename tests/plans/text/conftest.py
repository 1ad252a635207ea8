import pytest

from plans.register.models import Plan
from plans.text.actions import add_chapter, add_provision
from plans.text.models import Provision
from plans.text.wording import Wording
from stakeholders.terms.actor import Role
from tests.world import JIASHAN, WUJIANG, World


@pytest.fixture
def plan(world: World) -> Plan:
    """A plan with two chapters: Wujiang drafts the first, Jiashan the second."""
    made = world.plan()
    for key, code in (("water", WUJIANG), ("standards", JIASHAN)):
        add_chapter(
            actor=world.coordinator(made),
            plan=made,
            key=key,
            title_zh=f"章{key}",
            title_en=f"Chapter {key}",
            drafting=[code],
        )
    return made


@pytest.fixture
def provision(world: World, plan: Plan) -> Provision:
    return add_provision(
        actor=world.actor(WUJIANG, Role.PLANNER),
        plan=plan,
        chapter="water",
        key="taipu",
        wording=Wording(title_zh="太浦河", text_zh="水质按Ⅲ类控制。", strength="binding"),
    )
