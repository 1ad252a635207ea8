"""Who owes which letter, and what shuts the gate."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from consult.approval.actions.after_reply import publish_plan
from consult.approval.actions.going_up import ask_completion, forward_plan
from consult.approval.duties import duties
from consult.approval.enums import ReplyOutcome
from consult.approval.gate import blockers
from consult.approval.steps.letters import LetterText
from plans.register.models import Plan
from plans.register.steps import set_phase
from stakeholders.jurisdictions.actions import enter_days
from stakeholders.terms import clock
from stakeholders.terms.duty import Duty
from tests.consult.approval import reply_scene
from tests.consult.approval.way import (
    JIAXING,
    SUZHOU,
    agreed,
    approved_text,
    reply,
    signed,
    submitted,
    today,
)
from tests.consult.phase3_identification.story import Story
from tests.world import JIANGSU, SHANGHAI, World

pytestmark = pytest.mark.django_db


def owed(story: Story) -> list[Duty]:
    plan = Plan.objects.get(pk=story.plan.pk)
    return duties(plans=[plan], now=clock.now())


def kinds(story: Story) -> list[tuple[str, str | None]]:
    return [(one.kind, one.holder_code) for one in owed(story)]


def codes(story: Story) -> list[str]:
    return [one.code for one in blockers(plan=Plan.objects.get(pk=story.plan.pk))]


def forward(story: Story, unit: str, to: str) -> None:
    said = LetterText(dated_on=today(), number=unit, senders=[unit], addressees=[to])
    forward_plan(actor=story.coordinator, plan=story.plan, said=said)


def test_nothing_is_owed_before_all_have_signed(world: World) -> None:
    story = agreed(world)
    assert (owed(story), codes(story)) == ([], [])


def test_the_joint_office_submits_within_its_days(world: World) -> None:
    story = signed(world)
    found = owed(story)
    assert [(one.kind, one.holder_code, one.roles) for one in found] == [
        ("approval.submit", None, frozenset({"coordinator"}))
    ]
    assert localtime(found[0].due_at).hour == 17
    assert codes(story) == [
        "approval.not_submitted",
        "approval.not_forwarded",
        "approval.not_forwarded",
        "approval.no_reply",
        "approval.not_published",
    ]


def test_prefectures_forward_and_the_office_completes_by_the_date_of_the_notice(
    world: World,
) -> None:
    story, _letter = submitted(world)
    forward(story, JIAXING, "330000")
    said = LetterText(
        dated_on=today(), number="1", senders=[SHANGHAI], text="补充", due_on=today(4)
    )
    ask_completion(actor=story.coordinator, plan=story.plan, said=said)
    assert kinds(story) == [("approval.forward", SUZHOU), ("approval.complete", None)]
    assert localtime(owed(story)[1].due_at).date() == today(4)
    assert codes(story) == [
        "approval.not_forwarded",
        "approval.not_completed",
        "approval.no_reply",
        "approval.not_published",
    ]


def test_where_the_prefecture_takes_no_part_the_office_enters_its_letter(world: World) -> None:
    story, _letter = submitted(world)
    story.plan.parties.filter(jurisdiction=SUZHOU).update(left_at=clock.now())
    found = owed(story)
    assert [(one.kind, one.holder_code) for one in found] == [
        ("approval.forward", None),
        ("approval.forward", JIAXING),
    ]
    assert len({one.key for one in found}) == 2


def test_after_the_reply_the_plan_is_published_and_the_gate_opens(world: World) -> None:
    story, _letter = submitted(world)
    forward(story, JIAXING, "330000")
    forward(story, SUZHOU, JIANGSU)
    reply(story)
    assert kinds(story) == [("approval.publish", None)]
    assert codes(story) == ["approval.not_published"]
    said = LetterText(dated_on=today(), place="https://www.example.gov.cn/")
    publish_plan(actor=story.coordinator, plan=story.plan, said=said)
    assert (kinds(story), codes(story)) == ([], [])


def test_a_returned_plan_leads_back_to_joint_preparation(world: World) -> None:
    story, _letter = submitted(world)
    reply(story, ReplyOutcome.RETURNED)
    found = blockers(plan=story.plan)
    assert [one.code for one in found] == ["approval.returned"]
    assert found[0].url == f"/plans/{story.plan.key}/reopen/"


def test_conditions_are_carried_out_and_noted_before_the_gate_opens(world: World) -> None:
    story, _letter = submitted(world)
    forward(story, JIAXING, "330000")
    forward(story, SUZHOU, JIANGSU)
    reply(story, ReplyOutcome.WITH_CONDITIONS)
    assert codes(story) == ["approval.no_text", "approval.not_published"]
    approved_text(story)
    signing = story.plan.parties.co_makers().must_sign().count()
    assert codes(story) == ["approval.not_published", *["approval.not_noted"] * signing]


def test_a_filing_is_owed_by_the_kind_and_after_the_phase(world: World) -> None:
    story, _letter = submitted(world)
    Plan.objects.filter(pk=story.plan.pk).update(kind="overall")
    reply(story)
    assert ("approval.file", None) in kinds(story)
    assert "approval.not_filed" not in codes(story)
    set_phase(plan=Plan.objects.get(pk=story.plan.pk), phase=4)
    assert kinds(story) == [("approval.file", None)]


def test_duties_cost_the_same_for_one_and_several_plans(world: World) -> None:
    story, _letter = submitted(world)
    plan = Plan.objects.get(pk=story.plan.pk)
    others = [world.plan(f"P{n}") for n in range(3)]
    for one in others:
        set_phase(plan=one, phase=3)

    def cost(plans: list[Plan]) -> int:
        with CaptureQueriesContext(connection) as captured:
            duties(plans=plans, now=clock.now())
        return len(captured)

    assert cost([plan]) == cost([plan, *others])


def rest_from_tomorrow(world: World) -> None:
    """The coming month is said to be at rest, with effect long ago."""
    enter_days(
        actor=world.admin,
        first=today(1),
        last=today(31),
        is_workday=False,
        name_zh="停工",
        document="通知",
        effective_from=today(-300),
    )


def test_the_calendar_entered_later_moves_no_deadline_of_a_letter(world: World) -> None:
    story = signed(world)
    before = [one.due_at for one in owed(story)]
    with clock.stated(clock.now() + timedelta(days=1)):
        rest_from_tomorrow(world)
        assert [one.due_at for one in owed(story)] == before


def test_the_calendar_entered_later_moves_no_time_to_acknowledge(world: World) -> None:
    plan = reply_scene.submitted(world)
    reply_scene.answer(world, plan, ReplyOutcome.WITH_CONDITIONS, reply_scene.REPORT)
    reply_scene.reword(world, plan, 2, "按要求修改。")
    reply_scene.approve(world, plan)

    def due() -> set[datetime | None]:
        plan.refresh_from_db()
        found = duties(plans=[plan], now=clock.now())
        return {one.due_at for one in found if one.kind == "approval.acknowledge"}

    before = due()
    assert len(before) == 1
    with clock.stated(clock.now() + timedelta(days=1)):
        rest_from_tomorrow(world)
        assert due() == before
