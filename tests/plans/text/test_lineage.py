from dataclasses import replace

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from consult.workflow.actions import publish
from plans.register.models import Lineage, Plan
from plans.register.steps import freeze
from plans.text.actions import (
    add_provision,
    merge_provisions,
    remove_provision,
    replace_provision,
    split_provision,
)
from plans.text.models import Provision
from plans.text.queries import articles, get_provision
from plans.text.wording import Wording, merged_wording, wording_of
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from tests.world import JIASHAN, QINGPU, WUJIANG, World

OTHER = Wording(
    title_zh="淀山湖",
    text_zh="蓝藻联合防控。",
    competence="prefecture",
    demand=("neighbour",),
    classification="internal",
    concerned=(JIASHAN,),
)


@pytest.fixture
def other(world: World, plan: Plan, provision: Provision) -> Provision:
    return add_provision(
        actor=world.actor(WUJIANG, Role.PLANNER),
        plan=plan,
        chapter="water",
        key="lake",
        wording=OTHER,
    )


def text(plan: Plan) -> list[tuple[str, str]]:
    return [(one.provision.item.key, one.wording.title_zh) for one in articles(plan)]


def kin() -> list[tuple[str, str, str]]:
    rows = Lineage.objects.order_by("pk")
    return list(rows.values_list("predecessor__key", "item__key", "kind"))


def acts_since(count: int) -> list[str]:
    return list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))[count:]


def test_split_puts_the_parts_in_its_place(
    world: World, plan: Plan, provision: Provision, other: Provision
) -> None:
    before = RecordEntry.objects.count()
    made = split_provision(
        actor=world.actor(WUJIANG, Role.PLANNER),
        plan=plan,
        key="taipu",
        edits=1,
        titles=["水质", "水量"],
    )
    assert text(plan) == [("taipu-2", "水质"), ("taipu-3", "水量"), ("lake", "淀山湖")]
    assert kin() == [("taipu", "taipu-2", "split"), ("taipu", "taipu-3", "split")]
    assert [[p.key for p in one.item.predecessors.all()] for one in made] == [["taipu"]] * 2
    held = wording_of(made[0].item.draft)
    assert held == replace(wording_of(provision.item.draft), title_zh="水质")
    assert get_provision(plan, key="taipu").item.draft.is_removed
    assert acts_since(before) == ["item.split"]


def test_merge_concerns_all_and_is_as_strict_as_the_strictest(
    world: World, plan: Plan, provision: Provision, other: Provision
) -> None:
    made = merge_provisions(
        actor=world.actor(WUJIANG, Role.PLANNER),
        plan=plan,
        key="lake",
        others=["taipu"],
        title_zh="跨界水体",
    )
    assert text(plan) == [("lake-2", "跨界水体")]
    assert kin() == [("lake", "lake-2", "merge"), ("taipu", "lake-2", "merge")]
    held = wording_of(made.item.draft)
    assert (held.text_zh, held.strength, held.competence, held.classification) == (
        "蓝藻联合防控。\n\n水质按Ⅲ类控制。",
        "binding",
        "prefecture",
        "internal",
    )
    assert held.concerned == (QINGPU, WUJIANG, JIASHAN)


def test_replace_keeps_the_text_under_a_new_identity(
    world: World, plan: Plan, provision: Provision, other: Provision
) -> None:
    replace_provision(
        actor=world.coordinator(plan), plan=plan, key="taipu", edits=1, title_zh="太浦河清水绿廊"
    )
    assert text(plan) == [("taipu-2", "太浦河清水绿廊"), ("lake", "淀山湖")]
    assert kin() == [("taipu", "taipu-2", "replace")]


