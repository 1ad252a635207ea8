"""An opinion handed in twice at once: one counts, the other is told."""

import uuid
from collections import Counter

from consult.phase2_preparation.actions import asked, experts
from consult.phase2_preparation.actions.experts import Asked
from consult.phase2_preparation.models import ExpertOpinion, Reply
from consult.phase2_preparation.queries.experts import link_actor
from consult.phase2_preparation.steps.experts import Person
from stakeholders.record.queries import check_chains
from tests.consult.phase2_preparation.stage import build
from tests.journeys.test_races import own, race  # noqa: F401 - the fixture `own`
from tests.world import World


def test_handed_in_twice_at_once_is_one_opinion(own: World) -> None:  # noqa: F811
    scene = build(own)
    row = experts.invite_expert(
        actor=scene.office,
        plan=scene.plan,
        one=scene.open(),
        person=Person(audience="expert", name="王教授", email="wang@expert.example"),
        asked=Asked(),
    )
    actor, given = link_actor(row), {"item_key": "", "kind": "general", "text": "好"}
    asked.save_remark(actor=actor, row=row, key=uuid.uuid4(), **given)

    def submit() -> None:
        asked.submit_opinion(actor=actor, row=row, result="ready", summary="好")

    assert race(*[submit] * 3) == Counter(done=1, Conflict=2)
    assert (ExpertOpinion.objects.count(), Reply.objects.count()) == (1, 1)
    assert {check.fault for check in check_chains()} == {""}
