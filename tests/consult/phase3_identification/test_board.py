"""What the consent matrix shows, on the figures of the demonstration's checkpoint."""

import pytest

from consult.phase3_identification.board import board
from consult.phase3_identification.duties import duties
from consult.phase3_identification.queries import everything, sees
from stakeholders.terms import clock
from tests.consult.phase3_identification.story import (
    LOWFLOW,
    RESERVATION,
    TAX,
    Story,
    tell,
    tell_to_s3,
    use_charter,
)
from tests.world import JIANGSU, JIASHAN, QINGPU, WUJIANG, ZHEJIANG, World, in_days


def state_of(story: Story) -> object:
    return board(sign_off=story.sign_off, revision=story.plan.frozen)


def test_matrix_at_the_checkpoint_has_the_figures_of_the_story(world: World) -> None:
    state = state_of(tell_to_s3(world))
    assert state.totals == {
        "agreed": 132,
        "reserved": 1,
        "objected": 1,
        "stale": 2,
        "silent": 8,
        "not_concerned": 126,
    }
    assert state.passing == 42
    assert [row.number for row in state.open_rows] == ["6", "16", "19"]


def test_matrix_says_what_is_still_needed_and_from_whom(world: World) -> None:
    rows = {row.key: row for row in state_of(tell_to_s3(world)).rows}
    needed = rows["article-6"].needed["zh"]
    assert ("江苏" in needed, "浙江" in needed, "上海" in needed) == (True, True, False)
    assert "吴江" in rows[LOWFLOW].needed["zh"]
    assert "青浦" in rows[LOWFLOW].needed["zh"]


def test_matrix_carries_an_objection_and_marks_consents_stale_after_a_change(world: World) -> None:
    story = tell_to_s3(world)
    row = next(row for row in state_of(story).rows if row.key == LOWFLOW)
    states = {cell.code: (cell.state, cell.counts) for cell in row.cells}
    assert states[WUJIANG] == ("objected", True)
    assert states[QINGPU] == ("stale", False)
    assert states[JIASHAN] == ("stale", False)
    assert states[JIANGSU] == ("not_concerned", False)


def test_matrix_keeps_consent_through_an_editorial_change(world: World) -> None:
    story = tell(world, items=3)
    story.open()
    story.say(QINGPU)
    effects = story.rewrite("article-2", "条文二。", kind="editorial")
    assert effects["stale"] == []
    assert state_of(story).totals["stale"] == 0


def test_matrix_does_not_believe_a_changed_text_to_be_only_moved(world: World) -> None:
    story = tell(world, items=3)
    story.open()
    story.say(QINGPU)
    effects = story.rewrite("article-2", "另一条文。", kind="moved")
    assert effects["stale"] == [["article-2", QINGPU, "item_changed"]]
    assert state_of(story).totals["stale"] == 1


def test_matrix_shows_an_objection_without_wording_as_not_blocking(world: World) -> None:
    story = tell(world, items=2, parties=(WUJIANG,))
    story.open()
    story.say(QINGPU)
    story.say(WUJIANG, "object", text="理由")
    cell = state_of(story).rows[0].cells[1]
    assert (cell.state, cell.counts) == ("objected", False)


def test_matrix_of_a_sealed_sign_off_shows_others_only_as_answered(world: World) -> None:
    story = tell(world)
    sign_off = story.open(closes_at=in_days(3), is_sealed=True)
    story.say(JIASHAN, "agree", RESERVATION)
    mine = sees(sign_off, actor=story.actor(QINGPU), at=clock.now())
    state = board(sign_off=sign_off, revision=story.plan.frozen, sees=mine)
    assert state.totals == {"answered": 43, "silent": 101, "not_concerned": 126}
    assert {(row.passes, row.needed) for row in state.rows} == {(None, None)}
    own = sees(sign_off, actor=story.actor(JIASHAN), at=clock.now())
    row = next(
        row
        for row in board(sign_off=sign_off, revision=story.plan.frozen, sees=own).rows
        if row.key == TAX
    )
    assert [cell.state for cell in row.cells if cell.code == JIASHAN] == ["reserved"]


def test_sealed_positions_show_from_the_closing_hour_on_without_a_sweep(world: World) -> None:
    story = tell(world, items=2)
    sign_off = story.open(closes_at=in_days(1), is_sealed=True)
    with clock.stated(sign_off.closes_at):
        assert sees(sign_off, actor=story.actor(QINGPU), at=clock.now()) is everything


@pytest.mark.parametrize("items", [10, 120, pytest.param(500, marks=pytest.mark.prove)])
def test_matrix_costs_eight_queries_whatever_its_size(
    world: World, items: int, django_assert_num_queries: object
) -> None:
    story = tell(world, items=items, parties=(WUJIANG, JIASHAN, ZHEJIANG))
    story.open()
    story.say(QINGPU)
    sign_off = story.sign_off
    with django_assert_num_queries(8):
        state = board(sign_off=sign_off, revision=story.plan.frozen)
    assert len(state.rows) == items


def test_a_sealed_answer_is_hidden_from_the_coordinator_its_party_lends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_charter(monkeypatch)
    story = tell(world, items=2, parties=(WUJIANG, JIASHAN))
    story.open(closes_at=in_days(3), is_sealed=True)
    story.say(QINGPU)
    assert story.coordinator.jurisdiction_code == QINGPU
    sight = sees(story.sign_off, actor=story.coordinator, at=clock.now())
    assert (sight(QINGPU), sight(WUJIANG)) == (False, False)
    own = sees(story.sign_off, actor=story.actor(QINGPU), at=clock.now())
    assert (own(QINGPU), own(WUJIANG)) == (True, False)


def test_duties_of_a_sealed_sign_off_do_not_tell_who_agreed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_charter(monkeypatch)
    story = tell(world, items=2, parties=(WUJIANG, JIASHAN))
    story.open(closes_at=in_days(3), is_sealed=True)
    story.say(QINGPU)
    story.say(WUJIANG, "object", text="x")
    story.rewrite("article-1", "另一条文。")
    story.plan.refresh_from_db()
    found = duties(plans=[story.plan], now=clock.now())
    said = {
        duty.holder_code: (duty.kind, str(duty.title))
        for duty in found
        if duty.kind != "position.draft"  # inside the party
    }
    assert said[QINGPU] == said[WUJIANG]
    assert said[QINGPU][0] == "position.renew"
