"""What somebody waits for who has done its part: neutral lines, in every slice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from consult.desk import sources
from consult.desk.queries import awaited_by, awaited_lines, desk_of, plans_of
from consult.matters import actions as matters
from consult.matters.steps import Wording
from consult.phase2_preparation.duties import duties as phase2_duties
from consult.phase3_identification.actions import sign_statement
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.awaited import Awaited
from tests.consult.approval.way import agreed, reply, submitted
from tests.consult.phase1_organization.scene import proposed, put_to_parties, speak
from tests.consult.phase2_preparation.stage import build
from tests.consult.phase3_identification.story import tell, use_charter
from tests.consult.spoken.scene import STAND, provisional
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, in_days


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def charter(monkeypatch: pytest.MonkeyPatch) -> None:
    use_charter(monkeypatch)


def told(actor: Actor, *, days: float = 0) -> list[tuple[str, str]]:
    now = clock.now() + timedelta(days=days)
    lines = awaited_lines(actor=actor, now=now)
    return [(line.awaited.kind, str(line.awaited.whom)) for line in lines]


def test_a_round_is_awaited_by_who_answered_until_its_close(world: World) -> None:
    scene = build(world)
    one = scene.open()
    wujiang = scene.actor(WUJIANG)
    assert told(wujiang) == []
    scene.reply(one, WUJIANG, "aim")
    (line,) = awaited_lines(actor=wujiang, now=clock.now())
    assert (str(line.awaited.title), str(line.awaited.whom)) == (
        "Comment round 1",
        "the other parties",
    )
    assert (line.awaited.due_at, line.awaited.url) == (one.closes_at, "/plans/QWJ/rounds/1/")
    assert told(scene.actor(JIASHAN)) == []
    for code in (QINGPU, KUNSHAN, JIASHAN):
        scene.reply(one, code)
    # All have answered: that nobody is missing any more is not told either.
    assert told(wujiang) == [("round.answer", "the other parties")]
    assert phase2_duties(plans=[scene.plan], now=clock.now()) == []


def test_comments_are_awaited_after_the_close_until_their_disposition_is_published(
    world: World,
) -> None:
    scene = build(world)
    one = scene.open()
    scene.reply(one, WUJIANG, "aim", "water")
    later = (one.closes_at - clock.now()).days + 2
    (line,) = awaited_lines(actor=scene.actor(WUJIANG), now=in_days(later))
    assert str(line.awaited.title) == "2 comments of yours without a disposition"
    assert told(scene.actor(JIASHAN), days=later) == []
    assert told(scene.office, days=later) == []


def test_a_charter_is_awaited_by_who_has_spoken(world: World) -> None:
    plan = world.plan()
    charter = proposed(world, plan)
    put_to_parties(world, charter)
    speak(world, charter, WUJIANG)
    expected = [("charter.take_position", "the other parties")]
    assert told(world.actor(WUJIANG, Role.SIGNATORY)) == expected
    assert told(world.actor(WUJIANG, Role.CONTACT_POINT)) == expected
    assert told(world.actor(JIASHAN, Role.SIGNATORY)) == []
    assert told(world.actor(WUJIANG, Role.SIGNATORY), days=4) == []


def test_a_matter_is_awaited_by_who_took_its_stand_until_it_is_asked_again(world: World) -> None:
    plan = world.plan()
    office = world.coordinator(plan)
    matter = matters.open_matter(
        actor=office,
        plan=plan,
        title=Wording(zh="限排", en="Limits"),
        description=Wording(),
        codes=[QINGPU, WUJIANG],
    )
    wujiang = world.actor(WUJIANG, Role.CONTACT_POINT)
    here = {"plan": plan, "matter": matter}
    matters.take_stand(actor=wujiang, value="agree", text=Wording(zh="赞成"), **here)
    assert told(wujiang) == [("matter.stand", "the other parties and the joint office")]
    assert told(world.actor(QINGPU, Role.CONTACT_POINT)) == []
    matters.propose_agreement(actor=office, text=Wording(zh="草案"), **here)
    assert told(wujiang) == []


def test_a_sealed_sign_off_is_awaited_and_tells_nothing_of_others(
    world: World, charter: None
) -> None:
    story = tell(world, items=2)
    story.open(closes_at=in_days(9), is_sealed=True)
    story.say(WUJIANG)
    wujiang, jiashan = (world.actor(code, Role.CONTACT_POINT) for code in (WUJIANG, JIASHAN))
    alone = told(wujiang)
    assert (alone, told(jiashan)) == ([("position.take", "the other parties")], [])
    story.say(JIASHAN)
    story.say(QINGPU)
    assert told(wujiang) == alone
    assert told(wujiang, days=10) == [("sign_off.close", "the close by the joint office")]


def test_a_stale_consent_makes_it_ones_own_turn_again(world: World, charter: None) -> None:
    story = tell(world, items=2)
    story.open()
    story.say(WUJIANG)
    assert told(story.actor(WUJIANG)) == [("position.take", "the other parties")]
    story.rewrite("article-1", "新的表述")
    assert told(story.actor(WUJIANG)) == []


def test_signatures_are_awaited_while_one_is_missing(world: World, charter: None) -> None:
    story = agreed(world)
    sign_statement(actor=story.actor(WUJIANG), plan=story.plan)
    assert told(story.actor(WUJIANG)) == [("statement.sign", "the other parties")]
    for code in (QINGPU, JIASHAN):
        sign_statement(actor=story.actor(code), plan=story.plan)
    assert told(story.actor(WUJIANG)) == []


def test_the_reply_is_awaited_by_all_once_the_plan_was_submitted(
    world: World, charter: None
) -> None:
    story, _letter = submitted(world)
    expected = [("approval.publish", "the reply of the approving authority")]
    assert told(story.coordinator) == expected
    assert told(world.actor(KUNSHAN, Role.CONTACT_POINT)) == expected
    reply(story)
    assert told(story.coordinator) == []


def test_what_one_entered_is_awaited_by_its_person_alone(world: World) -> None:
    plan = world.plan()
    matter = matters.open_matter(
        actor=world.coordinator(plan),
        plan=plan,
        title=Wording(zh="限排"),
        description=Wording(),
        codes=[QINGPU, WUJIANG],
    )
    planner = world.actor(WUJIANG, Role.PLANNER)
    provisional(planner, plan, "stand", matter, STAND)
    assert told(planner) == [("spoken.confirm", "the confirmation of the party")]
    assert told(world.actor(WUJIANG, Role.CONTACT_POINT)) == []
    assert told(world.actor(JIASHAN, Role.PLANNER)) == []


def test_who_is_late_is_named_to_nobody_but_the_joint_office(world: World) -> None:
    scene = build(world)
    scene.reply(scene.open(), WUJIANG)
    desk = desk_of(actor=scene.actor(WUJIANG), now=clock.now())
    assert (desk.owed, desk.owed_counts, len(desk.awaited)) == ([], [], 1)
    office = desk_of(actor=scene.office, now=clock.now())
    assert {line.duty.holder_code for line in office.owed} == {QINGPU, JIASHAN, KUNSHAN}
    assert [(one.open, one.overdue) for one in office.owed_counts] == [(len(office.owed), 0)]


def test_a_mandate_for_one_plan_waits_for_nothing_of_another(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = [world.plan("P1"), world.plan("P2")]

    def source(*, actor: Actor, plans: list[object], now: object) -> list[Awaited]:
        return [
            Awaited(
                kind="round.answer", plan_id=plan.pk, subject_id=1, title="t", url="/", whom="w"
            )
            for plan in plans
        ]

    monkeypatch.setattr(sources, "AWAITED", (source,))
    actor = world.actor(WUJIANG, Role.DEPUTY, plan_key="P2")
    found = awaited_by(actor=actor, plans=plans, duties=[], now=clock.now())
    assert [one.plan_id for one in found] == [plans[1].pk]


@pytest.mark.parametrize("many", [7, pytest.param(20, marks=pytest.mark.prove)])
def test_what_is_awaited_costs_the_same_for_two_and_for_many_plans(
    world: World, django_assert_num_queries, many: int
) -> None:
    build(world, "P0")
    wujiang = world.actor(WUJIANG, Role.CONTACT_POINT)

    def wait() -> None:
        plans = plans_of(actor=wujiang)
        awaited_by(actor=wujiang, plans=plans, duties=[], now=clock.now())

    def answered(number: int) -> None:
        scene = build(world, f"P{number}")
        scene.reply(scene.open(), WUJIANG)

    answered(1)
    wait()
    with CaptureQueriesContext(connection) as few:
        wait()
    for number in range(2, many):
        answered(number)
    with django_assert_num_queries(len(few)):
        wait()
    assert len(told(wujiang)) == many - 1
