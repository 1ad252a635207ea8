from datetime import UTC, datetime

from django.utils import translation

from consult.phase4_implementation.duties import duties
from plans.register.enums import Stage
from plans.register.models import Plan
from plans.register.steps import Place, edit_draft, publish_revision, set_phase
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase4_implementation.ground import ANTIMONY, Ground
from tests.world import JIASHAN, QINGPU, WUJIANG

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
    with django_assert_num_queries(2):  # nothing in force: no readings are asked; no case
        assert len(duties(plans=[ground.plan, *Plan.objects.none()], now=SOON)) == 1
    set_phase(plan=ground.plan, phase=3)
    assert duties(plans=[ground.plan], now=SOON) == []


def put_in_force(ground: Ground, at: datetime = datetime(2026, 10, 1, tzinfo=UTC)) -> None:
    """The text of the ground as one that came into force at `at`."""
    latest = ground.plan.revisions.latest("number")
    with clock.stated(at):
        entries = latest.entries.order_by("position")
        revision = publish_revision(
            plan=ground.plan,
            actor=ground.world.coordinator(ground.plan),
            stage=Stage.APPROVED,
            headings=[],
            places=[Place(item=one.item, number=one.number) for one in entries],
            changes={},
            charter_version="1",
        )
    Plan.objects.filter(pk=ground.plan.pk).update(in_force=revision)
    ground.plan.refresh_from_db()


def readings_owed(ground: Ground, now: datetime) -> list[tuple[str | None, str]]:
    found = duties(plans=[ground.plan], now=now)
    with translation.override("en"):
        return sorted((d.holder_code, str(d.title)) for d in found if d.kind == "reading.report")


def test_the_readings_of_a_year_are_owed_by_each_party_concerned(ground: Ground) -> None:
    put_in_force(ground)
    last_minute = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    assert readings_owed(ground, last_minute) == []
    new_year = datetime(2026, 12, 31, 16, 1, tzinfo=UTC)  # in Shanghai
    both = "Report readings of 2 indicators for 2026"
    assert readings_owed(ground, new_year) == [(c, both) for c in (QINGPU, WUJIANG, JIASHAN)]
    (duty, *_others) = [
        d for d in duties(plans=[ground.plan], now=new_year) if d.kind == "reading.report"
    ]
    assert duty.due_at == datetime(2027, 3, 31, 9, tzinfo=UTC)
    assert duty.since == datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert duty.url == "/plans/QWJ/implementation/readings/new/"


def test_a_reading_that_covers_the_end_of_the_year_is_taken_for_it(ground: Ground) -> None:
    put_in_force(ground)
    now = datetime(2027, 2, 1, tzinfo=UTC)
    wujiang = ground.world.actor(WUJIANG, Role.PLANNER)
    ground.reads(wujiang, "3", period="2026-11")
    one = "Report readings of 1 indicators for 2026"
    assert readings_owed(ground, now)[1] == (WUJIANG, one.replace("1 ", "2 "))
    with clock.stated(now):
        ground.reads(wujiang, "3", period="2026-12")
    assert readings_owed(ground, now)[1] == (WUJIANG, one)
    ground.reads(wujiang, "97", item="sections", period="2026")
    assert [code for code, _title in readings_owed(ground, now)] == [QINGPU, JIASHAN]


def test_who_left_and_a_text_of_the_new_year_are_not_asked(ground: Ground) -> None:
    now = datetime(2027, 2, 1, tzinfo=UTC)
    put_in_force(ground)
    ground.plan.parties.filter(jurisdiction=JIASHAN).update(left_at=now)
    assert [code for code, _title in readings_owed(ground, now)] == [QINGPU, WUJIANG]
    put_in_force(ground, datetime(2027, 1, 1, tzinfo=UTC))
    assert readings_owed(ground, now) == []


def test_readings_of_many_plans_cost_three_queries(
    ground: Ground, django_assert_num_queries
) -> None:
    put_in_force(ground)
    for plans in ([ground.plan], [ground.plan] * 20):
        with django_assert_num_queries(5):
            duties(plans=plans, now=datetime(2027, 2, 1, tzinfo=UTC))


def test_an_indicator_read_by_month_is_owed_until_the_fifteenth(ground: Ground) -> None:
    item = ground.plan.items.get(key="antimony")
    edit_draft(
        draft=item.draft,
        edits=item.draft.edits,
        actor=ground.world.coordinator(ground.plan),
        changes={"content": ANTIMONY | {"period": "month"}},
    )
    put_in_force(ground)
    now = datetime(2026, 11, 2, tzinfo=UTC)
    assert readings_owed(ground, now)[1] == (WUJIANG, "Report readings of 1 indicators for 2026-10")
    found = [d for d in duties(plans=[ground.plan], now=now) if d.kind == "reading.report"]
    assert {d.due_at for d in found} == {datetime(2026, 11, 15, 9, tzinfo=UTC)}
    ground.reads(ground.world.actor(WUJIANG, Role.PLANNER), "3", period="2026-10")
    assert [code for code, _title in readings_owed(ground, now)] == [QINGPU, JIASHAN]
