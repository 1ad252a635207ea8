"""The ladder: by the charter, by the parties together, by the clock; and who sits there."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from consult.matters import actions, ladder, queries
from consult.matters.ladder import Step, common_superior, step_above
from consult.matters.models import Matter
from consult.matters.steps import Wording
from consult.matters.tasks import raise_overdue_matters
from consult.phase1_organization.content import default_content, from_dict
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Conflict, Invalid
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()


@pytest.fixture(autouse=True)
def charter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The charter as its editor offers it: 15, 20 and 30 working days."""
    content = SimpleNamespace(content=default_content())
    monkeypatch.setattr(ladder, "charter_in_force", lambda plan: content)


@pytest.fixture
def matter(world: World, plan: Plan, charter: None) -> Matter:
    return actions.open_matter(
        actor=world.coordinator(plan),
        plan=plan,
        title=Wording(zh="限排"),
        description=Wording(),
        codes=[QINGPU, WUJIANG],
    )


def late(matter: Matter, days: int = 1) -> None:
    Matter.objects.filter(pk=matter.pk).update(due_at=clock.now() - timedelta(days=days))


def test_steps_pass_over_what_the_charter_leaves_out() -> None:
    steps = [Step(level="working", days=15), Step(level="government", days=30)]
    above = step_above(steps, level="working")
    assert above == steps[1]
    assert step_above(steps, level="department") == above
    assert step_above(steps, level="government") is None


def test_overdue_is_raised_one_step_a_run_and_never_twice(plan: Plan, matter: Matter) -> None:
    late(matter, days=200)  # a long outage
    now = clock.now()
    assert (raise_overdue_matters(now), raise_overdue_matters(now)) == (1, 0)
    matter.refresh_from_db()
    assert (matter.level, matter.due_at > now) == ("department", True)
    entry = RecordEntry.objects.order_by("-pk").first()
    assert (entry.act, entry.actor_kind) == ("matter.raise", "system")


def test_at_the_top_an_overdue_matter_stays(plan: Plan, matter: Matter) -> None:
    for level in ("department", "government", "superior"):
        late(matter)
        assert raise_overdue_matters(clock.now()) == 1
        matter.refresh_from_db()
        assert matter.level == level
    assert matter.due_at is None
    late(matter)
    assert raise_overdue_matters(clock.now()) == 0


def test_a_closed_or_rescheduled_matter_is_not_raised(
    world: World, plan: Plan, matter: Matter
) -> None:
    late(matter)
    stale = Matter.objects.select_related("plan").get(pk=matter.pk)
    office = world.coordinator(plan)
    soon = clock.now() + timedelta(days=5)
    with pytest.raises(Invalid):
        actions.reschedule(actor=office, plan=plan, matter=matter, due_at=soon, note=" ")
    actions.reschedule(actor=office, plan=plan, matter=matter, due_at=soon, note="数据未齐")
    with pytest.raises(Conflict):
        actions.raise_overdue(actor=SYSTEM, matter=stale, at=clock.now())


def test_two_offices_raise_at_once_and_one_is_told(
    world: World, plan: Plan, matter: Matter
) -> None:
    office = world.coordinator(plan)
    stale = Matter.objects.get(pk=matter.pk)
    actions.raise_matter(actor=office, plan=plan, matter=matter, note="未达成一致")
    with pytest.raises(Conflict):
        actions.raise_matter(actor=office, plan=plan, matter=stale, note="未达成一致")
    matter.refresh_from_db()
    assert matter.level == "department"


def test_the_parties_raise_it_together(world: World, plan: Plan, matter: Matter) -> None:
    here = {"plan": plan, "matter": matter}
    actions.ask_raise(actor=world.actor(QINGPU, Role.CONTACT_POINT), note="僵持", **here)
    with pytest.raises(Conflict):
        actions.ask_raise(actor=world.actor(QINGPU, Role.SIGNATORY), note="再", **here)
    matter.refresh_from_db()
    assert (matter.level, queries.asked_by(matter)) == ("working", {QINGPU})
    after = actions.ask_raise(actor=world.actor(WUJIANG, Role.CONTACT_POINT), note="同意", **here)
    assert (after.level, queries.asked_by(after)) == ("department", set())


def test_both_steps_are_told(world: World, plan: Plan, matter: Matter) -> None:
    office = world.coordinator(plan)
    matter = actions.raise_matter(actor=office, plan=plan, matter=matter, note="一")
    Notice.objects.all().delete()
    actions.raise_matter(
        actor=office, plan=plan, matter=matter, note="二", proposal=Wording(zh="三级限排")
    )
    told = set(Notice.objects.filter(kind="matter").values_list("user", flat=True))
    expected = {
        world.user(code, role).pk
        for code in (QINGPU, WUJIANG)
        for role in (Role.CONTACT_POINT, Role.SIGNATORY)
    }
    assert expected <= told
    assert world.user(JIASHAN, Role.SIGNATORY).pk not in told
    assert matter.moves.order_by("-pk").first().proposal_zh == "三级限排"


def test_the_common_superior_is_the_lowest_unit_above_all(world: World) -> None:
    def units(*codes: str) -> list[Jurisdiction]:
        return list(Jurisdiction.objects.filter(code__in=codes))

    assert common_superior(units(WUJIANG, KUNSHAN)) == "320500"
    assert common_superior(units(QINGPU, WUJIANG)) == "100000"
    assert common_superior([]) == ""


def test_who_sits_there_is_kept_in_the_charter_and_old_texts_keep_their_hash() -> None:
    old = default_content().as_dict()
    assert old["ladder"][0] == {"level": "working", "working_days": 15}
    old["ladder"][0]["seat_zh"] = "三地分管副局长"
    assert from_dict(old).ladder[0].seat_zh == "三地分管副局长"
    assert from_dict(old).as_dict()["ladder"][0]["seat_zh"] == "三地分管副局长"


def test_standing_says_where_who_and_how_long(plan: Plan, matter: Matter) -> None:
    standing = queries.standing_of(plan, matter, at=clock.now())
    assert [rung.place for rung in standing.rungs] == [0, 1, 1, 1]
    assert (standing.left, standing.is_top, standing.days_overdue) == (15, False, None)
    late(matter, days=7)
    matter.refresh_from_db()
    assert queries.standing_of(plan, matter, at=clock.now()).days_overdue > 0
