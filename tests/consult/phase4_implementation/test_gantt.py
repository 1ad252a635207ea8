"""The schedule and the wall: what is drawn, and that both cost the same however many there are."""

from datetime import date
from decimal import Decimal

from django.test import Client
from django.utils import translation

from consult.phase4_implementation.gantt import draw
from consult.phase4_implementation.queries import boards_of, wall_of
from plans.projects.actions import Words, edit_milestone, link_milestone
from plans.projects.models import Project
from plans.projects.queries import rows_of
from stakeholders.terms.actor import Role
from tests.consult.phase4_implementation.ground import Ground
from tests.plans.projects.sheets import milestone, project
from tests.world import JIASHAN, QINGPU, WUJIANG

ROOM = "/plans/QWJ/implementation/"
TODAY = date(2027, 1, 10)


def client_of(ground: Ground) -> Client:
    client = Client()
    client.force_login(ground.world.user(QINGPU, Role.PLANNER))
    return client


def test_bars_marks_slips_and_needs_are_drawn_in_order_of_time(ground: Ground) -> None:
    office = ground.world.coordinator(ground.plan)
    later = milestone(actor=office, project=ground.project, weight="60", due="2027-06-30")
    link_milestone(actor=office, milestone=later, needs=["PJ3.1"])
    words = Words(title_zh="封顶", owner=WUJIANG, due_on=date(2026, 12, 31), weight=Decimal(40))
    edit_milestone(actor=office, milestone=ground.milestone, changes=0, words=words, reason="汛期")
    ground.says(ground.world.actor(QINGPU, Role.PLANNER), "at_risk")
    projects = [ground.project]
    chart = draw(boards_of(projects), rows_of(projects), today=TODAY)
    assert chart is not None
    (bar,) = chart.bars
    first, second = bar.marks
    assert (bar.state, first.state, second.state) == ("at_risk", "overdue", "")
    assert first.first_x is not None
    assert first.first_x < first.x < second.x
    assert second.first_x is None
    assert bar.x <= first.x
    assert second.x <= bar.x + bar.width
    assert chart.today_x is not None
    assert first.x < chart.today_x < second.x
    assert [(one.name, one.is_too_early) for one in chart.links] == [("PJ3.1 → PJ3.2", False)]
    assert draw([], {}, today=TODAY) is None


def test_the_done_part_is_as_long_as_what_is_rolled_up(ground: Ground) -> None:
    milestone(actor=ground.world.coordinator(ground.plan), project=ground.project, weight="60")
    ground.says(ground.world.actor(WUJIANG, Role.PLANNER), "done", on_milestone=True)
    chart = draw(boards_of([ground.project]), rows_of([ground.project]), today=TODAY)
    assert chart is not None
    assert chart.bars[0].done_width == int(chart.bars[0].width * 0.4)


def test_both_pages_say_in_a_table_what_they_draw(ground: Ground) -> None:
    ground.says(ground.world.actor(QINGPU, Role.PLANNER), "late")
    ground.says(ground.world.actor(WUJIANG, Role.PLANNER), "on_time")
    client = client_of(ground)
    for page in ("gantt/", "wall/"):
        with translation.override("en"):
            text = client.get(ROOM + page, headers={"accept-language": "en"}).content.decode()
        assert '<svg class="gantt"' in text
        assert "The reports differ" in text
        assert "Late" in text
        assert "style=" not in text
        answer = client.get(f"{ROOM}{page}?progress=late")
        assert len(answer.context["page_obj"]) == 1
        assert len(client.get(f"{ROOM}{page}?progress=done").context["page_obj"]) == 0
        assert len(client.get(f"{ROOM}{page}?progress=blocked").context["page_obj"]) == 0


def test_a_wall_holds_each_partys_word_and_leaves_out_who_is_no_party(ground: Ground) -> None:
    ground.says(ground.world.actor(QINGPU, Role.PLANNER), "late")
    wall = wall_of([ground.project])
    (line,) = wall.lines
    assert [(cell.unit.pk, cell.state) for cell in line.cells] == [
        (QINGPU, "late"),
        (WUJIANG, ""),
        (JIASHAN, ""),
    ]
    assert not line.is_disputed


def test_pages_cost_the_same_for_two_and_twenty(
    ground: Ground, django_assert_max_num_queries
) -> None:
    office, client = ground.world.coordinator(ground.plan), client_of(ground)
    counts = []
    for numbers in (range(1), range(1, 19)):
        for number in numbers:
            made = project(actor=office, plan=ground.plan, key=f"Q{number:02}")
            milestone(actor=office, project=made)
            ground.says(ground.world.actor(QINGPU, Role.PLANNER), "late", blockage_zh="堵")
        found = {}
        for page in ("gantt/", "wall/", "", "projects/PJ3/"):
            client.get(ROOM + page)
            with django_assert_max_num_queries(80) as captured:
                assert client.get(ROOM + page).status_code == 200
            found[page] = len(captured)
        counts.append(found)
    assert counts[0] == counts[1]
    assert Project.objects.count() == 20
