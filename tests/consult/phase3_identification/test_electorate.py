"""What a sign-off keeps of its parties when it opens: named weights, and who shows support only."""

from dataclasses import replace

import pytest

from consult.ballots.models import Elector
from consult.phase1_organization.content import default_content, share_rule
from consult.phase1_organization.queries import rule_for
from consult.phase3_identification.steps.ballots import require_named, supporting
from stakeholders.jurisdictions.enums import Level
from stakeholders.terms.errors import Conflict
from tests.consult.phase3_identification.story import PROVINCES, put_charter, tell
from tests.world import JIASHAN, QINGPU, WUJIANG, World

RANKS = {QINGPU: Level.COUNTY.rank, "320500": Level.PREFECTURE.rank, "310000": Level.PROVINCE.rank}


@pytest.mark.parametrize(
    ("competence", "below"),
    [
        ("county", []),
        ("prefecture", [QINGPU]),
        ("province", [QINGPU, "320500"]),
        ("national", [QINGPU, "320500", "310000"]),
    ],
)
def test_who_stands_below_the_level_of_an_item(competence: str, below: list[str]) -> None:
    assert supporting(competence, RANKS) == frozenset(below)


def test_a_named_weight_is_given_to_every_signing_party() -> None:
    rule = {"silence": "none", "requirements": [{"kind": "min_share", "weight": "population"}]}
    named = {QINGPU: {"population": "1"}}
    require_named(share_rule("1"), {}, codes=[QINGPU, WUJIANG])
    require_named(rule, named, codes=[QINGPU])
    with pytest.raises(Conflict, match=WUJIANG):
        require_named(rule, named, codes=[QINGPU, WUJIANG])


def test_the_opening_keeps_named_weights_and_supporters(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = tell(world, items=3)
    weights = {"population": dict.fromkeys((QINGPU, WUJIANG, JIASHAN, *PROVINCES), "2.5")}
    content = replace(default_content(), competence="support", weights=weights)
    put_charter(story, content, number=3)
    monkeypatch.setattr("consult.phase3_identification.steps.ballots.rule_for", rule_for)
    monkeypatch.setattr(
        "consult.phase3_identification.actions.opening.charter_in_force",
        lambda plan: plan.charters.get(number=3),
    )
    story.open()
    rows = Elector.objects.all()
    assert {tuple(row.weights.items()) for row in rows} == {(("population", "2.5"),)}
    assert not any(row.is_supporting for row in rows)  # all items are of the county level
