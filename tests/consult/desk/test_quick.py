"""What one click does: the very fields of the button, posted to its address, end the duty."""

import pytest
from django.test import Client

from consult.approval.enums import ReplyOutcome
from consult.desk.queries import collect
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty
from tests.consult.approval import reply_scene
from tests.consult.phase2_preparation.stage import build
from tests.consult.phase3_identification.story import use_charter
from tests.world import WUJIANG, World

pytestmark = pytest.mark.django_db


def owed(plan: Plan, kind: str, code: str = WUJIANG) -> list[Duty]:
    fresh = Plan.objects.select_related("frozen", "in_force").get(pk=plan.pk)
    found = collect(plans=[fresh], now=clock.now())
    return [duty for duty in found if duty.kind == kind and duty.holder_code == code]


def click(world: World, client: Client, duty: Duty) -> int:
    assert duty.quick is not None
    mandate = world.mandate(WUJIANG, Role.CONTACT_POINT)
    client.force_login(mandate.user)
    fields = {**duty.quick.fields, "acting_mandate": mandate.pk}
    return client.post(duty.quick.url, fields).status_code


def test_an_adopted_comment_is_accepted_by_one_click(world: World, client: Client) -> None:
    scene = build(world)
    scene.comment(outcome="adopted")
    (duty,) = owed(scene.plan, "disposition.answer")
    assert click(world, client, duty) == 302
    assert owed(scene.plan, "disposition.answer") == []


@pytest.mark.parametrize("outcome", ["partly", "not_adopted", "noted"])
def test_any_other_disposition_is_read_first(world: World, outcome: str) -> None:
    scene = build(world)
    scene.comment(outcome=outcome, reason_zh="理由")
    (duty,) = owed(scene.plan, "disposition.answer")
    assert duty.quick is None


def test_what_the_reply_changed_is_noted_by_one_click(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_charter(monkeypatch)
    plan = reply_scene.submitted(world)
    reply_scene.answer(world, plan, ReplyOutcome.WITH_CONDITIONS, reply_scene.REPORT)
    reply_scene.reword(world, plan, 2, "按要求修改。")
    revision = reply_scene.approve(world, plan)
    (duty,) = owed(plan, "approval.acknowledge")
    assert duty.since == revision.published_at
    assert click(world, client, duty) == 302
    assert owed(plan, "approval.acknowledge") == []
