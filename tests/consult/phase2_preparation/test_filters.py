"""Filters in addresses: what is none is refused in words, on the page, in files and by the API."""

import pytest
from rest_framework.test import APIClient

from consult.phase2_preparation.api.filters import FilterSerializer
from consult.phase2_preparation.forms import FilterForm
from consult.phase2_preparation.models import Comment
from stakeholders.people.models import ApiToken
from stakeholders.terms.actor import Role
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_sight import client_of, office_client
from tests.world import KUNSHAN, WUJIANG

LIST = "/plans/QWJ/dispositions/"
BAD = [
    "round=abc",
    "round=0",
    "round=99999999999999999999",
    "outcome=perhaps",
    "jurisdiction=999999",
    "source=x",
    "type=x",
    "answered=maybe",
    "tab=mine",
    "state=lost",
    "sort=password",
    "sort=text",
    "text=" + "x" * 201,
    "article=" + "1" * 21,
    "chapter=" + "c" * 61,
]


@pytest.mark.parametrize("query", BAD)
def test_a_filter_that_is_none_is_said_and_shows_nothing(scene: Scene, query: str) -> None:
    scene.reply(scene.open(), WUJIANG, "aim")
    page = office_client(scene).get(f"{LIST}?{query}")
    assert (page.status_code, page.context["rows"]) == (422, [])
    assert "error-summary" in page.content.decode()
    assert office_client(scene).get(f"/plans/QWJ/adoption-table/xlsx/?{query}").status_code == 422


@pytest.mark.parametrize("query", ["page=abc", "page=-1", "page=999", "unknown=1", "text=%25_'"])
def test_what_is_no_filter_changes_nothing_else(scene: Scene, query: str) -> None:
    scene.reply(scene.open(), WUJIANG, "aim")
    assert office_client(scene).get(f"{LIST}?{query}").status_code == 200


def test_the_list_of_another_role_is_named_as_such(scene: Scene) -> None:
    page = client_of(scene, KUNSHAN).get(f"{LIST}?state=to_publish")
    assert (page.status_code, page.context["rows"]) == (422, [])


def test_the_api_takes_the_same_filters_and_refuses_the_same(scene: Scene) -> None:
    one = scene.open()
    scene.reply(one, WUJIANG, "aim", "water")
    scene.reply(one, KUNSHAN, "aim")
    mandate = scene.world.mandate(WUJIANG, Role.CONTACT_POINT)
    _token, text = ApiToken.objects.create(user=mandate.user, mandate=mandate)
    client, url = APIClient(), "/api/v1/plans/QWJ/comments/"
    client.credentials(HTTP_AUTHORIZATION=f"Token {text}")
    found = client.get(url, {"mine": "1", "sort": "-number"}).json()["results"]
    assert [row["comment"]["number"] for row in found] == [2, 1]
    refused = client.get(url, {"round": "abc"})
    assert refused.status_code == 400
    assert "round" in str(refused.json())


def test_the_api_documents_every_filter_of_the_form() -> None:
    assert set(FilterSerializer().fields) == set(FilterForm(units=[]).fields)


def test_next_and_previous_keep_the_filters_of_the_address(scene: Scene) -> None:
    one = scene.open()
    scene.reply(one, WUJIANG, "aim", "water", "aim")
    client = office_client(scene)
    page = client.get("/plans/QWJ/comments/1/?item=aim&sort=number")
    assert "/plans/QWJ/comments/3/?item=aim&amp;sort=number" in page.content.decode()
    assert page.context["back_url"] == f"{LIST}?item=aim&sort=number"
    decided = client.post(
        "/plans/QWJ/comments/1/decide/?item=aim", {"outcome": "noted", "then": "next"}
    )
    assert decided["Location"] == "/plans/QWJ/comments/3/?item=aim"
    last = client.post(
        "/plans/QWJ/comments/3/decide/?item=aim", {"outcome": "noted", "then": "next"}
    )
    assert last["Location"] == "/plans/QWJ/comments/3/?item=aim"
    assert Comment.objects.filter(dispositions__isnull=False).count() == 2


def test_a_broken_filter_on_the_way_leads_through_the_whole_list(scene: Scene) -> None:
    scene.reply(scene.open(), WUJIANG, "aim", "water")
    page = office_client(scene).get("/plans/QWJ/comments/1/?round=abc")
    assert (page.status_code, page.context["neighbours"].next) == (200, 2)
