"""The end of a round by the calendar as it is known when the round is opened."""

from datetime import UTC, date, datetime

import pytest

from consult.phase2_preparation.enums import RoundKind
from consult.phase2_preparation.lengths import default_end
from stakeholders.jurisdictions.actions import enter_days
from tests.world import World

pytestmark = pytest.mark.django_db
OPENED = datetime(2026, 9, 23, 2, tzinfo=UTC)


def end(world: World, at: datetime = OPENED) -> date:
    return default_end(plan=world.plan(f"P{at:%m%d%H%M}"), kind=RoundKind.URGENT, at=at)


def test_a_round_over_the_national_holiday_skips_it_and_counts_the_worked_saturday(
    world: World,
) -> None:
    # 24, 28, 29, 30 September; 8, 9 and (moved) 10 October 2026
    assert end(world) == date(2026, 10, 10)


@pytest.mark.parametrize(
    ("effective_from", "expected"),
    [(date(2026, 9, 23), date(2026, 10, 12)), (date(2026, 9, 24), date(2026, 10, 10))],
)
def test_a_day_entered_later_moves_no_end_computed_before_it_takes_effect(
    world: World, effective_from: date, expected: date
) -> None:
    enter_days(
        actor=world.admin,
        first=date(2026, 10, 9),
        last=date(2026, 10, 9),
        is_workday=False,
        name_zh="台风停工",
        document="应急指挥部通知",
        effective_from=effective_from,
    )
    assert end(world) == expected
