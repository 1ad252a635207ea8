"""A reading beside another for the same unit and period: corrected with a reason, or told of."""

from decimal import Decimal

import pytest

from consult.phase4_implementation.models import Reading, ThresholdWarning
from consult.phase4_implementation.queries import (
    full_series,
    get_indicator,
    newest_id,
    standings_of,
)
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid
from tests.consult.phase4_implementation.ground import Ground
from tests.plans.projects.test_views import browser
from tests.world import JIASHAN, QINGPU, WUJIANG

PATH = "/plans/QWJ/implementation/readings/new/"


def test_a_second_reading_needs_a_reason_and_the_first_stays_shown(ground: Ground) -> None:
    actor = ground.world.actor(WUJIANG, Role.PLANNER)
    first = ground.reads(actor, "4.3")
    with pytest.raises(Invalid) as error:
        ground.reads(actor, "4.4")
    assert list(error.value.errors) == ["reason"]
    second = ground.reads(actor, "4.4", reason="复测")
    series = full_series(get_indicator(ground.plan, key="antimony"))
    (mark,) = [m for cell in series.cells for m in cell.marks if m]
    assert (mark.reading, list(mark.former)) == (second, [first])
    assert ThresholdWarning.objects.count() == 1


def test_a_reason_without_anything_to_correct_is_invalid(ground: Ground) -> None:
    with pytest.raises(Invalid) as error:
        ground.reads(ground.world.actor(WUJIANG, Role.PLANNER), "4.4", reason="复测")
    assert list(error.value.errors) == ["reason"]


def test_of_two_who_saw_the_same_page_one_counts_and_the_other_is_told(ground: Ground) -> None:
    seen = newest_id(ground.plan)
    first = ground.reads(ground.world.actor(WUJIANG, Role.PLANNER), "3.3", seen=seen)
    with pytest.raises(Conflict) as conflict:
        ground.reads(ground.world.actor(WUJIANG, Role.CONTACT_POINT), "3.4", seen=seen)
    assert conflict.value.theirs == first
    assert Reading.objects.get().value == Decimal("3.3")


def test_the_form_keeps_what_was_typed_and_goes_through_with_a_reason(ground: Ground) -> None:
    client = browser(ground.world, WUJIANG, Role.PLANNER)
    ground.reads(ground.world.actor(WUJIANG, Role.CONTACT_POINT), "3.3")
    body = {
        "item": "antimony",
        "jurisdiction": WUJIANG,
        "period": "2025-03",
        "value": "3.4",
        "evidence": "复测报告",
        "seen": "0",
    }
    answer = client.post(PATH, body)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert 'value="3.4"' in text
    assert "复测报告" in text
    newest = newest_id(ground.plan)
    again = client.post(PATH, body | {"seen": str(newest), "reason": "复测"})
    assert again.status_code == 302
    assert client.post(PATH, body | {"value": "1e308"}).status_code == 422
    assert client.post(PATH, body | {"value": "NaN"}).status_code == 422
    assert client.post(PATH, body | {"period": "2099-01"}).status_code == 422


def test_the_whole_is_computed_beside_what_is_stated_and_a_difference_is_shown(
    ground: Ground,
) -> None:
    for code, value in ((QINGPU, "3.1"), (WUJIANG, "3.6"), (JIASHAN, "3.2")):
        ground.reads(ground.world.actor(code, Role.PLANNER), value)
    office = ground.world.coordinator(ground.plan)
    ground.reads(office, "3.5", jurisdiction=None)
    (whole,) = full_series(get_indicator(ground.plan, key="antimony")).wholes
    assert (whole.computed, whole.value, whole.differs) == (Decimal("3.6"), Decimal("3.5"), True)
    client = browser(ground.world, JIASHAN, Role.SIGNATORY)
    text = client.get("/plans/QWJ/implementation/indicators/antimony/").content.decode()
    assert "differs from what is stated" in text or "与填报值不一致" in text
    assert client.get("/plans/QWJ/implementation/indicators/?state=within").status_code == 200
    table = client.get(
        "/plans/QWJ/implementation/indicators/table.csv", headers={"accept-language": "zh-hans"}
    )
    assert b"".join(table).decode("utf-8-sig").splitlines()[0].split(",")[4] == "时段"


def test_the_newest_reading_is_of_the_period_that_ends_last_whatever_its_kind(
    ground: Ground,
) -> None:
    actor = ground.world.actor(QINGPU, Role.PLANNER)
    for period, value in (("2024", "3.0"), ("2025", "3.9"), ("2025-09", "3.3"), ("2025-Q2", "3.1")):
        ground.reads(actor, value, period=period)
    (found,) = standings_of([get_indicator(ground.plan, key="antimony")])
    assert [(one.period, one.value) for one in found.newest] == [("2025", Decimal("3.9"))]
    assert found.state == "within"
