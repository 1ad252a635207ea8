"""Adopting two of four items while a third is objected to; then revise, renew, close, sign. By the
acts alone; and of two coordinators at the same moment one adopts."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest
from django.utils import translation

from consult.phase3_identification.actions import close_sign_off, sign_statement
from consult.phase3_identification.gate import blockers
from consult.phase3_identification.models import PartialAdoption
from consult.phase3_identification.queries import statement_of
from plans.register.queries import latest_revision
from stakeholders.record.models import RecordEntry
from tests.consult.phase3_identification.story import Story, use_charter
from tests.consult.phase3_identification.test_adopting import (
    AGAINST,
    FOUR,
    ONE,
    THREE,
    TWO,
    WHY,
    adopt,
    groups,
    seen,
    start,
    state_of,
)
from tests.journeys.test_races import own as own
from tests.journeys.test_races import race, sound
from tests.world import QINGPU, WUJIANG, World


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    use_charter(monkeypatch)
    with translation.override("en"):
        yield


def test_two_of_four_first_then_the_rest(world: World) -> None:
    story = start(world)
    story.say(QINGPU)
    story.say(WUJIANG, "agree", AGAINST)
    assert groups(story) == ([ONE, THREE, FOUR], [TWO], [])
    part = adopt(story, ONE, THREE)
    assert latest_revision(story.plan).number == 1
    story.rewrite(TWO, "按意见修改。")
    assert groups(story) == ([FOUR], [TWO], [ONE, THREE])
    states = {row.key: {c.code: c.state for c in row.cells} for row in state_of(story).rows}
    assert states[TWO] == {QINGPU: "stale", WUJIANG: "objected"}
    story.say(QINGPU)
    story.say(WUJIANG)
    assert groups(story) == ([TWO, FOUR], [], [ONE, THREE])
    end = close_sign_off(actor=story.coordinator, plan=story.plan)
    assert (end.outcome, end.revision.number) == ("passed", 3)
    whole = statement_of(story.sign_off)
    content = json.loads(whole.content)
    assert [one["key"] for one in content["items"]] == [ONE, TWO, THREE, FOUR]
    assert {one["passed"] for one in content["items"]} == {True}
    assert [one["items"] for one in content["parts"]] == [[ONE, THREE]]
    assert content["parts"][0]["statement"] == part.statement.hash
    for code in (QINGPU, WUJIANG):
        sign_statement(actor=story.actor(code), plan=story.plan)
    assert blockers(plan=story.plan) == []
    acts = RecordEntry.objects.order_by("pk").values_list("act", flat=True)
    assert [act for act in acts if act.startswith(("sign_off.", "statement."))] == [
        "sign_off.open",
        "sign_off.adopt_part",
        "sign_off.close",
        "statement.sign",
        "statement.sign",
    ]
    assert sound()


def test_of_two_coordinators_at_once_one_adopts(own: World) -> None:
    story = start(own)
    story.say(QINGPU)
    story.say(WUJIANG)
    items = seen(story, ONE, TWO)
    story.plan.refresh_from_db()
    said = race(*[lambda: adopt_same(story, items)] * 2)
    assert said == Counter({"Conflict": 1, "done": 1})
    assert PartialAdoption.objects.count() == 1
    assert sound()


def adopt_same(story: Story, items: dict[str, str]) -> None:
    adopt(story, items=items, reason=WHY)
