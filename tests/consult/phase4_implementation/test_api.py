from consult.phase4_implementation.models import StatusReport
from stakeholders.terms.actor import Role
from tests.consult.phase4_implementation.ground import Ground
from tests.plans.projects.test_api import send
from tests.plans.projects.test_views import browser
from tests.world import KUNSHAN, QINGPU, WUJIANG

API = "/api/v1/plans/QWJ/"
STATUS = {"project": "PJ3", "milestone": 1, "jurisdiction": WUJIANG, "progress": "late"}
READING = {
    "item": "antimony",
    "jurisdiction": WUJIANG,
    "period": "2025-03",
    "value": "4.3",
    "evidence": "联合监测",
}


def test_api_reports_a_status_and_lists_it(ground: Ground) -> None:
    client = browser(ground.world, WUJIANG, Role.PLANNER)
    assert send(client, f"{API}statuses/", STATUS)[0] == 201
    assert send(client, f"{API}statuses/", STATUS | {"milestone": None})[0] == 201
    assert send(client, f"{API}statuses/", STATUS | {"milestone": 9})[0] == 400
    listed = client.get(f"{API}statuses/").json()["results"]
    assert [(one["milestone"], one["progress"]) for one in listed] == [(None, "late"), (1, "late")]


def test_api_reports_a_reading_with_its_warning(ground: Ground) -> None:
    client = browser(ground.world, WUJIANG, Role.CONTACT_POINT)
    status, made = send(client, f"{API}readings/", READING)
    assert (status, made["value"], made["warning"]) == (201, "4.3", "warning")
    warning = client.get(f"{API}warnings/").json()["results"][0]
    assert (warning["item"], warning["value"], warning["threshold"]) == ("antimony", "4.3", "4.0")
    assert client.get(f"{API}readings/").json()["count"] == 1


def test_api_answers_refusals_as_the_pages_do(ground: Ground) -> None:
    assert send(browser(ground.world, QINGPU, Role.PLANNER), f"{API}statuses/", STATUS)[0] == 403
    assert send(browser(ground.world, KUNSHAN, Role.PLANNER), f"{API}statuses/", STATUS)[0] == 404
    signatory = browser(ground.world, WUJIANG, Role.SIGNATORY)
    assert send(signatory, f"{API}readings/", READING)[0] == 403
    assert StatusReport.objects.count() == 0
