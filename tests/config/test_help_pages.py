"""The page "who may do what" is made from the tables the site decides by."""

from django.test import Client

from config.help_pages import rooms
from stakeholders.terms.actor import Role
from tests.world import QINGPU, World


def test_page_names_every_act_and_filters_by_role_and_phase(world: World, client: Client) -> None:
    client.force_login(world.user(QINGPU, Role.PLANNER))
    page = client.get("/help/rights/", headers={"accept-language": "en"})
    assert page.content.decode().count("Take a position on the text") == 1
    chosen = client.get("/help/rights/?role=signatory&phase=3", headers={"accept-language": "en"})
    names = [str(line.name) for _room, lines in chosen.context["chapters"] for line in lines]
    assert names == [
        "Take a position on the charter",
        "Give notice that the party leaves",
        "Recall the notice",
        "Take a position on an accession",
        "Take a position on the text",
        "Ask to reopen articles",
        "Confirm an override as the signatory",
        "Refuse an override as the signatory",
        "Send the prepared position back to the staff",
        "Prepare a position for a second person",
        "Send back a prepared position",
        "Report a condition as met",
        "Say whether a condition is met",
        "Lift a reservation",
        "Sign the common statement",
        "Acknowledge the text as the reply changed it",
        "Strike a task off",
        "Take a stand on a matter",
        "Object to the withdrawal of a matter",
        "Ask for the next level of a matter",
        "Join a matter",
        "Leave a matter",
        "Answer an option",
        "Give a commitment",
        "Take a commitment back",
        "Confirm a commitment as kept",
        "Confirm or refuse an agreement on a matter",
        "Take a position at a meeting",
        "Confirm minutes, or refuse to",
        "Take a stand on a matter ad referendum",
        "Take a position ad referendum",
        "Confirm what was entered for one’s jurisdiction",
        "Refuse what was entered for one’s jurisdiction",
        "Claim to be a contact point",
        "Start on the steps inside the jurisdiction",
        "Pass a step inside the jurisdiction",
        "Send back inside the jurisdiction",
    ]


def test_unknown_filters_are_as_good_as_none(world: World, client: Client) -> None:
    client.force_login(world.user(QINGPU, Role.PLANNER))
    page = client.get("/help/rights/?role=king&phase=9")
    assert (page.status_code, len(page.context["chapters"])) == (200, len(rooms(role="", phase="")))


def test_strangers_are_asked_to_sign_in(db: None, client: Client) -> None:
    assert client.get("/help/rights/").status_code == 302


def test_approval_names_every_step_of_every_kind_with_its_rule(
    world: World, client: Client
) -> None:
    client.force_login(world.user(QINGPU, Role.PLANNER))
    page = client.get("/help/approval/", headers={"accept-language": "en"})
    text = page.content.decode()
    kinds = page.context["kinds"]
    assert (page.status_code, [len(rules) for _name, rules in kinds]) == (200, [8, 8, 8])
    assert text.count("(of the plan&#x27;s own procedure)") + text.count(
        "(of the plan's own procedure)"
    ) == sum(
        rule.period is not None and not rule.period.is_statutory
        for _name, rules in kinds
        for _step, rule in rules
    )
