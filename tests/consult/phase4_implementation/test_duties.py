from datetime import UTC, datetime

from consult.phase4_implementation.duties import duties
from plans.register.models import Plan
from plans.register.steps import set_phase
from stakeholders.terms.actor import Role
from tests.consult.phase4_implementation.ground import Ground
from tests.world import QINGPU, WUJIANG

EARLY = datetime(2026, 5, 1, tzinfo=UTC)
SOON = datetime(2026, 6, 15, tzinfo=UTC)


def test_a_milestone_is_owed_by_its_unit_from_a_month_before(ground: Ground) -> None:
    assert duties(plans=[ground.plan], now=EARLY) == []
    owed = duties(plans=[ground.plan], now=SOON)
    assert [(d.holder_code, d.subject_id) for d in owed] == [(WUJIANG, ground.milestone.pk)]
    assert owed[0].due_at == datetime(2026, 6, 30, 9, tzinfo=UTC)
    assert owed[0].url == "/plans/QWJ/implementation/projects/PJ3/report/?milestone=1"


def test_only_the_units_own_word_that_it_is_done_ends_the_duty(ground: Ground) -> None:
    ground.says(ground.world.actor(QINGPU, Role.PLANNER), "done", on_milestone=True)
    wujiang = ground.world.actor(WUJIANG, Role.PLANNER)
    ground.says(wujiang, "late", on_milestone=True)
    assert len(duties(plans=[ground.plan], now=SOON)) == 1
    ground.says(wujiang, "done", on_milestone=True)
    assert duties(plans=[ground.plan], now=SOON) == []
    ground.says(wujiang, "late", on_milestone=True)
    assert len(duties(plans=[ground.plan], now=SOON)) == 1


def test_nothing_is_owed_before_phase_4_and_many_plans_cost_one_query(
    ground: Ground, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        assert len(duties(plans=[ground.plan, *Plan.objects.none()], now=SOON)) == 1
    set_phase(plan=ground.plan, phase=3)
    assert duties(plans=[ground.plan], now=SOON) == []
