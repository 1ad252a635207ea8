"""An indicator is consented to like a provision: what its definition says anew asks again."""

from dataclasses import replace

import pytest

from consult.phase3_identification.board import board
from plans.indicators.measure import Measure
from plans.register.enums import ChangeKind
from plans.register.queries import drafts_of
from plans.register.steps import Place, create_item, edit_draft, version_content
from plans.text.changes import Standing, change_kind
from tests.consult.phase3_identification.story import Story, tell
from tests.consult.phase3_identification.test_carrying import carry
from tests.plans.indicators.test_checking import WATER
from tests.world import JIASHAN, QINGPU, WUJIANG, World

KEY = "water-share"


def agreed(world: World) -> Story:
    """Qingpu and Wujiang agreed to an indicator that concerns them; Jiashan to the rest."""
    story = tell(world, items=2, parties=(WUJIANG, JIASHAN))
    item = create_item(
        plan=story.plan,
        key=KEY,
        kind="indicator",
        content=WATER.content(),
        strength="binding",
        concerned=[QINGPU, WUJIANG],
        actor=story.coordinator,
    )
    story.places.append(Place(item=item, number="I1", heading="one"))
    story.publish({place.item.key: "added" for place in story.places})
    story.open()
    for code in (QINGPU, WUJIANG, JIASHAN):
        story.say(code)
    return story


def redefine(story: Story, measure: Measure) -> ChangeKind:
    """The kind of the change, after it was published and the sign-off carried over."""
    draft = drafts_of(story.plan).get(item__key=KEY)
    before = Standing(wording=version_content(draft), number="I1", heading="one")
    draft = edit_draft(
        draft=draft,
        edits=draft.edits,
        actor=story.coordinator,
        changes={"content": measure.content()},
    )
    after = Standing(wording=version_content(draft), number="I1", heading="one")
    kind = change_kind(before, after)
    carry(story, {KEY: kind.value})
    return kind


def states(story: Story) -> dict[str, str]:
    story.plan.refresh_from_db()
    found = board(sign_off=story.sign_off, revision=story.plan.frozen)
    row = next(one for one in found.rows if one.key == KEY)
    return {cell.code: cell.state for cell in row.cells}


@pytest.mark.parametrize(
    "changed",
    [
        {"weights": {**WATER.weights, QINGPU: "670.0"}},
        {"base_value": "20.39"},
        {"path": ((2030, "20.50"), (2035, "20.60"))},
        {"period": "quarter"},
        {"floors": {QINGPU: "18.00"}},
        {"calibres": {QINGPU: "水域调查口径"}},
        {"basis_zh": "防洪要求"},
        {"guard": "no_reduction"},
        {"warning": "20.40"},
    ],
)
def test_redefined_indicator_is_stale_for_whom_it_concerns(
    world: World, changed: dict[str, object]
) -> None:
    story = agreed(world)
    before = states(story)
    assert {code: state for code, state in before.items() if code != JIASHAN} == {
        QINGPU: "agreed",
        WUJIANG: "agreed",
    }
    assert redefine(story, replace(WATER, **changed)) is ChangeKind.INDICATOR
    after = states(story)
    assert (after[QINGPU], after[WUJIANG]) == ("stale", "stale")
    assert after.get(JIASHAN) == before.get(JIASHAN)


def test_english_words_of_a_definition_make_nothing_stale(world: World) -> None:
    story = agreed(world)
    before = states(story)
    english = replace(WATER, weight_en="Area in km²", name_en="Share of water surface")
    assert redefine(story, english) is ChangeKind.TRANSLATION
    assert states(story) == before
