"""When rounds begin and close, as calendars show it: for whom, and which day after a longer time."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consult.phase2_preparation import actions
from consult.phase2_preparation.dates import dates
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.plan_date import PlanDate
from tests.consult.phase2_preparation.stage import Scene
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG

ZONE = ZoneInfo("Asia/Shanghai")


def later(days: int) -> date:
    return timezone.localtime(clock.now()).date() + timedelta(days=days)


def on(day: date, hour: int = 17) -> datetime:
    return datetime.combine(day, time(hour, 0), ZONE)


def found(scene: Scene) -> list[PlanDate]:
    return dates(plans=[scene.plan], now=clock.now())


def of(scene: Scene, code: str, role: Role = Role.CONTACT_POINT) -> list[tuple[str, datetime]]:
    """(what, when) of what this actor takes part in."""
    actor = scene.office if role is Role.COORDINATOR else scene.actor(code, role)
    return [(one.key.partition(":")[0], one.at) for one in found(scene) if one.is_for(actor)]


def test_a_round_begins_and_closes_for_who_is_asked(scene: Scene) -> None:
    one = scene.open(closes_on=later(5), codes=[WUJIANG, KUNSHAN])
    both = [("round.begin", one.opens_at), ("round.close", on(later(5)))]
    seen = {code: of(scene, code) for code in (WUJIANG, KUNSHAN, QINGPU, JIASHAN)}
    assert seen == {WUJIANG: both, KUNSHAN: both, QINGPU: [], JIASHAN: []}
    assert of(scene, QINGPU, Role.COORDINATOR) == both
    assert {row.zone for row in found(scene)} == {"Asia/Shanghai"}
    assert {str(row.title) for row in found(scene)} == {"第1轮征求意见开始", "第1轮征求意见截止"}


def test_a_longer_time_for_all_moves_the_close(scene: Scene) -> None:
    one = scene.open(closes_on=later(5))
    key = found(scene)[1].key
    actions.extend_round(
        actor=scene.office, plan=scene.plan, one=one, closes_on=later(9), reason="防汛"
    )
    close = found(scene)[1]
    assert (close.key, close.at, close.number) == (key, on(later(9)), 1)
    assert close.changed_at == one.extensions.get().at


def test_a_longer_time_for_one_is_known_to_this_one_alone(scene: Scene) -> None:
    one = scene.open(closes_on=later(5))
    actions.extend_round(
        actor=scene.office, plan=scene.plan, one=one, closes_on=later(9), reason="x", code=KUNSHAN
    )
    closes = {code: of(scene, code)[1:] for code in (KUNSHAN, WUJIANG)}
    assert closes == {
        KUNSHAN: [("round.close", on(later(9)))],
        WUJIANG: [("round.close", on(later(5)))],
    }
    assert of(scene, QINGPU, Role.COORDINATOR)[1:] == [("round.close", on(later(5)))]
    own = next(row for row in found(scene) if row.is_own)
    assert (own.number, own.key) == (1, found(scene)[1].key)


def test_a_recalled_round_has_no_dates(scene: Scene) -> None:
    one = scene.open(closes_on=later(5))
    actions.recall_round(actor=scene.office, plan=scene.plan, one=one, reason="误发")
    assert found(scene) == []


@pytest.mark.parametrize(("days", "count"), [(5, 2), (184, 2), (190, 0)])
def test_what_is_long_over_is_named_no_more(scene: Scene, days: int, count: int) -> None:
    scene.open(closes_on=later(5))
    assert len(dates(plans=[scene.plan], now=clock.now() + timedelta(days=days))) == count


def test_dates_cost_the_same_for_1_and_8_rounds(scene: Scene) -> None:
    costs = []
    for more in (1, 7):
        for _number in range(more):
            scene.open(closes_on=later(5))
        with CaptureQueriesContext(connection) as queries:
            count = len(found(scene))
        costs.append((count, len(queries)))
    assert costs == [(2, 3), (16, 3)]
