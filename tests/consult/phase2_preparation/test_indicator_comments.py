"""The definition of an indicator is commented on like a provision."""

from django.test import Client
from django.utils import translation

from plans.indicators.models import Definition
from plans.register.steps import create_item
from stakeholders.terms.actor import Role
from tests.consult.phase2_preparation.stage import build
from tests.plans.indicators.test_checking import WATER
from tests.world import JIASHAN, QINGPU, WUJIANG, World


def test_indicator_is_commented_on_and_the_comment_is_submitted(
    world: World, client: Client
) -> None:
    scene = build(world)
    item = create_item(
        plan=scene.plan,
        key="water-share",
        kind="indicator",
        content=WATER.content(),
        strength="binding",
        concerned=[QINGPU, WUJIANG, JIASHAN],
        actor=scene.office,
    )
    Definition.objects.create(item=item, position=1)
    scene.items["water-share"] = item
    scene.revise()
    one = scene.open()
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    with translation.override("en"):
        page = client.get(
            f"/plans/QWJ/rounds/{one.number}/items/water-share/comment/",
            headers={"accept-language": "zh-hans"},
        )
    assert page.status_code == 200
    assert "河湖水面率" in page.content.decode()
    reply = scene.reply(one, WUJIANG, "water-share")
    assert [comment.item.key for comment in reply.comments.all()] == ["water-share"]
