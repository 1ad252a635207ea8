"""The page and the API of the search: what is asked, refused and shown."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from consult.matters.models import Matter
from stakeholders.people.models import ApiToken
from stakeholders.terms.actor import Role
from tests.world import QINGPU, World

EN = {"accept-language": "en"}


@pytest.fixture
def client(world: World) -> Client:
    Matter.objects.create(key="M1", title_zh="太浦河<b>水</b>质", description_zh="跨界水体")
    Matter.objects.bulk_create(Matter(key=f"R{n}", title_zh=f"廊道{n}") for n in range(45))
    client = Client()
    client.force_login(world.user(QINGPU, Role.PLANNER))
    return client


@pytest.fixture
def api(world: World, client: Client) -> APIClient:
    mandate = world.mandate(QINGPU, Role.PLANNER)
    _token, key = ApiToken.objects.create(user=mandate.user, mandate=mandate)
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    return api


def test_an_empty_search_says_how_to_search(client: Client) -> None:
    page = client.get("/search/", headers=EN).content.decode()
    assert "How to search" in page
    assert "error-summary" not in page


def test_a_hit_shows_its_passage_marked_and_escaped(client: Client) -> None:
    page = client.get("/search/", {"q": "太浦河 <b>"}, headers=EN).content.decode()
    assert "<mark>太浦河</mark><mark>&lt;b&gt;</mark>水" in page or (
        "<mark>太浦河&lt;b&gt;</mark>水" in page
    )
    assert "<b>水" not in page
    assert "1 hit<" in page


def test_pages_keep_the_words_and_the_filters(client: Client) -> None:
    page = client.get("/search/", {"q": "廊道", "kind": "matter", "page": "2"}, headers=EN)
    assert [hit.kind for hit in page.context["page_obj"]] == ["matter"] * 20
    assert "kind=matter&amp;page=3" in page.content.decode()
    assert "Page 2 of 3" in page.content.decode()
    last = client.get("/search/", {"q": "廊道", "page": "999999999999"})
    assert last.context["page_obj"].number == 3


@pytest.mark.parametrize(("words", "shown"), [("太浦河", 1), ("廊道", 3)])
def test_a_page_that_is_not_there_is_said(client: Client, words: str, shown: int) -> None:
    """Also where all hits stand on one page and nothing leads to others."""
    page = client.get("/search/", {"q": words, "page": "99"}, headers=EN).content.decode()
    assert f"There is no such page; page {shown} is shown." in page
    page = client.get("/search/", {"q": words, "page": str(shown)}, headers=EN).content.decode()
    assert "There is no such page" not in page


def test_nothing_found_says_what_to_do(client: Client) -> None:
    page = client.get("/search/", {"q": "没有"}, headers=EN).content.decode()
    assert "Type fewer or shorter words" in page
    page = client.get("/search/", {"q": "廊道", "kind": "comment"}, headers=EN).content.decode()
    assert "Search without filters" in page
    assert 'href="/search/?q=%E5%BB%8A%E9%81%93"' in page


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"q": ""}, "Type a word to search for."),
        ({"q": '""'}, "Type a word to search for."),
        ({"q": "a"}, "A single letter or digit stands in nearly every text."),
        ({"q": "a b 1"}, "A single letter or digit stands in nearly every text."),
        ({"q": " ".join(f"w{n}" for n in range(11))}, "At most 10 words"),
        ({"q": "水" * 201}, "at most 200 characters"),
        ({"q": " ".join(["ab"] * 1000)}, "at most 200 characters"),
        ({"q": "水", "kind": "x"}, "Select a valid choice."),
        ({"q": "水", "plan": "SECRET"}, "Select a valid choice."),
        ({"q": "水", "since": "2026-13-01"}, "Enter a valid date."),
        ({"q": "水", "until": "9999-12-31"}, "Enter a valid date."),
        ({"q": "水", "since": "2026-02-01", "until": "2026-01-01"}, "lies before the first"),
    ],
)
def test_what_cannot_be_asked_is_said_on_the_page_and_by_the_api(
    client: Client, api: APIClient, asked: dict[str, str], words: str
) -> None:
    page = client.get("/search/", asked, headers=EN)
    assert (page.status_code, words in page.content.decode()) == (200, True)
    answer = api.get("/api/v1/search/", asked, headers=EN)
    assert (answer.status_code, words in answer.content.decode()) == (400, True)


def test_the_byte_zero_is_refused_as_everywhere(client: Client, api: APIClient) -> None:
    for door, path in ((client, "/search/"), (api, "/api/v1/search/")):
        assert door.get(path, {"q": "水\x00"}).status_code == 400


@pytest.mark.parametrize(
    "words",
    ["'", "\\", "%", "a' OR 1=1 --", "& | ! <-> :*", "'水':A", "\\'水", "$$", "{}", "\u202e水", "𠀀𠀁", "ﷺ" * 200],
)  # fmt: skip
def test_odd_words_are_words(client: Client, words: str) -> None:
    page = client.get("/search/", {"q": words})
    assert page.status_code == 200


def test_the_api_gives_the_hits_of_the_page(api: APIClient) -> None:
    answer = api.get("/api/v1/search/", {"q": "跨界", "kind": "matter"}).json()
    assert (answer["count"], answer["next"]) == (1, None)
    (hit,) = answer["results"]
    assert hit["snippet"] == [
        {"text": "跨界", "is_found": True},
        {"text": "水体", "is_found": False},
    ]
    assert (hit["kind"], hit["label"], hit["plan"], hit["url"]) == (
        "matter", "M1", None, "/matters/M1/",
    )  # fmt: skip
    assert len(api.get("/api/v1/search/", {"q": "廊道"}).json()["results"]) == 45


def test_the_header_leads_to_the_search_from_every_page(client: Client) -> None:
    page = client.get("/plans/").content.decode()
    assert 'action="/search/" role="search"' in page
    assert page.count("data-search") >= 1
    assert 'id="site-search"' not in client.get("/search/").content.decode()
