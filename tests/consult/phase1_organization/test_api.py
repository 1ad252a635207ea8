import pytest
from django.test import Client

from consult.phase1_organization.content import default_content
from consult.phase1_organization.models import Charter, Invitation
from stakeholders.terms.actor import Role
from tests.consult.phase1_organization.scene import (
    PARTIES,
    invited,
    proposed,
    put_to_parties,
    speak,
)
from tests.consult.phase1_organization.test_views import contact, joint_office
from tests.world import KUNSHAN, WUJIANG, World, in_days

JSON = "application/json"


def post(client: Client, url: str, data: object = None) -> object:
    return client.post(f"/api/v1{url}", data or {}, content_type=JSON)


def test_inviting_and_answering(world: World) -> None:
    plan = world.plan()
    asked = {
        "jurisdiction": KUNSHAN,
        "role": "neighbour",
        "answer_by": in_days(5).isoformat(),
    }
    sent = post(joint_office(world, plan), "/plans/QWJ/invitations/", {"invitations": [asked]})
    assert (sent.status_code, [row["state"] for row in sent.json()]) == (201, ["open"])
    pk = Invitation.objects.get().pk
    refused = post(contact(world, WUJIANG), "/plans/QWJ/invitations/", {"invitations": [asked]})
    assert refused.status_code == 403
    assert refused.json()["reason"] == "wrong_role"
    unseen = post(contact(world, WUJIANG), f"/invitations/{pk}/answers/", {"answer": "accept"})
    assert unseen.status_code == 404
    invited_one = contact(world)
    bare = post(invited_one, f"/invitations/{pk}/answers/", {"answer": "accept_conditions"})
    assert (bare.status_code, list(bare.json())) == (400, ["text"])
    taken = post(invited_one, f"/invitations/{pk}/answers/", {"answer": "accept"})
    assert taken.status_code == 201
    again = post(invited_one, f"/invitations/{pk}/answers/", {"answer": "decline"})
    assert again.status_code == 409
    mine = invited_one.get("/api/v1/invitations/").json()["results"]
    assert [(row["id"], row["state"]) for row in mine] == [(pk, "accepted")]


def test_charter_from_proposal_to_force(world: World) -> None:
    plan = world.plan()
    office = joint_office(world, plan)
    content = default_content().as_dict()
    made = post(office, "/plans/QWJ/charters/", {"content": content})
    assert (made.status_code, made.json()["number"]) == (201, 1)
    wrong = post(office, "/plans/QWJ/charters/", {"content": {**content, "round_days": 200}})
    assert (wrong.status_code, list(wrong.json())) == (400, ["round_days"])
    closes = {"closes_at": in_days(3).isoformat()}
    assert post(office, "/plans/QWJ/charters/1/ballots/", closes).status_code == 201
    assert post(office, "/plans/QWJ/charters/1/ballots/close/").status_code == 409
    for code in PARTIES:
        speak(world, Charter.objects.get(), code)
    done = post(office, "/plans/QWJ/charters/1/ballots/close/")
    assert (done.status_code, done.json()["outcome"]) == (200, "passed")
    assert office.get("/api/v1/plans/QWJ/charters/1/").json()["is_in_force"] is True
    (ballot,) = office.get("/api/v1/plans/QWJ/charters/1/ballots/").json()["results"]
    assert [row["jurisdiction"] for row in ballot["positions"]] == sorted(PARTIES)


@pytest.mark.parametrize(
    ("ending", "outcome"), [("close-without-result", "without_result"), ("recall", "recalled")]
)
def test_ending_a_ballot_without_a_result(world: World, ending: str, outcome: str) -> None:
    plan = world.plan()
    put_to_parties(world, proposed(world, plan))
    url = f"/plans/QWJ/charters/1/ballots/{ending}/"
    office = joint_office(world, plan)
    assert post(office, url).status_code == 400
    assert post(office, url, {"reason": "更正"}).json()["outcome"] == outcome
    assert post(office, url, {"reason": "更正"}).status_code == 409


def test_no_door_of_the_api_takes_a_position(world: World) -> None:
    plan = world.plan()
    put_to_parties(world, proposed(world, plan))
    client = contact(world, WUJIANG)
    client.force_login(world.user(WUJIANG, Role.SIGNATORY))
    for url in ("/plans/QWJ/charters/1/positions/", "/plans/QWJ/charters/1/ballots/positions/"):
        assert post(client, url, {"value": "agree"}).status_code == 404


def test_lists_of_an_unseen_plan_are_not_there(world: World) -> None:
    plan = world.plan()
    invited(world, plan)
    client = contact(world)
    for url in ("invitations/", "charters/", "charters/1/", "charters/1/ballots/"):
        assert client.get(f"/api/v1/plans/QWJ/{url}").status_code == 404


def test_a_rule_is_tried_and_read_back(world: World) -> None:
    plan = world.plan()
    proposed(world, plan)
    client, url = contact(world, WUJIANG), "/plans/QWJ/charters/try/"
    case = {"item_class": "guiding", "positions": {"310118": "agree", WUJIANG: "object_bare"}}
    tried = post(client, url, {"charter": 1, **case})
    assert tried.status_code == 200
    found = tried.json()
    assert (found["state"], [one["have"] for one in found["requirements"]]) == (
        "failed",
        ["0", "1/3"],
    )
    assert "two thirds" in found["sentence"]["en"]
    positions = {**case["positions"], "330421": "in_principle_met"}
    unsaved = {"content": default_content().as_dict(), **case, "positions": positions}
    assert post(client, url, unsaved).json()["state"] == "passed"
    still = {**unsaved, "positions": {"310118": "agree"}, "closed": False}
    assert post(client, url, still).json()["state"] == "open"
    wrong = [
        {**case},
        {"charter": 1, "content": default_content().as_dict(), **case},
        {"charter": 1, **case, "positions": {KUNSHAN: "agree"}},
        {"charter": 1, **case, "positions": dict.fromkeys(PARTIES, "not_concerned")},
    ]
    assert [post(client, url, body).status_code for body in wrong] == [400] * 4
    assert post(client, url, {"charter": 9, **case}).status_code == 404
    assert post(contact(world), url, {"charter": 1, **case}).status_code == 404
    said = client.get("/api/v1/plans/QWJ/charters/1/").json()["sentences"]
    assert set(said) == {"binding", "guiding", "indicator"}


def test_the_later_clauses_come_and_go_by_the_api(world: World) -> None:
    plan = world.plan()
    office = joint_office(world, plan)
    content = {**default_content().as_dict(), "ad_referendum_days": None}
    made = post(office, "/plans/QWJ/charters/", {"content": content})
    assert made.status_code == 201
    assert "ad_referendum_days" not in made.json()["content"]
    wrong = {**content, "rules": {**content["rules"], "guiding": {"requirements": [{"kind": "x"}]}}}
    refused = post(office, "/plans/QWJ/charters/", {"content": wrong})
    assert (refused.status_code, list(refused.json())) == (400, ["rule_guiding"])
