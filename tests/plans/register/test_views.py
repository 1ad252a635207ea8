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
