"""The saves of a draft, two editors at once, and the page of who changed what."""

import re
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.http import QueryDict
from django.test import Client

from plans.register.models import DraftSave, ItemDraft, Plan
from plans.text.actions import edit_provision, remove_provision
from plans.text.forms import with_choices
from plans.text.models import Provision
from plans.text.queries import save_at, saves_of
from plans.text.wording import LIMIT, Wording, wording_of
from stakeholders.terms.actor import Role
from tests.plans.text.test_views import page, posted
from tests.world import KUNSHAN, WUJIANG, World

EDITOR = "/plans/QWJ/text/provisions/taipu/"
API = "/api/v1/plans/QWJ/provisions/taipu/"
BASE = Wording(title_zh="太浦河", text_zh="甲。乙。丙。")
THEIRS, MINE = replace(BASE, text_zh="甲一。乙。丙。"), replace(BASE, text_zh="甲。乙。丙一。")


@pytest.fixture
def planner(world: World, provision: Provision, client: Client) -> Client:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    return client


def save(world: World, plan: Plan, wording: Wording, edits: int) -> None:
    actor = world.coordinator(plan)
    edit_provision(actor=actor, plan=plan, key="taipu", edits=edits, wording=wording)


def test_every_save_is_kept_and_only_added(world: World, plan: Plan, provision: Provision) -> None:
    save(world, plan, BASE, 1)
    remove_provision(actor=world.coordinator(plan), plan=plan, key="taipu", edits=2)
    rows = DraftSave.objects.filter(item=provision.item).order_by("edits")
    assert [(one.edits, one.is_removed) for one in rows] == [(1, False), (2, False), (3, True)]
    assert wording_of(rows[1]).text_zh == BASE.text_zh
    assert rows[1].mandate_id == world.coordinator(plan).mandate_id
    for change in (rows.delete, lambda: rows.update(edits=9)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_draft_older_than_the_saves_leaves_its_state_with_its_next_save(
    world: World, plan: Plan, provision: Provision
) -> None:
    ItemDraft.objects.filter(item=provision.item).update(edits=7)
    assert save_at(provision, edits=7) is None
    save(world, plan, BASE, 7)
    assert wording_of(save_at(provision, edits=7)).text_zh == "水质按Ⅲ类控制。"


def test_who_changed_what(world: World, plan: Plan, provision: Provision) -> None:
    save(world, plan, BASE, 1)
    save(world, plan, replace(THEIRS, theme="water"), 2)
    found, has_more = saves_of(provision)
    assert ([one.edits for one in found], has_more) == ([3, 2, 1], False)
    assert [change.name for change in found[0].changes] == ["text_zh", "theme"]
    assert [(p.mark, p.text) for p in found[0].changes[0].pieces] == [
        ("same", "甲"),
        ("added", "一"),
        ("same", "。乙。丙。"),
    ]
    assert (found[0].mandate.user.email, found[2].is_first) == ("coordinator@joint.example", True)


def test_saves_come_in_pages(world: World, plan: Plan, provision: Provision) -> None:
    for number in range(1, 22):
        save(world, plan, replace(BASE, text_zh=f"第{number}次。"), number)
    first, has_more = saves_of(provision)
    rest, has_rest = saves_of(provision, page=2)
    assert (len(first), has_more, len(rest), has_rest) == (20, True, 2, False)
    assert first[-1].changes[0].before == "第1次。"


def test_the_page_of_saves_is_the_co_makers(world: World, planner: Client, plan: Plan) -> None:
    save(world, plan, BASE, 1)
    assert page(planner, f"{EDITOR}history/").count("<h2") == 3  # two saves, the help of the keys
    assert [one["edits"] for one in planner.get(f"{API}saves/").json()] == [2, 1]
    planner.force_login(world.mandate(KUNSHAN, Role.PLANNER).user)
    codes = [planner.get(path).status_code for path in (f"{EDITOR}history/", f"{API}saves/")]
    assert codes == [404, 404]


def test_the_second_editor_gets_both_changes_in_the_form(
    world: World, planner: Client, plan: Plan
) -> None:
    save(world, plan, BASE, 1)
    save(world, plan, THEIRS, 2)
    answer = planner.post(EDITOR, posted(edits="2", text_zh=MINE.text_zh))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "甲一。乙。丙一。</textarea>" in text
    assert 'name="edits" value="3"' in text
    assert "choose_" not in text


def test_overlapping_changes_are_chosen_and_theirs_is_taken_whole(
    world: World, planner: Client, plan: Plan
) -> None:
    save(world, plan, BASE, 1)
    save(world, plan, THEIRS, 2)
    text = planner.post(EDITOR, posted(edits="2", text_zh="甲二。乙。丙。")).content.decode()
    assert "甲二。乙。丙。</textarea>" in text
    choice = {"edits": "3", "text_zh": "甲二。乙。丙。", "choose_text_zh": "theirs"}
    assert planner.post(EDITOR, posted(**choice)).status_code == 302
    assert wording_of(ItemDraft.objects.get(item__key="taipu")).text_zh == THEIRS.text_zh


def test_theirs_may_be_chosen_for_every_sort_of_field() -> None:
    theirs = replace(BASE, is_given=True, links=("a", "b"), demand=("local", "national"))
    sent = QueryDict(
        "links=c&demand=neighbour&choose_links=theirs&choose_demand=theirs&choose_is_given=theirs"
    )
    data = with_choices(sent, theirs=theirs)
    assert (data["links"], data.getlist("demand"), data["is_given"]) == (
        "a b",
        ["local", "national"],
        "on",
    )


def test_the_api_answers_with_theirs_and_the_base(
    world: World, planner: Client, plan: Plan
) -> None:
    save(world, plan, BASE, 1)
    save(world, plan, THEIRS, 2)
    wording = {"title_zh": "太浦河", "text_zh": MINE.text_zh}
    body = {"edits": 2, "wording": wording}
    answer = planner.put(API, body, content_type="application/json")
    told = answer.json()
    assert (answer.status_code, told["edits"], told["overlapping"]) == (409, 3, [])
    texts = [told[name]["text_zh"] for name in ("base", "theirs", "proposed")]
    assert texts == [BASE.text_zh, THEIRS.text_zh, "甲一。乙。丙一。"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("字" * 60_000, "20,?000"),
        ("甲\u202e乙", "U\\+202E \\(RIGHT-TO-LEFT OVERRIDE\\)"),
        ("甲\n乙\x00", "Line 2, character 2: the character U\\+0000 \\(NULL\\)"),
    ],
)
def test_bad_text_is_refused_at_its_field_and_stays_in_the_form(
    planner: Client, text: str, words: str
) -> None:
    answer = planner.post(EDITOR, posted(text_zh=text), headers={"accept-language": "en"})
    found = answer.context["form"]
    assert (answer.status_code, list(found.errors)) == (422, ["text_zh"])
    assert re.search(words, found.errors["text_zh"][0])
    assert found["text_zh"].value() == text
    assert 'maxlength="20000"' not in answer.content.decode()
    assert len(text) < LIMIT or len(answer.content) > LIMIT


def test_links_name_items_of_the_plan(planner: Client) -> None:
    answer = planner.post(EDITOR, posted(links="taipu nowhere"), headers={"accept-language": "en"})
    assert answer.context["form"].errors == {
        "links": ["There is no item with the key nowhere in this plan."]
    }
    assert planner.post(EDITOR, posted(links="taipu")).status_code == 302
