"""Chapters changed, moved and taken out; provisions moved together; one chapter in view."""

import pytest
from django.test import Client

from plans.register.models import Plan
from plans.text.actions import (
    add_provision,
    edit_chapter,
    move_chapter,
    move_provisions,
    remove_chapter,
    remove_provision,
)
from plans.text.models import Provision
from plans.text.queries import chapters_of, numbers_of, renumbered, shelves_of
from plans.text.views import answers, drafting
from plans.text.wording import Wording
from stakeholders.people.models import User
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.plans.text.test_views import DRAFT, page
from tests.world import JIASHAN, QINGPU, WUJIANG, World

WORDING = Wording(title_zh="题", text_zh="文。")


@pytest.fixture
def filled(world: World, plan: Plan) -> Plan:
    """a, b, c in the first chapter, d in the second."""
    actor = world.coordinator(plan)
    for chapter, key in (("water", "a"), ("water", "b"), ("water", "c"), ("standards", "d")):
        add_provision(actor=actor, plan=plan, chapter=chapter, wording=WORDING, key=key)
    return plan


def newest(plan: Plan) -> tuple[str, str]:
    entry = RecordEntry.objects.filter(chain=f"plan:{plan.key}").latest("seq")
    return entry.act, entry.subject


def keys(plan: Plan) -> list[str]:
    return list(chapters_of(plan).values_list("key", flat=True))


def test_edit_chapter_changes_titles_and_drafters(world: World, plan: Plan) -> None:
    office = world.coordinator(plan)
    codes = [JIASHAN, QINGPU]
    edit_chapter(actor=office, plan=plan, key="water", title_zh="水环境", drafting=codes)
    chapter = plan.chapters.get(key="water")
    assert (chapter.title_zh, chapter.title_en, chapter.drafting) == (
        "水环境",
        "",
        [QINGPU, JIASHAN],
    )
    assert newest(plan) == ("chapter.edit", "chapter:water")
    for fields, name in (({"title_zh": " "}, "title_zh"), ({"drafting": ["999999"]}, "drafting")):
        with pytest.raises(Invalid) as invalid:
            edit_chapter(actor=office, plan=plan, key="water", **{"title_zh": "章", **fields})
        assert list(invalid.value.errors) == [name]


def test_move_chapter_renumbers_what_stands_in_it(world: World, filled: Plan) -> None:
    move_chapter(actor=world.coordinator(filled), plan=filled, key="standards", position=1)
    assert keys(filled) == ["standards", "water"]
    assert numbers_of(filled) == {"d": 1, "a": 2, "b": 3, "c": 4}
    assert [(s.chapter.key, s.count, s.first) for s in shelves_of(filled)] == [
        ("standards", 1, 1),
        ("water", 3, 2),
    ]
    assert newest(filled) == ("chapter.move", "chapter:standards")


def test_remove_chapter_only_when_nothing_stands_in_it(world: World, filled: Plan) -> None:
    office = world.coordinator(filled)
    with pytest.raises(Invalid):
        remove_chapter(actor=office, plan=filled, key="standards")
    remove_provision(actor=office, plan=filled, key="d", edits=1)
    remove_chapter(actor=office, plan=filled, key="standards")
    assert (keys(filled), newest(filled)) == (["water"], ("chapter.remove", "chapter:standards"))
    # What was taken out keeps a place, and what stands is not renumbered by it.
    assert Provision.objects.get(item__key="d").chapter.key == "water"
    assert numbers_of(filled) == {"a": 1, "b": 2, "c": 3}


def test_the_last_chapter_stays_while_something_was_taken_out_of_it(
    world: World, plan: Plan
) -> None:
    office = world.coordinator(plan)
    add_provision(actor=office, plan=plan, chapter="water", wording=WORDING, key="a")
    remove_provision(actor=office, plan=plan, key="a", edits=1)
    remove_chapter(actor=office, plan=plan, key="standards")
    with pytest.raises(Invalid):
        remove_chapter(actor=office, plan=plan, key="water")


