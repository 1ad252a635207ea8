import io
import json
import logging

import pytest
import structlog
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.logs import logging_config
from config.middleware import RequestContextMiddleware
from stakeholders.people.middleware import ActorMiddleware
from stakeholders.terms.actor import Role
from tests.world import QINGPU, World

LOCAL = {"HTTP_HOST": "127.0.0.1:8123"}


@pytest.fixture(autouse=True)
def both_hosts(settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]


def test_pages_of_the_number_go_to_the_name(db: None, client: Client) -> None:
    answer = client.get("/plans/?page=2", **LOCAL)
    assert (answer.status_code, answer["Location"]) == (302, "http://localhost:8123/plans/?page=2")


def test_health_answers_on_both(db: None, client: Client) -> None:
    assert client.get("/healthz", **LOCAL).status_code == 200
    assert client.get("/healthz", HTTP_HOST="localhost").status_code == 200


def test_a_path_of_two_slashes_leads_to_no_other_host(db: None, client: Client) -> None:
    answer = client.get("//evil.example/", **LOCAL)
    assert answer["Location"].startswith("http://localhost:8123/")


def test_a_site_with_a_name_is_left_alone(db: None, client: Client, settings) -> None:
    settings.SITE_HOST = "plan.example"
    assert client.get("/accounts/login/", **LOCAL).status_code == 200


def test_log_lines_carry_request_person_mandate_and_plan(world: World) -> None:
    mandate = world.mandate(QINGPU, Role.PLANNER)
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers, root.level
    logging_config(folder="")
    root.handlers[0].setStream(stream)

    def view(request: HttpRequest) -> HttpResponse:
        logging.getLogger("jointplan.test").warning("said\nforged: line")
        return HttpResponse()

    request = RequestFactory().get("/plans/QWJ/late/")
    request.user, request.session = mandate.user, {}
    try:
        RequestContextMiddleware(ActorMiddleware(view))(request)
    finally:
        root.handlers, root.level = before, level
        structlog.contextvars.clear_contextvars()
    (line,) = stream.getvalue().splitlines()
    said = json.loads(line)
    assert (said["request"], said["user"], said["mandate"], said["plan"], said["level"]) == (
        request.id,
        mandate.user_id,
        mandate.pk,
        "QWJ",
        "warning",
    )
