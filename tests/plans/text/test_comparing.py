from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consult.workflow.actions import publish
from plans.register.models import ItemVersion, Plan, Revision
from plans.text.actions import add_provision, edit_provision, move_provision, remove_provision
from plans.text.comparing import compare, compare_draft
from plans.text.queries import get_provision
from plans.text.shown import differences_of, plan_changes
from plans.text.wording import Wording, wording_of
from stakeholders.terms.actor import Role
from tests.world import KUNSHAN, QINGPU, WUJIANG, World

URL = "/plans/QWJ/text/differences/"


def edit(world: World, plan: Plan, key: str, **fields: object) -> None:
    draft = get_provision(plan, key=key).item.draft
    edit_provision(
        actor=world.coordinator(plan),
        plan=plan,
        key=key,
        edits=draft.edits,
        wording=replace(wording_of(draft), **fields),
    )


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    caches["differences"].clear()
    yield
    caches["differences"].clear()


@pytest.fixture
def two(world: World, plan: Plan) -> tuple[Revision, Revision]:
    """Two revisions: one item of nearly every kind of change between them."""
    actor = world.coordinator(plan)
    for key in ("gone", "same", "text", "force", "english", "moved"):
        wording = Wording(title_zh=key, text_zh=f"{key}应当于2030年完成。", text_en="Done.")
        add_provision(actor=actor, plan=plan, chapter="water", key=key, wording=wording)
    old = publish(actor=actor, plan=plan, stage="consultation")
    edits = get_provision(plan, key="gone").item.draft.edits
    edit(world, plan, "text", text_zh="text应当于2035年完成。", lead="JO")
    edit(world, plan, "force", strength="binding")
    edit(world, plan, "english", text_en="Finished.")
    move_provision(actor=actor, plan=plan, key="moved", chapter="standards", position=1)
    remove_provision(actor=actor, plan=plan, key="gone", edits=edits)
    wording = Wording(title_zh="new", text_zh="新增一条。")
    add_provision(actor=actor, plan=plan, chapter="water", key="new", wording=wording)
    Plan.objects.filter(pk=plan.pk).update(horizon_until=2040)
    new = publish(actor=actor, plan=Plan.objects.get(pk=plan.pk), stage="display")
    return old, new


KINDS = {
    "same": "moved",  # renumbered: the one before it went
    "text": "text",
    "force": "strength_or_concern",
    "english": "translation",
    "new": "added",
    "moved": "moved",
    "gone": "removed",
}


def test_kinds_of_two_revisions_in_the_order_of_the_new_one(
    two: tuple[Revision, Revision],
) -> None:
    found = compare(old=two[0], new=two[1])
    assert {one.key: one.kind.value for one in found.changes} == KINDS
    assert [one.key for one in found.changes] == list(KINDS)
    assert found.unchanged == 0


def test_the_way_back_shows_the_same_items_the_other_way(two: tuple[Revision, Revision]) -> None:
    swapped = {"added": "removed", "removed": "added"}
    back = compare(old=two[1], new=two[0])
    assert {one.key: one.kind.value for one in back.changes} == {
        key: swapped.get(kind, kind) for key, kind in KINDS.items()
    }


def test_a_revision_compared_with_itself(two: tuple[Revision, Revision]) -> None:
    found = compare(old=two[1], new=two[1])
    assert (list(found.changes), found.unchanged, plan_changes(found)) == ([], 6, [])
    everything = compare(old=two[1], new=two[1], only_changes=False)
    assert {one.kind.value for one in everything.changes} == {"unchanged"}
    assert everything.unchanged == 6


def test_the_plan_itself_is_compared_too(two: tuple[Revision, Revision]) -> None:
    found = plan_changes(compare(old=two[0], new=two[1]))
    assert [[piece.text for piece in one.pieces] for one in found] == [["2026–2035", "2026–2040"]]


def test_the_draft_has_changed_as_the_next_revision_would(
    world: World, plan: Plan, two: tuple[Revision, Revision]
) -> None:
    assert [one.kind.value for one in compare_draft(plan=plan, old=two[1]).changes] == [
        "unchanged"
    ] * 6
    edit(world, plan, "same", text_zh="same应当于2031年完成。")
    found = compare_draft(plan=plan, old=two[1])
    assert {one.key for one in found.changes if one.kind.value != "unchanged"} == {"same"}
    assert found.unchanged == 5
    since_first = compare_draft(plan=plan, old=two[0])
    kinds = {one.key: one.kind.value for one in since_first.changes}
    assert kinds == {**KINDS, "same": "text"}


def test_differences_name_fields_and_texts(two: tuple[Revision, Revision]) -> None:
    found = compare(old=two[0], new=two[1])
    text = differences_of(found.of(["text"]))[0]
    assert [(one.mark, one.text) for one in text.text_zh] == [
        ("same", "text应当于"),
        ("removed", "2030"),
        ("added", "2035"),
        ("same", "年完成。"),
    ]
    assert [[piece.text for piece in one.pieces] for one in text.fields] == [["JO"]]
    assert text.text_en == []


