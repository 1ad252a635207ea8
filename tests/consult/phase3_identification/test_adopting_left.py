"""Partial adoption after a party has left the open ballots of a sign-off."""

import json
from collections.abc import Iterator

import pytest
from django.utils import translation

from consult.ballots.models import Elector, ElectorEnd
from consult.phase3_identification.queries.adoptions import parties_of_parts
from stakeholders.terms import clock
from tests.consult.phase3_identification.story import Story, use_charter
from tests.consult.phase3_identification.test_adopting import ONE, adopt, groups, start
from tests.world import QINGPU, WUJIANG, World


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    use_charter(monkeypatch)
    with translation.override("en"):
        yield


def leave(story: Story, *codes: str) -> None:
    for row in Elector.objects.filter(jurisdiction__in=codes):
        ElectorEnd.objects.create(elector=row, reason="退出", at=clock.now())


def test_who_left_is_no_party_of_a_part_and_owes_it_no_signature(world: World) -> None:
    story = start(world)
    story.say(QINGPU)
    leave(story, WUJIANG)
    made = adopt(story, ONE)
    assert [party["code"] for party in json.loads(made.statement.content)["parties"]] == [QINGPU]
    assert parties_of_parts([made.statement]) == {made.statement.pk: [QINGPU]}


def test_an_item_that_nobody_is_left_for_is_not_adopted(world: World) -> None:
    story = start(world)
    story.say(QINGPU)
    story.say(WUJIANG)
    leave(story, QINGPU, WUJIANG)
    assert groups(story)[0] == []
