"""After a deferral, a recall, a reopening or a change of who acts, the list is right with the act."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.utils import timezone

from consult.desk.queries import collect, duties_of
from consult.matters import actions as matters
from consult.matters.models import Matter
from consult.matters.steps import Wording
from consult.phase1_organization import actions as organization
from consult.phase2_preparation import actions as preparation
from consult.phase2_preparation.queries import deadline_of
from consult.phase3_identification.actions import end_without_result, recall_sign_off
from consult.workflow.actions import reopen
from plans.register.models import Plan
from stakeholders.jurisdictions.actions import rename, succeed
from stakeholders.people.actions import end_mandate, grant_mandate, substitute
from stakeholders.people.models import Mandate
from stakeholders.people.queries import actor_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty
from tests.consult.phase1_organization.scene import proposed, put_to_parties, speak
from tests.consult.phase2_preparation.stage import Scene, build
from tests.consult.phase3_identification.story import Story, tell, use_charter
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, in_days, person

pytestmark = pytest.mark.django_db
CO_MAKERS = [QINGPU, WUJIANG, JIASHAN]
ALL = sorted([*CO_MAKERS, KUNSHAN])


@pytest.fixture
def scene(world: World) -> Scene:
    return build(world)


@pytest.fixture
def story(world: World, monkeypatch: pytest.MonkeyPatch) -> Story:
    use_charter(monkeypatch)
    return tell(world, items=2, parties=(WUJIANG, JIASHAN))


def owed(plan: Plan, *kinds: str) -> list[Duty]:
    fresh = Plan.objects.select_related("frozen", "in_force").get(pk=plan.pk)
    found = collect(plans=[fresh], now=clock.now())
    return [duty for duty in found if not kinds or duty.kind in kinds]


def holders(plan: Plan, *kinds: str) -> list[str | None]:
    return sorted(duty.holder_code or "" for duty in owed(plan, *kinds))


def desk(mandate: Mandate) -> list[str]:
    """The kinds of duties on the desk of who acts under a mandate."""
    held = Mandate.objects.counted(clock.now()).filter(pk=mandate.pk)
    return [d.kind for one in held for d in duties_of(actor=actor_of(one), now=clock.now())]


def day(days: float) -> date:
    return timezone.localtime(in_days(days)).date()


# Rounds


def answering(scene: Scene) -> dict[str | None, datetime | None]:
    return {duty.holder_code: duty.due_at for duty in owed(scene.plan, "round.answer")}


def test_an_extension_for_all_moves_every_deadline_at_once(scene: Scene) -> None:
    one = scene.open(closes_on=day(9))
    scene.reply(one, JIASHAN)
    asked = {"actor": scene.office, "plan": scene.plan, "one": one}
    one = preparation.extend_round(**asked, closes_on=day(16), reason="资料补充")
    assert answering(scene) == dict.fromkeys([QINGPU, WUJIANG, KUNSHAN], one.closes_at)
    with clock.stated(in_days(12)):
        assert sorted(answering(scene)) == [QINGPU, WUJIANG, KUNSHAN]
    with clock.stated(one.closes_at):
        assert answering(scene) == {}


def test_an_extension_for_one_moves_its_deadline_alone(scene: Scene) -> None:
    one = scene.open(closes_on=day(9))
    asked = {"actor": scene.office, "plan": scene.plan, "one": one, "code": WUJIANG}
    preparation.extend_round(**asked, closes_on=day(16), reason="资料补充")
    own = deadline_of(one, one.invitees.get(jurisdiction=WUJIANG))
    assert own > one.closes_at
    assert answering(scene) == {**dict.fromkeys(ALL, one.closes_at), WUJIANG: own}
    with clock.stated(one.closes_at):
        assert answering(scene) == {WUJIANG: own}
    # An extension of the whole round beyond it holds for this one, too.
    one.refresh_from_db()
    one = preparation.extend_round(**{**asked, "code": None}, closes_on=day(20), reason="再延")
    assert answering(scene) == dict.fromkeys(ALL, one.closes_at)


def test_who_is_let_answer_late_owes_anew_from_then_on(scene: Scene) -> None:
    one = scene.open(closes_on=day(9))
    late = {"actor": scene.office, "plan": scene.plan, "one": one, "code": WUJIANG}
    with clock.stated(in_days(12)):
        assert answering(scene) == {}
        admitted_at = clock.now()
        preparation.admit_late(**late, closes_on=day(15), reason="值班")
        (duty,) = owed(scene.plan, "round.answer")
    assert (duty.holder_code, duty.since) == (WUJIANG, admitted_at)


def test_a_recalled_round_asks_nobody_and_its_successor_everybody(scene: Scene) -> None:
    one = scene.open(closes_on=day(9))
    assert desk(scene.world.mandate(WUJIANG, Role.CONTACT_POINT)) == ["round.answer"]
    preparation.recall_round(actor=scene.office, plan=scene.plan, one=one, reason="附图有误")
    assert owed(scene.plan) == []
    assert desk(scene.world.mandate(WUJIANG, Role.CONTACT_POINT)) == []
    again = scene.open(closes_on=day(9))
    assert {duty.key for duty in owed(scene.plan)} == {
        f"round.answer:{again.pk}:{code}" for code in ALL
    }


def test_a_round_that_opens_later_is_owed_from_its_hour(scene: Scene) -> None:
    one = scene.open(opens_on=day(3), closes_on=day(9))
    assert owed(scene.plan) == []
    with clock.stated(one.opens_at):
        assert [duty.since for duty in owed(scene.plan)] == [one.opens_at] * 4


# The sign-off


def test_each_position_ends_its_own_duty_and_the_last_brings_the_close(story: Story) -> None:
    story.open(closes_at=in_days(9))
    for spoken, left in ((QINGPU, [WUJIANG, JIASHAN]), (WUJIANG, [JIASHAN])):
        story.say(spoken)
        assert holders(story.plan, "position.take") == left
        assert desk(story.world.mandate(spoken, Role.SIGNATORY)) == []
        assert owed(story.plan, "sign_off.close") == []
    story.say(JIASHAN)
    assert [duty.kind for duty in owed(story.plan)] == ["sign_off.close"]
    assert desk(story.world.mandates[QINGPU, "coordinator", "QWJ"]) == ["sign_off.close"]


def test_a_changed_wording_asks_again_who_had_agreed(story: Story) -> None:
    story.open(closes_at=in_days(9))
    story.say(QINGPU)
    with clock.stated(in_days(1)):
        story.rewrite("article-1", "改写。")
        again = {d.kind: d for d in owed(story.plan, "position.take", "position.renew")}
        renew = again["position.renew"]
        assert (renew.holder_code, renew.since) == (QINGPU, clock.now())
        assert holders(story.plan, "position.take") == [WUJIANG, JIASHAN]
        story.say(QINGPU)
        assert owed(story.plan, "position.renew") == []


@pytest.mark.parametrize("end", [recall_sign_off, end_without_result])
def test_a_sign_off_recalled_or_withdrawn_asks_the_joint_office_alone(
    story: Story, end: Callable[..., object]
) -> None:
    story.open(closes_at=in_days(9))
    end(actor=story.coordinator, plan=story.plan, reason="附表有误")
    assert [(d.kind, d.holder_code) for d in owed(story.plan)] == [("sign_off.open", None)]
    for code in CO_MAKERS:
        for role in (Role.SIGNATORY, Role.CONTACT_POINT, Role.PLANNER):
            assert desk(story.world.mandate(code, role)) == []
    story.open(closes_at=in_days(9))
    assert holders(story.plan, "position.take") == CO_MAKERS
    assert owed(story.plan, "sign_off.open") == []


def test_after_the_hour_nobody_owes_a_position_but_the_office_the_close(story: Story) -> None:
    sign_off = story.open(closes_at=in_days(9))
    with clock.stated(sign_off.closes_at):
        (duty,) = owed(story.plan)
    assert (duty.kind, duty.since) == ("sign_off.close", sign_off.closes_at)


def test_a_plan_taken_back_owes_nothing_of_the_sign_off(story: Story) -> None:
    story.open(closes_at=in_days(9))
    story.say(QINGPU)
    reopen(actor=story.coordinator, plan=story.plan, reason="第一条异议", items=["article-1"])
    assert owed(story.plan) == []
    assert desk(story.world.mandate(WUJIANG, Role.SIGNATORY)) == []


# Charter


def test_a_recalled_charter_ballot_asks_nobody(world: World) -> None:
    plan = world.plan()
    charter = proposed(world, plan)
    ballot = put_to_parties(world, charter)
    assert [d.since for d in owed(plan, "charter.take_position")] == [ballot.opened_at] * 3
    organization.recall_charter_ballot(actor=world.coordinator(plan), charter=charter, reason="误")
    assert owed(plan) == []
    put_to_parties(world, charter)
    speak(world, charter, WUJIANG)
    assert holders(plan, "charter.take_position") == [QINGPU, JIASHAN]


# Matters


@pytest.fixture
def matter(world: World) -> Matter:
    plan = world.plan()
    return matters.open_matter(
        actor=world.coordinator(plan),
        plan=plan,
        title=Wording(zh="太浦河枯水期限排", en="Low-flow limits"),
        description=Wording(),
        codes=[QINGPU, WUJIANG],
        due_at=in_days(20),
    )


def test_a_matter_follows_its_dates_parties_and_reopening(world: World, matter: Matter) -> None:
    plan = matter.plan
    office = {"actor": world.coordinator(plan), "plan": plan, "matter": matter, "note": "说明"}
    assert holders(plan, "matter.stand") == [QINGPU, WUJIANG]
    matters.reschedule(**office, due_at=in_days(30))
    matter.refresh_from_db()
    assert {d.due_at for d in owed(plan)} == {matter.due_at}
    with clock.stated(in_days(1)):
        matters.join_matter(**{**office, "actor": world.actor(JIASHAN, Role.CONTACT_POINT)})
        since = {d.holder_code: d.since for d in owed(plan, "matter.stand")}
        assert since == {QINGPU: matter.opened_at, WUJIANG: matter.opened_at, JIASHAN: clock.now()}
    matters.leave_matter(**{**office, "actor": world.actor(JIASHAN, Role.CONTACT_POINT)})
    assert holders(plan, "matter.stand") == [QINGPU, WUJIANG]
    matters.close_matter(**office, review_on=day(90))
    assert owed(plan) == []
    with clock.stated(in_days(80)):
        assert [d.kind for d in owed(plan)] == ["matter.reopen"]
        again = matters.reopen_matter(**office)
        assert holders(plan, "matter.stand") == [QINGPU, WUJIANG]
        assert {d.since for d in owed(plan, "matter.stand")} == {clock.now()}
        assert owed(plan, "matter.reopen") == []
        assert {d.due_at for d in owed(plan, "matter.close")} <= {again.due_at}


# A party that leaves


def test_who_has_left_owes_nothing_though_the_round_names_it(scene: Scene) -> None:
    scene.comment(outcome="adopted")
    one = scene.open()
    assert holders(scene.plan, "disposition.answer") == [WUJIANG]
    party = scene.plan.parties.get(jurisdiction=WUJIANG)
    party.left_at = clock.now()
    party.save()
    assert one.invitees.filter(jurisdiction=WUJIANG).exists()
    assert WUJIANG not in {duty.holder_code for duty in owed(scene.plan)}
    for role in (Role.CONTACT_POINT, Role.PLANNER, Role.SIGNATORY):
        assert desk(scene.world.mandate(WUJIANG, role)) == []
    party.left_at = None
    party.save()
    assert WUJIANG in holders(scene.plan, "round.answer")


def test_who_has_left_owes_no_position_where_it_counts_on(story: Story) -> None:
    story.open(closes_at=in_days(9))
    story.plan.parties.filter(jurisdiction=JIASHAN).update(left_at=clock.now())
    assert holders(story.plan, "position.take", "position.draft") == sorted([QINGPU, WUJIANG] * 2)


# Who acts


def granted(world: World, name: str, code: str, role: Role, **limits: object) -> Mandate:
    return grant_mandate(
        actor=world.admin,
        user=person(f"{name}@site.example", name),
        role=role,
        document="任命文件",
        jurisdiction=world.mandate(code, role).jurisdiction,
        **limits,
    )


def test_a_replaced_person_has_nothing_and_the_new_one_everything(scene: Scene) -> None:
    one = scene.open(closes_on=day(9))
    old = scene.world.mandate(WUJIANG, Role.CONTACT_POINT)
    before = {duty.key for duty in owed(scene.plan)}
    assert desk(old) == ["round.answer"]
    end_mandate(actor=scene.world.admin, mandate=old)
    assert desk(old) == []
    new = granted(scene.world, "new", WUJIANG, Role.CONTACT_POINT)
    assert desk(new) == ["round.answer"]
    # The holder is the jurisdiction: for everybody else nothing has changed.
    assert {duty.key for duty in owed(scene.plan)} == before
    assert f"round.answer:{one.pk}:{WUJIANG}" in before


def test_a_mandate_that_ends_by_its_day_ends_the_desk_with_it(scene: Scene) -> None:
    scene.open(closes_on=day(30))
    short = granted(
        scene.world,
        "short",
        WUJIANG,
        Role.CONTACT_POINT,
        valid_from=in_days(2),
        valid_until=in_days(4),
    )
    found = []
    for days in (1, 3, 5):
        with clock.stated(in_days(days)):
            found.append(desk(short))
    assert found == [[], ["round.answer"], []]


def test_a_substitute_sees_the_same_for_as_long_as_it_stands_in(scene: Scene) -> None:
    scene.open(closes_on=day(30))
    absent = scene.world.mandate(WUJIANG, Role.CONTACT_POINT)
    made = substitute(
        actor=actor_of(absent),
        mandate=absent,
        email="stand-in@site.example",
        name_zh="代理",
        document="请假条",
        valid_from=in_days(2),
        valid_until=in_days(4),
    )
    found = []
    for days in (1, 3, 5):
        with clock.stated(in_days(days)):
            found.append((desk(absent), desk(made)))
    own = ["round.answer"]
    assert found == [(own, []), (own, own), (own, [])]


def test_a_pending_signatory_sees_nothing_before_the_second_person(story: Story) -> None:
    story.open(closes_at=in_days(9))
    pending = granted(story.world, "pending", WUJIANG, Role.SIGNATORY)
    assert pending.is_pending
    assert desk(pending) == []
    assert desk(story.world.mandate(WUJIANG, Role.SIGNATORY)) == ["position.take"]


def test_a_mandate_limited_to_acts_sees_what_these_acts_do(scene: Scene) -> None:
    scene.open(closes_on=day(30))
    may = granted(scene.world, "may", WUJIANG, Role.CONTACT_POINT, acts=["reply.submit"])
    may_not = granted(scene.world, "not", WUJIANG, Role.CONTACT_POINT, acts=["matter.stand"])
    elsewhere = granted(scene.world, "else", WUJIANG, Role.CONTACT_POINT, plan_key="OTHER")
    assert [desk(one) for one in (may, may_not, elsewhere)] == [["round.answer"], [], []]


# Jurisdictions


def test_a_renamed_jurisdiction_keeps_its_duties_and_its_people(scene: Scene) -> None:
    scene.open(closes_on=day(30))
    before = [(duty.key, duty.due_at) for duty in owed(scene.plan)]
    rename(
        actor=scene.world.admin,
        code=WUJIANG,
        day=day(0),
        document="国函〔2026〕1号",
        names={"name_zh": "太湖新区", "name_en": "Taihu New District"},
    )
    assert [(duty.key, duty.due_at) for duty in owed(scene.plan)] == before
    assert desk(scene.world.mandate(WUJIANG, Role.CONTACT_POINT)) == ["round.answer"]


def test_what_a_merged_unit_owes_passes_to_the_joint_office(scene: Scene) -> None:
    one = scene.open(closes_on=day(30))
    people = [scene.world.mandate(code, Role.CONTACT_POINT) for code in (KUNSHAN, WUJIANG)]
    office = scene.world.mandates[QINGPU, "coordinator", "QWJ"]
    assert [desk(one) for one in (*people, office)] == [["round.answer"], ["round.answer"], []]
    succeed(
        actor=scene.world.admin,
        kind="merged",
        predecessors=[KUNSHAN],
        successors=[WUJIANG],
        day=day(0),
        document="国函〔2026〕2号",
    )
    assert holders(scene.plan, "round.answer") == [QINGPU, WUJIANG, JIASHAN]
    (duty,) = owed(scene.plan, "party.succeed")
    assert (duty.holder_code, duty.due_at) == (None, one.closes_at)
    assert [desk(one) for one in (*people, office)] == [[], ["round.answer"], ["party.succeed"]]
    scene.plan.parties.filter(jurisdiction=KUNSHAN).update(left_at=clock.now())
    assert desk(office) == []
