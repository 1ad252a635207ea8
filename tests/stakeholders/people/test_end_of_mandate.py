"""The end of a mandate is felt at the next request; what was done under it says so."""

import re

import pytest
from django.test import Client
from django.utils import translation

from stakeholders.people.actions import end_mandate
from stakeholders.templatetags.people_names import former
from stakeholders.terms.actor import Role
from tests.world import PASSWORD, QINGPU, World


@pytest.fixture
def client(world: World) -> Client:
    client = Client(headers={"accept-language": "en"})
    email = world.user(QINGPU, Role.CONTACT_POINT).email
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_the_same_session_and_token_give_nothing_after_the_end(
    world: World, client: Client
) -> None:
    plan = world.plan()
    page = client.post("/people/tokens/", {"name": "GIS", "days": 5}).content.decode()
    token = re.search(r'<code class="hash">(\w+)</code>', page)[1]
    program = Client(headers={"authorization": f"Token {token}"})
    before = [client.get(f"/plans/{plan.key}/").status_code, program.get("/api/v1/plans/")]
    assert (before[0], before[1].status_code) == (200, 200)
    mandate = world.mandate(QINGPU, Role.CONTACT_POINT)
    end_mandate(actor=world.admin, mandate=mandate)
    form = {"email": "n@q.example", "name_zh": "新", "role": "planner", "document": "d"}
    posted = client.post("/people/mandates/grant/", {**form, "acting_mandate": mandate.pk})
    codes = [client.get(f"/plans/{plan.key}/").status_code, posted.status_code]
    assert (codes, program.get("/api/v1/plans/").status_code) == ([404, 403], 401)


def test_a_former_holder_is_named_as_such(world: World) -> None:
    mandate = world.mandate(QINGPU, Role.SIGNATORY)
    assert former(mandate) == ""
    ended = end_mandate(actor=world.admin, mandate=mandate)
    with translation.override("en"):
        text = former(ended)
    assert text.startswith("Former holder: Signatory (mandate until 20")
