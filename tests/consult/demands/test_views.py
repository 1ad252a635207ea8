import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consult.demands.models import ListedDemand
from plans.register.models import Plan
from stakeholders.people.actions import make_token
from stakeholders.terms.actor import Role
from tests.consult.demands.test_actions import an_item
from tests.world import KUNSHAN, QINGPU, WUJIANG, World, in_days

BASE = "/plans/QWJ/demands/"
DATA = {"title_zh": "=太浦河限排", "kind": "neighbour", "theme": "water", "text_zh": "枯水期"}


@pytest.fixture
def plan(world: World) -> Plan:
    plan = world.plan()
    an_item(world, plan)
    return plan


def client_of(world: World, code: str, role: Role, plan_key: str = "") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.mandate(code, role, plan_key=plan_key).user)
    return client


def test_list_is_asked_written_handed_in_sorted_and_answered_in_pages(
    world: World, plan: Plan
) -> None:
    office = client_of(world, QINGPU, Role.COORDINATOR, plan.key)
    contact = client_of(world, WUJIANG, Role.CONTACT_POINT)
    asked = {"due_at": in_days(9).strftime("%Y-%m-%dT%H:%M")}
    assert office.post(BASE + "ask/", {}).status_code == 422
    assert office.post(BASE + "ask/", asked).status_code == 302
    assert contact.get(BASE + "new/").status_code == 200
    assert contact.post(BASE + "new/", {**DATA, "title_zh": ""}).status_code == 422
    assert contact.post(BASE + "new/", DATA).status_code == 302
    one = f"{BASE}{WUJIANG}/1/"
    assert office.get(one).status_code == 404
    assert contact.post(one + "edit/", {**DATA, "edits": 1}).status_code == 302
    assert contact.post(BASE + "hand-in/", {"is_nil": "on"}).status_code == 422
    assert contact.post(BASE + "hand-in/", {}).status_code == 302
    assert office.get(one + "sort/").status_code == 200
    assert office.post(one + "sort/", {"sorted_as": "not_here"}).status_code == 422
    sorting = {"sorted_as": "items", "items": ["low-flow"]}
    assert office.post(one + "sort/", sorting).status_code == 302
    form = contact.get(one + "answer/").context["form"]
    said = {"sorting": form["sorting"].value(), "value": "accepted"}
    assert contact.post(one + "answer/", said).status_code == 302
    page = office.get(one).content.decode()
    assert ("Into the text" in page, "Accepted" in page) == (True, True)
    assert client_of(world, KUNSHAN, Role.CONTACT_POINT).get(BASE).status_code == 404


def test_list_filters_sorts_and_is_downloaded_without_formulas(world: World, plan: Plan) -> None:
    contact = client_of(world, WUJIANG, Role.CONTACT_POINT)
    for title in ("=一", "二"):
        contact.post(BASE + "new/", {**DATA, "title_zh": title})

    def numbers(query: str) -> list[int]:
        return [row.demand.number for row in contact.get(f"{BASE}?{query}").context["rows"]]

    assert numbers("sort=-number") == [2, 1]
    assert numbers("state=working") == [1, 2]
    assert numbers("state=unsorted") == []
    assert numbers("theme=land") == []
    assert numbers(f"party={WUJIANG}&kind=neighbour") == [1, 2]
    text = b"".join(contact.get(BASE + "table.csv").streaming_content).decode()
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [line[1:3] for line in lines[1:]] == [["1", "'=一"], ["2", "二"]]
    assert contact.get(BASE + "table.xlsx").status_code == 200
    office = client_of(world, QINGPU, Role.COORDINATOR, plan.key)
    hidden = b"".join(office.get(BASE + "table.csv").streaming_content).decode()
    assert len(hidden.splitlines()) == 1


def test_evidence_is_kept_with_the_demand_and_read_by_who_sees_it(world: World, plan: Plan) -> None:
    contact = client_of(world, WUJIANG, Role.CONTACT_POINT)
    office = client_of(world, QINGPU, Role.COORDINATOR, plan.key)
    file = SimpleUploadedFile("measured.txt", b"3.6 ug/L", "text/plain")
    assert contact.post(BASE + "new/", {**DATA, "evidence": file}).status_code == 302
    one = f"{BASE}{WUJIANG}/1/"
    sent = contact.get(one + "evidence/")
    assert (sent.status_code, b"".join(sent.streaming_content)) == (200, b"3.6 ug/L")
    assert office.get(one + "evidence/").status_code == 404
    assert ListedDemand.objects.get().evidence.name == "measured.txt"


def test_api_does_the_same_acts(world: World, plan: Plan) -> None:
    def program(code: str, role: Role, key: str = "") -> Client:
        mandate = world.mandate(code, role, plan_key=key)
        actor = world.actor(code, role, plan_key=key)
        _row, token = make_token(actor=actor, user=mandate.user, name="t", days=1)
        return Client(headers={"authorization": f"Token {token}"})

    contact = program(WUJIANG, Role.CONTACT_POINT)
    office = program(QINGPU, Role.COORDINATOR, plan.key)
    base = f"/api/v1{BASE}"
    json = "application/json"
    asked = office.post(base + "calls/", {"due_at": in_days(9).isoformat()}, content_type=json)
    made = contact.post(base, DATA, content_type=json)
    changed = contact.put(f"{base}{WUJIANG}/1/", {**DATA, "edits": 1}, content_type=json)
    assert (asked.status_code, made.status_code, changed.json()["edits"]) == (201, 201, 2)
    assert office.get(base).json()["count"] == 0
    assert contact.post(base + "hand-ins/", {}, content_type=json).status_code == 201
    sortings = f"{base}{WUJIANG}/1/sortings/"
    refused = contact.post(sortings, {"sorted_as": "not_here"}, content_type=json)
    assert (refused.status_code, refused.json()["reason"]) == (403, "wrong_role")
    row = office.post(sortings, {"sorted_as": "items", "items": ["low-flow"]}, content_type=json)
    said = {"sorting": row.json()["id"], "value": "accepted"}
    answer = contact.post(f"{base}{WUJIANG}/1/answer/", said, content_type=json)
    assert (row.status_code, answer.status_code) == (201, 201)
    assert office.get(base).json()["results"][0]["sorted_as"] == "items"
