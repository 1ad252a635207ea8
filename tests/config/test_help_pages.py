"""The page "who may do what" is made from the tables the site decides by."""

from django.test import Client
from django.utils.translation import override

from config.act_names import NAMES, ROOMS
from config.acts import tables
from config.help_pages import naming, rooms
from stakeholders.terms.actor import Role
from tests.world import QINGPU, World


def test_page_names_every_act_and_filters_by_role_and_phase(world: World, client: Client) -> None:
    client.force_login(world.user(QINGPU, Role.PLANNER))
    page = client.get("/help/rights/", headers={"accept-language": "en"})
    assert page.content.decode().count("Take a position on the text") == 1
    chosen = client.get("/help/rights/?role=signatory&phase=3", headers={"accept-language": "en"})
    names = [str(line.name) for _room, lines in chosen.context["chapters"] for line in lines]
    assert names == [
        "Take a position on the text",
        "Sign the common statement",
        "Take a stand on a matter",
        "Take a stand on a matter, to be confirmed",
        "Take a position, to be confirmed",
        "Confirm what was entered for the party",
        "Refuse what was entered for the party",
        "Claim to be a contact point",
        "Start on the steps inside the jurisdiction",
        "Pass a step inside the jurisdiction",
        "Send back inside the jurisdiction",
    ]


def test_every_act_and_room_has_words() -> None:
    known = tables()
    assert known.keys() - ROOMS.keys() == set()
    assert {act for acts in known.values() for act in acts} - NAMES.keys() == set()


def test_who_names_whom_is_read_off_the_table_of_grants() -> None:
    with override("en"):
        found = {str(by): len(roles) for by, roles in naming().items()}
    assert found == {"Contact point": 8, "Joint office (coordinator)": 4, "Administrator": 9}


def test_unknown_filters_are_as_good_as_none(world: World, client: Client) -> None:
    client.force_login(world.user(QINGPU, Role.PLANNER))
    page = client.get("/help/rights/?role=king&phase=9")
    assert (page.status_code, len(page.context["chapters"])) == (200, len(rooms(role="", phase="")))


def test_strangers_are_asked_to_sign_in(db: None, client: Client) -> None:
    assert client.get("/help/rights/").status_code == 302
