from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consult.dashboard.queries import glance_of
from consult.dashboard.tiles import tiles_of
from consult.matters.steps import Wording
from consult.phase4_implementation.models import Case
from consult.phase4_implementation.steps import AnswerText, add_answer
from consult.tasks.steps import create_task
from plans.projects.models import Project, ProjectParty
from plans.register.steps import set_phase
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase4_implementation.ground import Ground, lay
from tests.world import KUNSHAN, QINGPU, WUJIANG, World, in_days

PAGE, CALL = "/plans/QWJ/dashboard/", "/api/v1/plans/QWJ/dashboard/"


@pytest.fixture
def ground(world: World) -> Ground:
    return lay(world)


def client(ground: Ground, code: str) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(ground.world.user(code, Role.CONTACT_POINT))
    return found


def task(ground: Ground, due_on: date) -> None:
    create_task(
        plan=ground.plan,
        actor=ground.world.coordinator(ground.plan),
        origin="breakdown",
        origin_id="",
        title_zh="贯通",
        owner=WUJIANG,
        due_on=due_on,
    )


def test_the_counts_are_those_of_the_lists(ground: Ground) -> None:
    wujiang = ground.world.actor(WUJIANG, Role.CONTACT_POINT)
    ground.says(wujiang, "on_time")
    ground.says(ground.world.actor(QINGPU, Role.PLANNER), "late")
    ground.reads(wujiang, "4.3", period="2026-09")
    task(ground, date(2020, 1, 1))
    task(ground, date(2099, 1, 1))
    found = glance_of(actor=wujiang, plan=ground.plan)
    assert found.projects == {"late": 1}
    assert found.indicators == {"warning": 1, "unread": 1}
    assert (found.tasks, found.tasks_late, found.tasks_done) == (2, 1, 0)
    assert found.dates[-1].on == date(2099, 1, 1)
    assert found.programme is None


def test_a_milestone_nobody_reported_on_is_among_the_next_dates(ground: Ground) -> None:
    ground.milestone.due_on = in_days(10).date()
    ground.milestone.save()
    wujiang = ground.world.actor(WUJIANG, Role.CONTACT_POINT)
    number = f"{ground.project.key}.{ground.milestone.number}"
    for progress, shown in ((None, True), ("late", True), ("done", False)):
        if progress:
            ground.says(wujiang, progress, on_milestone=True)
        dates = glance_of(actor=wujiang, plan=ground.plan).dates
        assert (number in [one.number for one in dates]) is shown


def test_a_late_case_is_what_the_list_of_late_cases_holds(ground: Ground) -> None:
    """One that was answered is not late whatever its date, nor one above which no date counts."""
    ground.reads(ground.world.actor(WUJIANG, Role.CONTACT_POINT), "4.3")
    case = Case.objects.get()
    with clock.stated(case.due_at + timedelta(hours=1)):
        said = glance_of(actor=ground.world.coordinator(ground.plan), plan=ground.plan)
        assert (said.cases_open, said.cases_late) == (1, 1)
        tiles = {one.key: one for one in tiles_of(ground.plan, said)}
        late = client(ground, QINGPU).get(tiles["cases"].parts[1].url)
        assert [row.case for row in late.context["page_obj"]] == [case]
        add_answer(
            actor=ground.world.actor(WUJIANG, Role.CONTACT_POINT),
            case=case,
            code=WUJIANG,
            said=AnswerText(cause=Wording(zh="低流量"), measure=Wording(zh="减排"), done_on=None),
        )
        said = glance_of(actor=ground.world.coordinator(ground.plan), plan=ground.plan)
        assert (said.cases_open, said.cases_late) == (1, 0)


def test_an_open_case_past_its_date_is_late_and_leads_to_its_list(ground: Ground) -> None:
    wujiang = ground.world.actor(WUJIANG, Role.CONTACT_POINT)
    ground.reads(wujiang, "5.3", period="2026-09")
    found = glance_of(actor=wujiang, plan=ground.plan)
    assert (found.cases_open, found.cases_late) == (1, 0)
    with clock.stated(clock.now() + timedelta(days=90)):
        found = glance_of(actor=wujiang, plan=ground.plan)
    assert (found.cases_open, found.cases_late) == (1, 1)
    page = client(ground, QINGPU).get(PAGE).content.decode()
    assert "/plans/QWJ/implementation/cases/?state=late" in page
    assert "/plans/QWJ/implementation/indicators/?state=limit" in page


def test_the_page_and_the_api_are_for_who_sees_the_plan(ground: Ground) -> None:
    answer = client(ground, QINGPU).get(PAGE)
    assert answer.status_code == 200
    told = client(ground, QINGPU).get(CALL).json()
    assert [one["key"] for one in told["tiles"]] == [one.key for one in answer.context["tiles"]]
    assert client(ground, KUNSHAN).get(PAGE).status_code == 404
    assert client(ground, KUNSHAN).get(CALL).status_code == 404


def test_the_overview_of_a_plan_leads_here_in_phase_4_only(ground: Ground) -> None:
    overview, way = "/plans/QWJ/", 'class="btn btn-primary" href="/plans/QWJ/dashboard/"'
    assert way in client(ground, QINGPU).get(overview).content.decode()
    set_phase(plan=ground.plan, phase=3)
    assert way not in client(ground, QINGPU).get(overview).content.decode()


def test_before_phase_4_no_reservation_is_counted(ground: Ground) -> None:
    set_phase(plan=ground.plan, phase=3)
    answer = client(ground, QINGPU).get(PAGE)
    assert "reservations" not in {one.key for one in answer.context["tiles"]}
    assert "not in implementation yet" in answer.content.decode()


def test_the_page_costs_the_same_for_many(ground: Ground, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    task(ground, date(2020, 1, 1))
    reader = client(ground, QINGPU)
    reader.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        reader.get(PAGE)
    for number in range(20):
        one = Project.objects.create(
            plan=ground.plan,
            key=f"X{number}",
            name_zh="项目",
            theme=ground.project.theme,
            year_from=2026,
            year_until=2030,
            created_at=ground.project.created_at,
        )
        ProjectParty.objects.create(project=one, jurisdiction_id=QINGPU, role="lead")
        task(ground, date(2020, 1, 1))
    with django_assert_num_queries(len(few)):
        reader.get(PAGE)