def test_texts_compared_before_come_from_the_cache(
    two: tuple[Revision, Revision], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = compare(old=two[0], new=two[1])
    first = differences_of(found.changes)
    monkeypatch.setattr("plans.text.shown.blocks", None)
    assert differences_of(found.changes) == first


def test_comparing_costs_the_same_however_much_changed(
    world: World, plan: Plan, two: tuple[Revision, Revision]
) -> None:
    with CaptureQueriesContext(connection) as few:
        differences_of(compare(old=two[0], new=two[1]).changes)
    for key in ("text", "force", "english", "same"):
        edit(world, plan, key, text_zh=f"全文改写{key}。")
    third = publish(actor=world.coordinator(plan), plan=plan, stage="display")
    with CaptureQueriesContext(connection) as many:
        differences_of(compare(old=two[0], new=third).changes)
    assert len(many) == len(few) + 1  # what was published between the two


def test_what_did_not_change_is_never_read(plan: Plan, two: tuple[Revision, Revision]) -> None:
    with CaptureQueriesContext(connection) as captured:
        compare(old=two[1], new=two[1])
    assert not any('"content"' in query["sql"] for query in captured)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 7),
        ("?kind=text", 1),
        ("?kind=text&kind=added", 2),
        ("?kind=nonsense", 7),
        ("?view=side", 7),
        ("?all=1", 7),
        ("?kind=editorial", 0),
        ("?page=99", 7),
    ],
)
def test_page_filters_by_kind_in_the_address(
    world: World, two: tuple[Revision, Revision], client: Client, query: str, shown: int
) -> None:
    client.force_login(world.user(QINGPU, Role.PLANNER))
    answer = client.get(f"{URL}1/2/{query}", headers={"accept-language": "en"})
    text = answer.content.decode()
    assert (answer.status_code, text.count("data-change>")) == (200, shown)
    assert "Draft for consultation" in text


def test_page_is_paged(
    world: World, two: tuple[Revision, Revision], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plans.text.views.differences.PAGE", 3)
    client.force_login(world.user(QINGPU, Role.PLANNER))
    first = client.get(f"{URL}1/2/").content.decode()
    last = client.get(f"{URL}1/2/?page=3").content.decode()
    assert (first.count("data-change>"), last.count("data-change>")) == (3, 1)


def test_form_leads_to_the_two_states(
    world: World, two: tuple[Revision, Revision], client: Client
) -> None:
    client.force_login(world.user(QINGPU, Role.PLANNER))
    revisions = client.get(URL, {"before": "1", "after": "2"})
    draft = client.get(URL, {"before": "2", "after": "draft"})
    assert (revisions["Location"], draft["Location"]) == (f"{URL}1/2/", f"{URL}2/draft/")
    assert client.get(URL).status_code == 200
    assert client.get(URL, {"before": "9", "after": "x"}).status_code == 200
    assert client.get(f"{URL}2/draft/").status_code == 200
    assert client.get(f"{URL}1/9/").status_code == 404


def test_draft_is_compared_for_those_who_see_it(
    world: World, plan: Plan, two: tuple[Revision, Revision], client: Client
) -> None:
    client.force_login(world.user(KUNSHAN, Role.PLANNER))
    assert client.get(f"{URL}1/draft/").status_code == 404
    assert client.get(f"{URL}1/2/").status_code == 404


def test_two_versions_of_one_item(
    world: World, two: tuple[Revision, Revision], client: Client
) -> None:
    client.force_login(world.user(QINGPU, Role.PLANNER))
    hashes = list(
        ItemVersion.objects.filter(item__key="text").order_by("pk").values_list("hash", flat=True)
    )
    url = "/plans/QWJ/text/items/text/differences/"
    short = [one.partition(":")[2][:12] for one in hashes]
    for before, after in (hashes, short):
        for view in ("", "side"):
            answer = client.get(url, {"from": before, "to": after, "view": view})
            assert "2030</del>" in answer.content.decode()
    for bad in ({}, {"from": "sha256:", "to": hashes[0]}, {"from": "0" * 64, "to": hashes[0]}):
        assert client.get(url, bad).status_code == 404


def test_api_gives_the_differences_a_page_at_a_time(
    world: World, two: tuple[Revision, Revision], client: Client
) -> None:
    client.force_login(world.user(QINGPU, Role.PLANNER))
    base = "/api/v1/plans/QWJ/differences/"
    body = client.get(f"{base}1/2/").json()
    assert (body["count"], [one["key"] for one in body["results"]]) == (7, list(KINDS))
    only = client.get(f"{base}1/2/?kind=text").json()["results"]
    assert [(p["mark"], p["text"]) for p in only[0]["text_zh"]][1:3] == [
        ("removed", "2030"),
        ("added", "2035"),
    ]
    assert client.get(f"{base}2/draft/").json()["count"] == 0
    hashes = {"from": only[0]["old_hash"], "to": only[0]["new_hash"]}
    item = client.get("/api/v1/plans/QWJ/items/text/differences/", hashes).json()
    assert item == only[0]


def test_since_names_where_a_party_left_off(
    world: World, two: tuple[Revision, Revision], client: Client
) -> None:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    url = "/plans/QWJ/since/"
    page = client.get(url, headers={"accept-language": "en"}).content.decode()
    assert "Working draft since Revision 2" in page
    lines = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in lines
    assert f"{URL}2/draft/" in lines
    client.force_login(world.user(KUNSHAN, Role.PLANNER))
    assert client.get(url).status_code == 404


def test_the_draft_is_compared_at_the_same_cost_for_many_items(world: World, plan: Plan) -> None:
    actor = world.coordinator(plan)
    costs = []
    for turn in range(2):
        for place in range(1 + 4 * turn):
            wording = Wording(title_zh="条", text_zh="正文。")
            key = f"p-{turn}-{place}"
            add_provision(actor=actor, plan=plan, chapter="water", key=key, wording=wording)
        old = publish(actor=actor, plan=plan, stage="consultation")
        edit(world, plan, f"p-{turn}-0", text_zh="另一正文。")
        with CaptureQueriesContext(connection) as captured:
            compare_draft(plan=plan, old=old)
        costs.append(len(captured))
    assert costs[1] == costs[0]
