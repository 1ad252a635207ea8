"""Who owes what for a check, what who has done its part waits for, what calendars show."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consult.health import actions
from consult.health.awaited import awaited
from consult.health.dates import dates
from consult.health.duties import duties
from consult.health.tasks import close_due_report_ballots
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.health.scene import ALL, Scene, open_check
from tests.consult.phase4_implementation.ground import Ground, lay
from tests.world import JIASHAN, QINGPU, WUJIANG, World


def owed(plan: Plan, *, now: datetime | None = None) -> set[tuple[str, str | None]]:
    return {(one.kind, one.holder_code) for one in duties(plans=[plan], now=now or clock.now())}


def test_the_office_opens_the_check_of_a_year_in_the_next_january(world: World) -> None:
    ground: Ground = lay(world)
    since = ground.plan.in_force.published_at if ground.plan.in_force else None
    year = clock.now().year + 2
    assert owed(ground.plan) == set()
    found = duties(plans=[ground.plan], now=datetime(year, 1, 15, tzinfo=UTC))
    assert [(one.kind, one.due_at.day) for one in found] == ([("check.open", 31)] if since else [])


def test_each_party_owes_its_parts_until_the_day(scene: Scene) -> None:
    assert owed(scene.plan) == {
        ("section.fill", QINGPU),
        ("section.fill", WUJIANG),
        ("section.fill", JIASHAN),
        ("border.state", WUJIANG),
        ("border.state", JIASHAN),
    }
    found = duties(plans=[scene.plan], now=clock.now())
    assert {one.due_at for one in found} == {scene.check.due_at}
    late = scene.check.due_at + timedelta(hours=1)
    assert ("report.open_ballot", None) in owed(scene.plan, now=late)


def test_then_the_report_is_put_forward_signed_and_published(scene: Scene) -> None:
    scene.fill_all()
    assert owed(scene.plan) == {("report.open_ballot", None)}
    scene.put()
    assert owed(scene.plan) == {("report.take_position", code) for code in ALL}
    scene.speak(QINGPU)
    assert ("report.take_position", QINGPU) not in owed(scene.plan)
    scene.fill(QINGPU, text="改")
    assert owed(scene.plan) == {("report.open_ballot", None)}
    scene.put()
    for code in ALL:
        scene.speak(code)
    actions.close_report_ballot(actor=scene.office, plan=scene.plan, check=scene.check)
    assert owed(scene.plan) == {("check.publish", None)}
    scene.publish()
    assert owed(scene.plan) == set()


def test_who_has_done_its_part_waits_for_the_others(scene: Scene) -> None:
    def waits(code: str) -> list[str]:
        actor = scene.actor(code, Role.SIGNATORY)
        rows = awaited(actor=actor, plans=[scene.plan], now=clock.now())
        return [one.kind for one in rows]

    assert waits(QINGPU) == []
    scene.fill(QINGPU)
    assert (waits(QINGPU), waits(WUJIANG)) == (["section.fill"], [])
    scene.fill_all()
    scene.put()
    scene.speak(WUJIANG)
    assert (waits(QINGPU), waits(WUJIANG)) == ([], ["report.take_position"])


def test_calendars_show_the_days_of_the_check(scene: Scene) -> None:
    def days() -> list[str]:
        found = dates(plans=[scene.plan], now=clock.now())
        return sorted(one.key.split(":")[0] for one in found)

    assert "health_check.due" in days()
    scene.fill_all()
    scene.put()
    assert "health_check.close" in days()
    for code in ALL:
        scene.speak(code)
    actions.close_report_ballot(actor=scene.office, plan=scene.plan, check=scene.check)
    assert days() == ["health_check.publish"]
    scene.publish()
    assert days() == []


def test_the_hour_lets_the_rule_decide(scene: Scene) -> None:
    scene.fill_all()
    scene.put()
    assert close_due_report_ballots(clock.now()) == 0
    for code in ALL:
        scene.speak(code)
    with clock.stated(clock.now() + timedelta(days=6)):
        assert close_due_report_ballots(clock.now()) == 1
        assert close_due_report_ballots(clock.now()) == 0
    assert scene.stage == "signed"


@pytest.mark.parametrize("source", [duties, dates])
def test_more_checks_cost_no_more_queries(scene: Scene, source: Callable[..., object]) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            source(plans=[scene.plan], now=clock.now())
        return len(found)

    few = cost()
    for year in range(2000, 2010):
        open_check(scene.world, scene.plan, year=year, takes_last=True)
    assert cost() == few
