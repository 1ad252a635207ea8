"""The register as a list: filters, order, downloads; shares refused at their cells."""

from decimal import Decimal

import pytest
from django.test import Client

from plans.projects.actions import add_project
from plans.projects.models import Project
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Invalid
from tests.plans.projects.sheets import milestone, project, sheet
from tests.plans.projects.test_views import FORM, browser, many, page
from tests.world import QINGPU, WUJIANG, World

LIST = "/plans/QWJ/projects/"


def found(client: Client, query: str) -> list[str]:
    answer = client.get(f"{LIST}{query}")
    assert answer.status_code == 200
    return [one.key for one in answer.context["page_obj"]]


def test_the_register_is_filtered_and_sorted_from_its_address(world: World) -> None:
    plan = world.plan()
    office = world.coordinator(plan)
    first = project(actor=office, plan=plan, key="A1", name_zh="淀山湖绿道", budget=Decimal(5))
    milestone(actor=office, project=first, weight="40")
    last = project(
        actor=office, plan=plan, key="B2", theme="water", year_from=2030, year_until=2031
    )
    milestone(actor=office, project=last, weight="100")
    client = browser(world, QINGPU, Role.PLANNER)
    queries = {
        "": ["A1", "B2"],
        "?sort=-budget": ["B2", "A1"],
        "?theme=water": ["B2"],
        f"?lead={QINGPU}": ["A1", "B2"],
        f"?lead={WUJIANG}": [],
        "?lead=body": [],
        f"?party={WUJIANG}": ["A1", "B2"],
        "?state=unweighed": ["A1"],
        "?state=ahead": ["B2"],
        "?state=running": ["A1"],
        "?text=绿道": ["A1"],
        "?theme=nothing": ["A1", "B2"],
    }
    assert {query: found(client, query) for query in queries} == queries


def test_downloads_hold_a_row_for_each_party_with_sums_that_add_up(world: World) -> None:
    plan = world.plan()
    project(actor=world.coordinator(plan), plan=plan)
    client = browser(world, QINGPU, Role.PLANNER)
    answer = client.get(f"{LIST}table.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    sums = [Decimal(line.rpartition(",")[2]) for line in lines[1:]]
    assert sum(sums) == Decimal(95000)
    assert client.get(f"{LIST}table.xlsx").status_code == 200


def test_shares_of_99_99_are_refused_at_every_filled_cell_with_the_sum(world: World) -> None:
    world.plan()
    client = browser(world, QINGPU, Role.PLANNER)
    answer = client.post(f"{LIST}new/", FORM, headers={"accept-language": "en"})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) == {f"cost_{QINGPU}", f"cost_{WUJIANG}"}
    assert "99.99" in str(errors[f"cost_{QINGPU}"])
    assert 'value="39.99"' in answer.content.decode()
    assert Project.objects.count() == 0


@pytest.mark.parametrize("key", ["new", "known", "table"])
def test_a_number_that_names_a_page_is_refused(world: World, key: str) -> None:
    plan = world.plan()
    with pytest.raises(Invalid) as error:
        add_project(actor=world.coordinator(plan), plan=plan, key=key, sheet=sheet())
    assert list(error.value.errors) == ["key"]


def test_list_and_downloads_cost_the_same_for_two_and_twenty(
    world: World, django_assert_max_num_queries
) -> None:
    plan = world.plan()
    client = browser(world, QINGPU, Role.PLANNER)
    counts = []
    for numbers in (range(2), range(2, 20)):
        many(plan, numbers)
        client.get(LIST)
        with django_assert_max_num_queries(60) as captured:
            client.get(LIST)
            b"".join(client.get(f"{LIST}table.csv").streaming_content)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_page_warns_while_the_weights_are_not_at_100(world: World) -> None:
    plan = world.plan()
    office = world.coordinator(plan)
    made = project(actor=office, plan=plan)
    milestone(actor=office, project=made, weight="40")
    client = browser(world, QINGPU, Role.PLANNER)
    assert "progress is not rolled up until the missing 60 %" in page(client, f"{LIST}PJ3/")
    milestone(actor=office, project=made, weight="60")
    assert "progress is not rolled up" not in page(client, f"{LIST}PJ3/")


def test_a_milestone_is_changed_tied_and_taken_out_by_its_pages(world: World) -> None:
    plan = world.plan()
    office = world.coordinator(plan)
    made = project(actor=office, plan=plan)
    for weight in ("40", "60"):
        milestone(actor=office, project=made, weight=weight)
    client = browser(world, QINGPU, Role.PLANNER)
    one = f"{LIST}PJ3/milestones/1/"
    data = {"title_zh": "封顶", "owner": QINGPU, "due_on": "2026-07-10", "weight": "40"}
    no_reason = client.post(f"{one}edit/", data | {"changes": "0"})
    assert (no_reason.status_code, set(no_reason.context["form"].errors)) == (422, {"reason"})
    done = client.post(f"{one}edit/", data | {"changes": "0", "reason": "汛期"})
    assert done.status_code == 302
    tied = client.post(f"{LIST}PJ3/milestones/2/needs/", {"needs": "PJ3.1，"})
    assert tied.status_code == 302
    text = page(client, f"{LIST}PJ3/")
    assert "Slipped by 10 days" in text
    assert "due only later" in text
    assert "汛期" in text
    assert client.post(f"{one}needs/", {"needs": "PJ3.2"}).status_code == 422
    assert client.post(f"{one}remove/", {"reason": "并入"}).status_code == 302
    assert client.get(f"{one}edit/").status_code == 404
    their = browser(world, WUJIANG, Role.PLANNER)
    assert their.get(f"{LIST}PJ3/milestones/2/edit/").status_code == 403
