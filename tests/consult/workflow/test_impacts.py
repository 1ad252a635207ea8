"""The page before publishing says what the act then does."""

import json

import pytest
from django.test import Client

from consult.phase3_identification.actions import declare, open_sign_off
from consult.phase3_identification.queries import current_sign_off
from consult.phase3_identification.steps import Stand
from consult.workflow.actions import publish, reopen
from consult.workflow.impacts import consent_impact_of
from consult.workflow.queries import pending
from plans.register.models import Plan
from plans.register.steps import set_phase
from plans.text.actions import add_chapter, add_provision, edit_provision, remove_provision
from plans.text.wording import Wording
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from tests.consult.phase3_identification.story import Story, put_charter, use_charter
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

TEXT = "太浦河水质按Ⅲ类控制，并保持水面开阔。"


@pytest.fixture(autouse=True)
def charter(monkeypatch: pytest.MonkeyPatch) -> None:
    use_charter(monkeypatch)


def plan_with(world: World, number: int = 3, **sealing: object) -> Plan:
    """A plan in sign-off: Qingpu agrees to all, Wujiang objects to the second article."""
    plan = world.plan(parties=(WUJIANG, JIASHAN))
    put_charter(Story(world=world, plan=plan))
    actor = world.coordinator(plan)
    add_chapter(actor=actor, plan=plan, key="water", title_zh="水环境", title_en="Water")
    for place in range(1, number + 1):
        wording = Wording(title_zh=f"第{place}项", text_zh=TEXT, strength="binding")
        add_provision(actor=actor, plan=plan, chapter="water", key=f"a{place}", wording=wording)
    publish(actor=actor, plan=plan, stage="recognition", freeze=True, accepts_gaps=True)
    set_phase(plan=plan, phase=3)
    plan.refresh_from_db()
    open_sign_off(actor=actor, plan=plan, **sealing)
    say(world, plan, QINGPU)
    odd = Stand(item="a2", value="object", text="理由", wording="按Ⅱ类控制")
    say(world, plan, WUJIANG, odd)
    plan.refresh_from_db()
    reopen(actor=actor, plan=plan, reason="修改")
    plan.refresh_from_db()
    return plan


def say(world: World, plan: Plan, code: str, *odd: Stand) -> None:
    plan.refresh_from_db()
    declare(
        actor=world.actor(code, Role.SIGNATORY),
        plan=plan,
        revision_hash=plan.frozen.hash,
        general=Stand(value="agree"),
        exceptions=odd,
    )


def reword(world: World, plan: Plan, key: str, text: str) -> None:
    wording = Wording(title_zh=f"第{key[1:]}项", text_zh=text, strength="binding")
    edit_provision(actor=world.coordinator(plan), plan=plan, key=key, edits=1, wording=wording)


def test_impact_names_what_then_falls(world: World) -> None:
    plan = plan_with(world)
    reword(world, plan, "a1", "太浦河水质按Ⅱ类控制，并保持水面开阔。")
    reword(world, plan, "a2", "太浦河水质按Ⅱ类控制。")
    actor = world.coordinator(plan)
    found = consent_impact_of(plan, pending(plan), actor=actor)
    assert (found.is_open, found.is_sealed, found.number, found.standing) == (True, False, 3, 5)
    told = {(line.key, party.code) for party in found.fallen for line in party.lines}
    assert told == {("a1", QINGPU), ("a1", WUJIANG), ("a2", QINGPU)}
    assert [(p.code, [line.key for line in p.lines]) for p in found.staying] == [(WUJIANG, ["a2"])]
    assert [(one.fallen, one.alone, one.may_be_editorial) for one in found.advice] == [
        (2, 2, False),
        (1, 1, False),
    ]
    publish(actor=actor, plan=plan, stage="recognition", freeze=True, accepts_gaps=True)
    payloads = [json.loads(row.payload) for row in RecordEntry.objects.order_by("pk")]
    last = [row for row in payloads if row["act"] == "revision.publish"][-1]
    assert {(item, code) for item, code, _why in last["effects"]["carried"]["stale"]} == told


def test_impact_says_which_change_could_be_editorial(world: World) -> None:
    plan = plan_with(world)
    reword(world, plan, "a1", "太浦河水质按Ⅲ类控制，并保持水面开阔、整洁。")
    found = consent_impact_of(plan, pending(plan), actor=world.coordinator(plan))
    assert [one.may_be_editorial for one in found.advice] == [True]


def test_impact_says_that_an_objection_stays_on_a_removed_article(world: World) -> None:
    plan = plan_with(world)
    remove_provision(actor=world.coordinator(plan), plan=plan, key="a2", edits=1)
    found = consent_impact_of(plan, pending(plan), actor=world.coordinator(plan))
    assert [(p.code, [line.value for line in p.lines]) for p in found.staying] == [
        (WUJIANG, ["object"])
    ]


def test_impact_of_a_sealed_sign_off_says_only_how_many_items(world: World) -> None:
    plan = plan_with(world, closes_at=in_days(3), is_sealed=True)
    reword(world, plan, "a2", "太浦河水质按Ⅱ类控制。")
    found = consent_impact_of(plan, pending(plan), actor=world.coordinator(plan))
    assert (found.is_sealed, found.items) == (True, 1)
    assert (found.fallen, found.staying, found.advice, found.standing) == ((), (), (), 0)


def test_no_sign_off_has_no_impact(world: World) -> None:
    plan = world.plan()
    assert consent_impact_of(plan, pending(plan), actor=world.coordinator(plan)) is None


def test_page_and_answer_are_there_for_who_sees_the_draft(world: World, client: Client) -> None:
    plan = plan_with(world)
    reword(world, plan, "a1", "太浦河水质按Ⅱ类控制。")
    client.force_login(world.user(QINGPU, Role.CONTACT_POINT))
    page = client.get(f"/plans/{plan.key}/impact/", headers={"accept-language": "en"})
    assert (page.status_code, b"Whose consent falls, and why" in page.content) == (200, True)
    answer = client.get(f"/api/v1/plans/{plan.key}/impact/").json()
    assert (answer["consent"]["number"], len(answer["consent"]["advice"])) == (2, 1)


@pytest.mark.parametrize("number", [3, 30])
def test_impact_costs_the_same_at_any_size(
    world: World, number: int, django_assert_num_queries: object
) -> None:
    plan = plan_with(world, number)
    for place in range(1, number):
        reword(world, plan, f"a{place}", f"太浦河水质按Ⅱ类控制{place}。")
    found, actor = pending(plan), world.coordinator(plan)
    assert current_sign_off(plan) is not None
    with django_assert_num_queries(13):
        consent_impact_of(plan, found, actor=actor)