def test_chapters_are_the_joint_teams(world: World, plan: Plan) -> None:
    planner = world.actor(WUJIANG, Role.PLANNER)
    for act in (
        lambda: edit_chapter(actor=planner, plan=plan, key="water", title_zh="章"),
        lambda: move_chapter(actor=planner, plan=plan, key="water", position=2),
        lambda: remove_chapter(actor=planner, plan=plan, key="water"),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.verdict.reason is Reason.WRONG_ROLE


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["a", "b"]),
        ("?page=2", ["c"]),
        ("?chapter=water&page=9", ["c"]),
        ("?item=c", ["c"]),
        ("?item=c&page=1", ["a", "b"]),
    ],
)
def test_a_long_chapter_comes_in_pages(
    world: World,
    filled: Plan,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    query: str,
    shown: list[str],
) -> None:
    for module in (answers, drafting):
        monkeypatch.setattr(module, "PAGE", 2)
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    text = page(client, f"{DRAFT}{query}")
    assert [key for key in "abcd" if f'<article class="provision" id="{key}"' in text] == shown
    assert ('data-place="3"' in text) == ("c" in shown)


@pytest.mark.parametrize(
    ("step", "stood", "leads"),
    [("c:up", "2", ""), ("b:down", "1", "&page=2"), ("a:@standards", "2", "&page=2")],
)
def test_the_view_follows_what_a_step_moves_over_a_page(
    world: World,
    filled: Plan,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    stood: str,
    leads: str,
) -> None:
    monkeypatch.setattr(answers, "PAGE", 2)
    client.force_login(User.objects.get(email="coordinator@joint.example"))
    said = {"step": step, "view": "water", "page": stood}
    assert client.post(f"{DRAFT}moves/", said)["Location"] == f"{DRAFT}?chapter=water{leads}"


def test_several_move_in_the_order_of_the_text_in_one_act(world: World, filled: Plan) -> None:
    before = numbers_of(filled)
    office = world.coordinator(filled)
    move_provisions(actor=office, plan=filled, keys=["c", "a"], chapter="standards", position=1)
    after = numbers_of(filled)
    assert after == {"b": 1, "a": 2, "c": 3, "d": 4}
    assert renumbered(before, after) == [("b", 2, 1), ("a", 1, 2)]
    assert newest(filled) == ("provisions.move", "chapter:standards")


def test_moving_several_needs_both_chapters_and_existing_keys(world: World, filled: Plan) -> None:
    planner, office = world.actor(WUJIANG, Role.PLANNER), world.coordinator(filled)
    with pytest.raises(Refused) as refusal:
        move_provisions(actor=planner, plan=filled, keys=["a"], chapter="standards")
    assert refusal.value.verdict.reason is Reason.NOT_YOURS
    with pytest.raises(NotVisible):
        move_provisions(actor=office, plan=filled, keys=["a", "nowhere"], chapter="water")
    with pytest.raises(Invalid):
        move_provisions(actor=office, plan=filled, keys=[], chapter="water")


@pytest.mark.parametrize(
    ("step", "order"),
    [
        ("b:up", ["b", "a", "c", "d"]),
        ("b:down", ["a", "c", "b", "d"]),
        ("a:up", ["a", "b", "c", "d"]),
        ("c:1", ["c", "a", "b", "d"]),
        ("a:@standards", ["b", "c", "d", "a"]),
    ],
)
def test_a_step_moves_one_and_says_the_new_numbers(
    world: World, filled: Plan, client: Client, step: str, order: list[str]
) -> None:
    client.force_login(User.objects.get(email="coordinator@joint.example"))
    answer = client.post(f"{DRAFT}moves/", {"step": step, "view": "water"}, follow=True)
    assert answer.redirect_chain == [(f"{DRAFT}?chapter=water", 302)]
    assert list(numbers_of(filled)) == order


def test_the_draft_sends_one_chapter_and_the_contents_of_all(
    world: World, filled: Plan, client: Client
) -> None:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    shown = {
        query: [key for key in "abcd" if f'<article class="provision" id="{key}"' in text]
        for query in ("", "?chapter=standards", "?item=d")
        for text in [page(client, f"{DRAFT}{query}")]
    }
    assert shown == {"": ["a", "b", "c"], "?chapter=standards": ["d"], "?item=d": ["d"]}
    assert client.get(f"{DRAFT}?chapter=nowhere").status_code == 404
    assert (
        "Article 4" in page(client, f"{DRAFT}?item=d"),
        "3 articles" in page(client, DRAFT),
    ) == (
        True,
        True,
    )
