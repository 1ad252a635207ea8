"""When sign-offs open and close, as calendars show it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consult.phase3_identification.actions import close_early, recall_sign_off
from consult.phase3_identification.dates import dates
from consult.phase3_identification.tasks import close_due_sign_offs
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from tests.consult.phase3_identification.story import Story, tell
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days


@pytest.fixture
def small(world: World) -> Story:
    return tell(world, items=2, parties=(WUJIANG,))


def seen(story: Story, actor: Actor, *, now: datetime | None = None) -> list[tuple[str, datetime]]:
    found = dates(plans=[story.plan], now=now or clock.now())
    return [(one.key.partition(":")[0], one.at) for one in found if one.is_for(actor)]


def test_a_sign_off_opens_and_closes_for_its_parties(small: Story) -> None:
    assert seen(small, small.actor(QINGPU)) == []
    sign_off = small.open(in_days(9), is_sealed=True)
    both = [("sign_off.open", sign_off.opened_at), ("sign_off.close", sign_off.closes_at)]
    assert seen(small, small.actor(QINGPU)) == both
    assert seen(small, small.actor(WUJIANG, Role.PLANNER)) == both
    assert seen(small, small.coordinator) == both
    assert seen(small, small.actor(JIASHAN)) == []


def test_without_an_hour_there_is_no_close(small: Story) -> None:
    sign_off = small.open()
    assert seen(small, small.coordinator) == [("sign_off.open", sign_off.opened_at)]


def test_one_that_ended_before_its_hour_closes_no_more(small: Story) -> None:
    small.open(in_days(9))
    recall_sign_off(actor=small.coordinator, plan=small.plan, reason="误开")
    assert [what for what, _at in seen(small, small.coordinator)] == ["sign_off.open"]
    small.open(in_days(9))
    for code in (QINGPU, WUJIANG):
        small.say(code)
    close_early(actor=small.coordinator, plan=small.plan)
    whats = [what for what, _at in seen(small, small.coordinator)]
    assert whats == ["sign_off.open", "sign_off.open"]


def test_one_that_closed_at_its_hour_stays_for_half_a_year(small: Story) -> None:
    sign_off = small.open(in_days(9))
    for code in (QINGPU, WUJIANG):
        small.say(code)
    with clock.stated(in_days(10)):
        assert close_due_sign_offs(clock.now()) == 1
        assert len(seen(small, small.coordinator)) == 2
    after = sign_off.opened_at + timedelta(days=181)
    assert seen(small, small.coordinator, now=after) == []


def test_dates_cost_two_queries(small: Story) -> None:
    small.open(in_days(9))
    with CaptureQueriesContext(connection) as queries:
        dates(plans=[small.plan], now=clock.now())
    assert len(queries) == 2
