"""Ballots and second persons at the same moment: one wins, the others are told."""

from collections import Counter

from consult.ballots.models import BallotEnd, TwoPersonEnd
from consult.phase1_organization.actions import (
    give_notice,
    recall_charter_ballot,
    take_charter_position,
)
from stakeholders.terms.actor import Role
from tests.consult.ballots.test_two_persons import confirmed, prepared, second_signatory
from tests.consult.phase1_organization.scene import proposed, put_to_parties
from tests.journeys.test_races import own as own
from tests.journeys.test_races import race, sound
from tests.world import QINGPU, WUJIANG, World


def test_of_seconds_at_once_one_wins(own: World) -> None:
    proposal = prepared(own, own.plan(), code=QINGPU)
    second = second_signatory(own)
    said = race(*[lambda: confirmed(second, proposal)] * 4)
    assert said == Counter({"Conflict": 3, "done": 1})
    assert TwoPersonEnd.objects.count() == 1


def test_of_the_last_co_makers_giving_notice_at_once_one_stays(own: World) -> None:
    plan = own.plan(parties=(WUJIANG,))
    signers = [own.actor(code, Role.SIGNATORY) for code in (QINGPU, WUJIANG)]
    said = race(
        *[
            lambda actor=actor: give_notice(actor=actor, plan=plan, reason="区划调整")
            for actor in signers
        ]
    )
    assert said == Counter({"Conflict": 1, "done": 1})
    assert sound()


def test_a_recall_and_a_first_position_at_once_leave_one_truth(own: World) -> None:
    plan = own.plan()
    charter = proposed(own, plan)
    ballot = put_to_parties(own, charter)
    office, signer = own.coordinator(plan), own.actor(QINGPU, Role.SIGNATORY)
    said = race(
        lambda: recall_charter_ballot(actor=office, charter=charter),
        lambda: take_charter_position(actor=signer, charter=charter, value="agree"),
    )
    assert said == Counter({"Conflict": 1, "done": 1})
    ended = BallotEnd.objects.filter(ballot=ballot, outcome="recalled").exists()
    assert ended == (ballot.positions.count() == 0)
    assert sound()
