"""Ballots and second persons at the same moment: one wins, the others are told."""

from collections import Counter

from consult.ballots.models import TwoPersonEnd
from tests.consult.ballots.test_two_persons import confirmed, prepared, second_signatory
from tests.journeys.test_races import own as own
from tests.journeys.test_races import race
from tests.world import QINGPU, World


def test_of_seconds_at_once_one_wins(own: World) -> None:
    proposal = prepared(own, own.plan(), code=QINGPU)
    second = second_signatory(own)
    said = race(*[lambda: confirmed(second, proposal)] * 4)
    assert said == Counter({"Conflict": 3, "done": 1})
    assert TwoPersonEnd.objects.count() == 1