def test_lineage_is_refused(
    world: World, plan: Plan, provision: Provision, other: Provision
) -> None:
    planner, stranger = world.actor(WUJIANG, Role.PLANNER), world.actor(JIASHAN, Role.PLANNER)
    two = ["一", "二"]
    with pytest.raises(Refused):
        split_provision(actor=stranger, plan=plan, key="taipu", edits=1, titles=two)
    for titles in (["一"], ["一", "一"], ["一", "长" * 201], [str(n) for n in range(13)]):
        with pytest.raises(Invalid):
            split_provision(actor=planner, plan=plan, key="taipu", edits=1, titles=titles)
    with pytest.raises(Conflict):
        split_provision(actor=planner, plan=plan, key="taipu", edits=7, titles=two)
    with pytest.raises(Invalid):
        merge_provisions(actor=planner, plan=plan, key="taipu", others=["taipu"], title_zh="合")
    with pytest.raises(Invalid):
        replace_provision(actor=planner, plan=plan, key="taipu", edits=1, title_zh=" ")
    remove_provision(actor=planner, plan=plan, key="lake", edits=1)
    with pytest.raises(Conflict):
        merge_provisions(actor=planner, plan=plan, key="taipu", others=["lake"], title_zh="合")
    revision = publish(actor=world.coordinator(plan), plan=plan, stage="consultation")
    freeze(plan=plan, revision=revision)
    with pytest.raises(Refused):
        split_provision(actor=planner, plan=plan, key="taipu", edits=1, titles=two)


def test_pages_split_merge_and_replace(
    world: World, plan: Plan, provision: Provision, other: Provision, client: Client
) -> None:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    page = "/plans/QWJ/text/provisions/{}/"
    shown = client.get(page.format("taipu") + "lineage/")
    assert (shown.status_code, shown.content.decode().count("<h1")) == (200, 1)
    wrong = client.post(page.format("taipu") + "split/", {"edits": 1, "titles": "一"})
    right = client.post(page.format("taipu") + "split/", {"edits": 1, "titles": "一\n二"})
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert right["Location"] == page.format("taipu-2")
    merged = client.post(
        page.format("lake") + "merge/", {"others": ["taipu-2", "taipu-3"], "title_zh": "合"}
    )
    assert merged["Location"] == page.format("lake-2")
    done = client.post(page.format("lake-2") + "replace/", {"edits": 1, "title_zh": "新"})
    assert done["Location"] == page.format("lake-2-2")
    item = client.get("/plans/QWJ/items/lake-2/").content.decode()
    assert "/plans/QWJ/items/taipu-2/" in item
    assert "/plans/QWJ/items/lake-2-2/" in item


def test_api_names_the_new_items(
    world: World, plan: Plan, provision: Provision, other: Provision, client: Client
) -> None:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    api = "/api/v1/plans/QWJ/provisions/taipu/split/"
    body = {"edits": 1, "titles": ["一", "二"]}
    made = client.post(api, body, content_type="application/json")
    assert (made.status_code, made.json()) == (201, {"items": ["taipu-2", "taipu-3"]})
    kin_shown = client.get("/api/v1/plans/QWJ/items/taipu/").json()["successors"]
    assert [row["key"] for row in kin_shown] == ["taipu-2", "taipu-3"]


WORDINGS = st.builds(
    Wording,
    title_zh=st.just("条"),
    text_zh=st.text(alphabet="水质按控制。", min_size=1, max_size=20),
    text_en=st.text(alphabet="abc ", max_size=10),
    strength=st.sampled_from(["binding", "guiding"]),
    competence=st.sampled_from(["county", "prefecture", "province"]),
    classification=st.sampled_from(["open", "on_request", "internal"]),
    concerned=st.lists(st.sampled_from([QINGPU, WUJIANG, JIASHAN])).map(tuple),
    is_given=st.booleans(),
)


@given(st.lists(WORDINGS, min_size=2, max_size=5))
def test_merged_loses_no_text_and_no_party(wordings: list[Wording]) -> None:
    merged = merged_wording(wordings)
    assert merged.text_zh == "\n\n".join(one.text_zh for one in wordings)
    assert set(merged.concerned) == {code for one in wordings for code in one.concerned}
    assert (merged.strength == "binding") == any(w.strength == "binding" for w in wordings)
    assert merged.is_given == any(one.is_given for one in wordings)
