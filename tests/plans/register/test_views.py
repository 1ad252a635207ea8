import pytest
from django.test import Client

from stakeholders.terms.actor import Role
from tests.world import KUNSHAN, WUJIANG, World


@pytest.fixture
def reader(world: World, client: Client) -> Client:
    """A planner of Wujiang, signed in, on a world with one plan."""
    world.plan()
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    return client


def test_plan_page_shows_rooms_and_present_phase(reader: Client) -> None:
    page = reader.get("/plans/QWJ/").content.decode()
    assert page.count('aria-current="step"') == 1
    assert page.count('aria-current="page"') == 1
    assert page.count("<h1") == 1


def test_plan_page_is_not_found_for_a_stranger(world: World, reader: Client) -> None:
    reader.force_login(world.user(KUNSHAN, Role.PLANNER))
    assert reader.get("/plans/QWJ/").status_code == 404


def test_list_shows_my_plans_alone(world: World, reader: Client) -> None:
    assert "/plans/QWJ/" in reader.get("/plans/").content.decode()
    reader.force_login(world.user(KUNSHAN, Role.PLANNER))
    assert "/plans/QWJ/" not in reader.get("/plans/").content.decode()


def test_open_a_plan_by_form(world: World, client: Client) -> None:
    client.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    world.user(WUJIANG, Role.PLANNER)
    fields = {
        "title_zh": "规划",
        "short_zh": "规划",
        "key": "W1",
        "kind": "detailed",
        "horizon_from": "2026",
        "horizon_until": "2035",
        "coordinator": f"planner@{WUJIANG}.example",
        "coordinator_document": "文",
    }
    backwards = client.post("/plans/new/", {**fields, "horizon_until": "2020"})
    opened = client.post("/plans/new/", fields)
    assert (backwards.status_code, opened.status_code) == (422, 302)
    assert opened["Location"] == "/plans/W1/"


def test_open_a_plan_is_refused_to_a_planner(reader: Client) -> None:
    assert reader.get("/plans/new/").status_code == 403


def test_api_lists_plans_parties_and_revisions(reader: Client) -> None:
    plans = reader.get("/api/v1/plans/").json()["results"]
    parties = reader.get("/api/v1/plans/QWJ/parties/").json()
    assert [one["key"] for one in plans] == ["QWJ"]
    assert [one["jurisdiction"] for one in parties] == ["310118", "320509", "330421"]
    assert reader.get("/api/v1/plans/QWJ/revisions/").json() == []
    assert reader.get("/api/v1/plans/NONE/").status_code == 404
