from django.test import Client

from plans.projects.models import Project
from stakeholders.terms.actor import Role
from tests.plans.projects.test_views import browser
from tests.world import KUNSHAN, QINGPU, WUJIANG, World

API = "/api/v1/plans/QWJ/projects/"
SHEET = {
    "key": "PJ9",
    "name_zh": "蓝环二期",
    "theme": "ecology",
    "year_from": 2026,
    "year_until": 2027,
    "parties": [
        {"code": QINGPU, "role": "lead", "cost_share": "60.00"},
        {"code": WUJIANG, "role": "partner", "cost_share": "40.00"},
    ],
}


def send(client: Client, path: str, body: object, method: str = "post") -> tuple[int, object]:
    answer = getattr(client, method)(path, body, content_type="application/json")
    return answer.status_code, answer.json()


def test_api_adds_edits_and_lists_through_the_same_actions(world: World) -> None:
    world.plan()
    client = browser(world, QINGPU, Role.PLANNER)
    status, made = send(client, API, SHEET)
    assert (status, made["key"], made["edits"]) == (201, "PJ9", 1)
    status, saved = send(client, f"{API}PJ9/", SHEET | {"edits": 1, "name_zh": "三期"}, "put")
    assert (status, saved["name_zh"], saved["edits"]) == (200, "三期", 2)
    assert send(client, f"{API}PJ9/", SHEET | {"edits": 1}, "put")[0] == 409
    step = {"title_zh": "方案", "owner": WUJIANG, "due_on": "2026-12-01", "weight": "20.00"}
    assert send(client, f"{API}PJ9/milestones/", step)[0] == 201
    assert client.get(f"{API}PJ9/milestones/").json()["results"][0]["number"] == 1
    assert [one["key"] for one in client.get(API).json()["results"]] == ["PJ9"]


def test_api_answers_refusals_as_the_pages_do(world: World) -> None:
    world.plan()
    assert send(browser(world, WUJIANG, Role.PLANNER), API, SHEET)[0] == 403
    assert send(browser(world, KUNSHAN, Role.PLANNER), API, SHEET)[0] == 404
    client = browser(world, QINGPU, Role.PLANNER)
    short = [SHEET["parties"][0]]
    assert send(client, API, SHEET | {"parties": short})[0] == 400
    assert send(client, API, {k: v for k, v in SHEET.items() if k != "key"})[0] == 400
    assert Project.objects.count() == 0
