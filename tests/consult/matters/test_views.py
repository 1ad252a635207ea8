import pytest
from django.test import Client

from consult.matters.models import Matter
from plans.register.models import Plan
from stakeholders.people.models import ApiToken
from stakeholders.terms.actor import Role
from tests.world import QINGPU, SHANGHAI, WUJIANG, World


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()


def client_of(world: World, code: str, role: Role, plan_key: str = "") -> Client:
    client = Client()
    client.force_login(world.mandate(code, role, plan_key=plan_key).user)
    return client


def test_matter_is_opened_argued_raised_and_closed_in_pages(world: World, plan: Plan) -> None:
    office = client_of(world, QINGPU, Role.COORDINATOR, plan.key)
    contact = client_of(world, WUJIANG, Role.CONTACT_POINT)
    base = "/plans/QWJ/matters/"
    assert office.get(base).status_code == 200
    assert office.get(base + "new/").status_code == 200
    assert office.post(base + "new/", {"title_zh": "题", "codes": [QINGPU]}).status_code == 422
    made = office.post(base + "new/", {"title_zh": "限排", "codes": [QINGPU, WUJIANG]})
    assert made.headers["Location"] == base + "MT1/"
    assert contact.get(base + "MT1/stand/").status_code == 200
    assert contact.post(base + "MT1/stand/", {"value": "agree"}).status_code == 422
    stand = {"value": "agree", "text_zh": "同意30%"}
    assert contact.post(base + "MT1/stand/", stand).status_code == 302
    assert "同意30%" in office.get(base + "MT1/").content.decode()
    assert contact.post(base + "MT1/raise/", {}).status_code == 403
    assert office.post(base + "MT1/raise/", {}).status_code == 422
    assert office.post(base + "MT1/raise/", {"note": "未达成一致"}).status_code == 302
    reserved = {"note": "ok", "review_on": "2099-01-01"}
    assert office.post(base + "MT1/close/", reserved).status_code == 302
    assert office.post(base + "MT1/reopen/", {"note": ""}).status_code == 422
    assert Matter.objects.get().outcome == "reserved"
    stranger = client_of(world, SHANGHAI, Role.CONTACT_POINT)
    assert stranger.get(base + "MT1/").status_code == 404


def test_api_does_the_same_acts_under_the_mandate_of_its_token(world: World, plan: Plan) -> None:
    mandate = world.mandate(WUJIANG, Role.CONTACT_POINT)
    _token, key = ApiToken.objects.create(user=mandate.user, mandate=mandate)
    client = Client(headers={"Authorization": f"Token {key}"})
    base = "/api/v1/plans/QWJ/matters/"
    data = {"title_zh": "限排", "codes": [QINGPU, WUJIANG]}
    made = client.post(base, data, content_type="application/json")
    assert (made.status_code, made.json()["key"]) == (201, "MT1")
    stand = {"value": "against", "text_zh": "先定补偿"}
    said = client.post(base + "MT1/stands/", stand, content_type="application/json")
    assert said.status_code == 201
    assert [s["value"] for s in client.get(base + "MT1/stands/").json()] == ["against"]
    refused = client.post(base + "MT1/raise/", {"note": "r"}, content_type="application/json")
    assert (refused.status_code, refused.json()["reason"]) == (403, "wrong_role")
    assert client.get("/api/v1/matters/").json()["count"] == 0
