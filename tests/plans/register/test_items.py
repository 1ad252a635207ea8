import hashlib
import json

import pytest
from django.test import Client

from consult.workflow.actions import publish
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.steps import add_party
from plans.text.actions import add_chapter, add_provision, edit_provision
from plans.text.wording import Wording
from stakeholders.terms.actor import Role
from tests.world import KUNSHAN, QINGPU, WUJIANG, World

ITEM = "/plans/QWJ/items/taipu/"
FIRST = Wording(title_zh="太浦河", text_zh="水质按Ⅲ类控制。", demand=("national", "neighbour"))
SECOND = Wording(
    title_zh="太浦河",
    text_zh="水质按Ⅱ类控制。",
    title_en="Taipu River",
    text_en="Class II applies.",
    is_given=True,
    given_source="国函〔2024〕1号",
)


@pytest.fixture
def plan(world: World) -> Plan:
    """Two revisions of one article, a third wording in the draft, an article never published."""
    made = world.plan()
    actor = world.coordinator(made)
    add_party(plan=made, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    add_chapter(actor=actor, plan=made, key="water", title_zh="水")
    add_provision(actor=actor, plan=made, chapter="water", key="taipu", wording=FIRST)
    publish(actor=actor, plan=made, stage="consultation")
    edit_provision(actor=actor, plan=made, key="taipu", edits=1, wording=SECOND)
    publish(actor=actor, plan=made, stage="display")
    publish(actor=actor, plan=made, stage="recognition")
    third = Wording(title_zh="太浦河", text_zh="草稿中的第三稿。")
    edit_provision(actor=actor, plan=made, key="taipu", edits=2, wording=third)
    add_provision(
        actor=actor,
        plan=made,
        chapter="water",
        key="secret",
        wording=Wording(title_zh="未公布", text_zh="未公布的条文。"),
    )
    return made


def signed_in(client: Client, world: World, code: str, role: Role) -> Client:
    client.force_login(world.user(code, role))
    return client


def test_item_page_shows_versions_newest_first_with_their_revisions(
    world: World, plan: Plan, client: Client
) -> None:
    page = signed_in(client, world, WUJIANG, Role.PLANNER).get(ITEM)
    shown = page.context["shown"]
    held = [[entry.revision.number for entry in one.entries] for one in shown.versions]
    assert held == [[3, 2], [1]]
    text = page.content.decode()
    assert text.count("<h1") == 1
    assert "国函〔2024〕1号" in text
    assert "草稿中的第三稿" in text
    assert text.index(shown.versions[0].short) < text.index(shown.versions[1].short)


def test_draft_is_not_shown_to_a_consulted_neighbour(
    world: World, plan: Plan, client: Client
) -> None:
    reader = signed_in(client, world, KUNSHAN, Role.PLANNER)
    text = reader.get(ITEM).content.decode()
    assert ("Ⅱ类" in text, "草稿中的第三稿" in text) == (True, False)
    assert reader.get("/plans/QWJ/items/secret/").status_code == 404
    listed = reader.get("/api/v1/plans/QWJ/items/").json()["results"]
    assert [row["key"] for row in listed] == ["taipu"]
    assert reader.get("/api/v1/plans/QWJ/items/taipu/").json()["draft"] is None
    assert reader.get("/api/v1/plans/QWJ/items/secret/").status_code == 404


def test_text_in_force_stands_beside_the_draft(world: World, plan: Plan, client: Client) -> None:
    plan.in_force = plan.revisions.get(number=1)
    plan.save()
    shown = signed_in(client, world, WUJIANG, Role.PLANNER).get(ITEM).context["shown"]
    assert shown.in_force.text_zh == FIRST.text_zh
    assert shown.working.text_zh == "草稿中的第三稿。"


def test_version_page_shows_the_wording_as_it_stood(
    world: World, plan: Plan, client: Client
) -> None:
    reader = signed_in(client, world, WUJIANG, Role.PLANNER)
    newest, oldest = reader.get(ITEM).context["shown"].versions
    old = reader.get(f"{ITEM}versions/{oldest.short}/", headers={"accept-language": "en"})
    text = old.content.decode()
    assert "Ⅲ类" in text
    assert "no English yet" in text
    assert "Class II" in reader.get(f"{ITEM}versions/{newest.hex}/").content.decode()


@pytest.mark.parametrize("digits", ["0123456789ab", "short", "z" * 12])
def test_version_that_is_not_there_is_not_found(
    world: World, plan: Plan, client: Client, digits: str
) -> None:
    reader = signed_in(client, world, WUJIANG, Role.PLANNER)
    assert reader.get(f"{ITEM}versions/{digits}/").status_code == 404


def test_content_download_hashes_to_the_version(world: World, plan: Plan, client: Client) -> None:
    reader = signed_in(client, world, WUJIANG, Role.PLANNER)
    one = reader.get(ITEM).context["shown"].versions[0]
    body = reader.get(f"{ITEM}versions/{one.short}/content.json")
    assert f"sha256:{hashlib.sha256(body.content).hexdigest()}" == one.version.hash
    assert json.loads(body.content)["item"] == "taipu"


def test_api_answers_versions_with_their_revisions(
    world: World, plan: Plan, client: Client
) -> None:
    reader = signed_in(client, world, QINGPU, Role.PLANNER)
    answer = reader.get("/api/v1/plans/QWJ/items/taipu/").json()
    assert [[h["revision"] for h in v["held_by"]] for v in answer["versions"]] == [[3, 2], [1]]
    assert answer["draft"]["text_zh"] == "草稿中的第三稿。"
    rows = reader.get("/api/v1/plans/QWJ/items/").json()["results"]
    assert [(row["key"], row["revision"], row["versions"]) for row in rows] == [
        ("taipu", 3, 2),
        ("secret", None, 0),
    ]
