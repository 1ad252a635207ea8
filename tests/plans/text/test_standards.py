"""Common standards: the acts, the pages and their refusals."""

import json
from dataclasses import replace
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from plans.register.models import Item, ItemDraft, Plan
from plans.text.actions import (
    add_standard,
    edit_standard,
    edit_standards,
    remove_standard,
)
from plans.text.actions.standards import Saving
from plans.text.models import Standard
from plans.text.norms import norm_of
from plans.text.queries import get_standard, standard_rows, standards_outline
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.plans.text.standards import DRAINS, HEIGHT, SETBACK
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

TABLE = "/plans/QWJ/text/standards/"
ONE = f"{TABLE}setback/"


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()


@pytest.fixture
def setback(world: World, plan: Plan) -> Standard:
    return add_standard(
        actor=world.actor(WUJIANG, Role.PLANNER), plan=plan, key="setback", norm=SETBACK
    )


@pytest.fixture
def planner(world: World, setback: Standard, client: Client) -> Client:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    return client


def entries() -> list[tuple[str, str]]:
    rows = RecordEntry.objects.order_by("pk")
    return [(r.act, r.subject) for r in rows if r.act.startswith("standard.")]


def effects() -> dict[str, object]:
    return json.loads(RecordEntry.objects.latest("pk").payload)["effects"]


def page(client: Client, path: str, language: str = "en", status: int = 200) -> str:
    with translation.override(language):
        answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == status
    return answer.content.decode()


def form_of(**fields: object) -> dict[str, object]:
    return {
        "edits": "1",
        "title_zh": "河道蓝线后退距离",
        "unit": "m",
        "strictness": "higher",
        "agreed": "10",
        "choice": "highest",
        "strength": "binding",
        "competence": "county",
        "theme": "standards",
        f"value_{QINGPU}": "10",
        f"value_{WUJIANG}": "8",
        f"value_{JIASHAN}": "6",
        **fields,
    }


def test_add_names_the_parties_and_concerns_all(world: World, setback: Standard) -> None:
    norm = norm_of(setback.item.draft)
    assert norm.concerned == (QINGPU, WUJIANG, JIASHAN)
    assert [(one.name_zh, one.value) for one in norm.sources] == [
        ("青浦区", "10"),
        ("吴江区", "8"),
        ("嘉善县", "6"),
        ("国际先进值", "15"),
    ]
    assert setback.item.draft.content["text"]["zh"].startswith("统一标准：10 m（就高）。")
    assert entries() == [("standard.add", "item:setback")]
    assert sorted(effects()) == ["draft", "edits"]


def test_add_without_a_key_takes_the_next_free_one(world: World, plan: Plan) -> None:
    made = [
        add_standard(actor=world.coordinator(plan), plan=plan, norm=norm)
        for norm in (SETBACK, HEIGHT)
    ]
    assert [one.item.key for one in made] == ["standard-1", "standard-2"]
    headings, places = standards_outline(plan)
    assert [heading.title_zh for heading in headings] == ["统一标准"]
    assert [(place.item.key, place.number) for place in places] == [
        ("standard-1", "S1"),
        ("standard-2", "S2"),
    ]


@pytest.mark.parametrize("key", ["setback", "new", "import"])
def test_add_under_a_taken_key_is_invalid(
    world: World, plan: Plan, setback: Standard, key: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        add_standard(actor=world.coordinator(plan), plan=plan, norm=HEIGHT, key=key)
    assert list(invalid.value.errors) == ["key"]


def test_value_of_a_unit_that_is_no_party_is_invalid(world: World, plan: Plan) -> None:
    stranger = replace(SETBACK.sources[0], key=KUNSHAN)
    with pytest.raises(Invalid) as invalid:
        add_standard(
            actor=world.coordinator(plan), plan=plan, norm=replace(SETBACK, sources=(stranger,))
        )
    assert list(invalid.value.errors) == [f"value_{KUNSHAN}"]


def test_signatory_may_not_add(world: World, plan: Plan) -> None:
    with pytest.raises(Refused) as refusal:
        add_standard(actor=world.actor(WUJIANG, Role.SIGNATORY), plan=plan, norm=SETBACK)
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


def test_edit_over_anothers_save_is_a_conflict(world: World, plan: Plan, setback: Standard) -> None:
    actor = world.coordinator(plan)
    lower = replace(SETBACK, agreed="6", choice="lowest")
    edit_standard(actor=actor, plan=plan, key="setback", edits=1, norm=lower)
    with pytest.raises(Conflict) as conflict:
        edit_standard(actor=actor, plan=plan, key="setback", edits=1, norm=SETBACK)
    assert norm_of(conflict.value.theirs).agreed == "6"
    assert entries() == [("standard.add", "item:setback"), ("standard.edit", "item:setback")]


def test_many_are_saved_together_or_not_at_all(world: World, plan: Plan, setback: Standard) -> None:
    actor = world.coordinator(plan)
    add_standard(actor=actor, plan=plan, norm=HEIGHT, key="height")
    taller = Saving(edits=1, norm=replace(HEIGHT, agreed="12"))
    wrong = Saving(edits=1, norm=replace(SETBACK, agreed="1 km"))
    with pytest.raises(Invalid) as invalid:
        edit_standards(actor=actor, plan=plan, savings={"height": taller, "setback": wrong})
    assert list(invalid.value.errors) == ["setback:agreed"]
    assert norm_of(get_standard(plan, key="height").item.draft).agreed == "10"
    late = Saving(edits=7, norm=replace(SETBACK, agreed="10"))
    with pytest.raises(Invalid) as invalid:
        edit_standards(actor=actor, plan=plan, savings={"height": taller, "setback": late})
    assert list(invalid.value.errors) == ["setback:"]
    same = Saving(edits=1, norm=SETBACK)
    changed = edit_standards(actor=actor, plan=plan, savings={"height": taller, "setback": same})
    assert changed == ["height"]
    assert entries()[2:] == [("standard.edit", "plan:QWJ")]
    assert list(effects()["items"]) == ["height"]


def test_remove_takes_it_out_of_the_next_revision(
    world: World, plan: Plan, setback: Standard
) -> None:
    remove_standard(actor=world.coordinator(plan), plan=plan, key="setback", edits=1)
    assert standard_rows(plan) == []
    assert standards_outline(plan) == ([], [])
    assert entries()[1:] == [("standard.remove", "item:setback")]


def test_table_shows_distance_and_who_has_to_change(planner: Client) -> None:
    shown = page(planner, TABLE)
    assert shown.count("−2 (−20 %)") == 1
    assert shown.count("Looser than agreed") == 2
    assert "Wujiang District, Jiashan County" in " ".join(shown.split())
    assert "Setback from the river line" not in page(planner, f"{TABLE}?show=open")
    assert "Setback from the river line" in page(planner, f"{TABLE}?show=change")


def test_page_of_one_shows_every_source(planner: Client) -> None:
    shown = page(planner, ONE)
    assert shown.count("has to change") == 2
    assert "Advanced practice" in shown
    assert "青浦区河道蓝线专项规划" in shown


def test_form_adds_edits_and_removes(planner: Client, plan: Plan) -> None:
    made = planner.post(f"{TABLE}new/", form_of(key="other", value_x1="20", name_zh_x1="外地"))
    assert made.headers["Location"] == f"{TABLE}other/"
    norm = norm_of(get_standard(plan, key="other").item.draft)
    assert [one.key for one in norm.sources] == [QINGPU, WUJIANG, JIASHAN, "x1"]
    assert planner.post(f"{TABLE}other/", form_of(agreed="6", choice="lowest")).status_code == 302
    assert norm_of(get_standard(plan, key="other").item.draft).agreed == "6"
    stale = planner.post(f"{TABLE}other/", form_of(title_zh="另一题"))
    assert stale.status_code == 409
    assert "另一题" in stale.content.decode()
    assert planner.post(f"{TABLE}other/remove/", {"edits": "2"}).status_code == 302
    assert [row.key for row in standard_rows(plan)] == ["setback"]


def test_form_keeps_what_was_typed_beside_the_reason(planner: Client) -> None:
    answer = planner.post(
        ONE, form_of(**{f"value_{WUJIANG}": "0.8 km"}), headers={"accept-language": "en"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="0.8 km"' in shown
    assert "convert it first" in shown


def test_values_sends_only_what_changed(planner: Client, plan: Plan) -> None:
    path = f"{TABLE}values/"
    shown = page(planner, path)
    assert shown.count('name="setback:') == 6  # three parties, the nation, the agreed one, edits
    sent = {f"setback:value_{WUJIANG}": "9 m", "setback:edits": "1"}
    assert planner.post(path, sent).status_code == 302
    norm = norm_of(get_standard(plan, key="setback").item.draft)
    assert [one.value for one in norm.sources] == ["10", "9", "6", "15"]
    assert norm.agreed == "10"
    late = planner.post(path, {f"setback:value_{WUJIANG}": "7", "setback:edits": "1"})
    assert late.status_code == 422
    wrong = planner.post(path, {"setback:agreed": "1 km", "setback:edits": "2"})
    assert (wrong.status_code, wrong.content.decode().count('value="1 km"')) == (422, 1)


def test_who_is_consulted_sees_no_draft(world: World, planner: Client, plan: Plan) -> None:
    world.mandate(KUNSHAN, Role.PLANNER)
    neighbour = Client()
    neighbour.force_login(world.user(KUNSHAN, Role.PLANNER))
    for path in (TABLE, ONE, f"{TABLE}file/", f"{TABLE}values/", f"{TABLE}import/"):
        assert neighbour.get(path).status_code == 404


def test_signatory_reads_but_may_not_edit(world: World, setback: Standard, client: Client) -> None:
    client.force_login(world.user(JIASHAN, Role.SIGNATORY))
    assert '<form method="post" novalidate' not in page(client, ONE)
    assert client.post(ONE, form_of()).status_code == 403
    assert client.get(f"{TABLE}values/").status_code == 403


def test_api_adds_edits_and_removes(planner: Client) -> None:
    url = "/api/v1/plans/QWJ/standards/"
    norm = {
        "title_zh": "慢行道净宽",
        "unit": "m",
        "sources": [{"key": QINGPU, "value": "3.5"}, {"key": WUJIANG, "value": "3.0"}],
        "agreed": "3.5",
        "choice": "highest",
    }
    sent = {"content_type": "application/json"}
    made = planner.post(url, {"key": "paths", "norm": norm}, **sent)
    assert (made.status_code, made.json()["number"]) == (201, "S2")
    assert made.json()["norm"]["sources"][1]["value"] == "3.0"
    edited = planner.put(
        f"{url}paths/", {"edits": 1, "norm": {**norm, "unit": "米", "agreed": "2 m"}}, **sent
    )
    assert (edited.status_code, list(edited.json())) == (400, ["agreed"])
    edited = planner.put(f"{url}paths/", {"edits": 1, "norm": {**norm, "unit": "米"}}, **sent)
    assert edited.json()["edits"] == 2
    assert planner.post(f"{url}paths/remove/", {"edits": 2}, **sent).status_code == 204
    assert [one["key"] for one in planner.get(url).json()] == ["setback"]


def fill(plan: Plan, numbers: range) -> None:
    items = Item.objects.bulk_create(
        Item(plan=plan, key=f"s-{n}", kind="standard", created_at=clock.now()) for n in numbers
    )
    ItemDraft.objects.bulk_create(
        ItemDraft(
            item=item,
            content=DRAINS.content(),
            strength="guiding",
            concerned=[WUJIANG],
            edited_at=clock.now(),
        )
        for item in items
    )
    Standard.objects.bulk_create(
        Standard(item=item, position=n) for n, item in zip(numbers, items, strict=True)
    )


@pytest.mark.parametrize("path", [TABLE, f"{TABLE}values/", f"{TABLE}file/", ONE])
def test_queries_do_not_grow_with_the_table(planner: Client, plan: Plan, path: str) -> None:
    counts = []
    for numbers in (range(10, 20), range(20, 80)):
        fill(plan, numbers)
        planner.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert planner.get(path).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("at_once", [True, False])
def test_nobody_is_edited_out_of_whom_a_standard_concerns(
    world: World, plan: Plan, setback: Standard, at_once: bool
) -> None:
    """Only the party itself renounces, by the form of one standard or by the table of all."""
    actor = world.actor(WUJIANG, Role.PLANNER)
    norm = replace(norm_of(setback.item.draft), concerned=(WUJIANG,))
    before = entries()
    act = partial(edit_standard, key="setback", edits=1, norm=norm)
    if at_once:
        act = partial(edit_standards, savings={"setback": Saving(edits=1, norm=norm)})
    with pytest.raises(Invalid) as refusal:
        act(actor=actor, plan=plan)
    assert list(refusal.value.errors) == ["setback:concerned" if at_once else "concerned"]
    assert ItemDraft.objects.get(item__key="setback").concerned == [QINGPU, WUJIANG, JIASHAN]
    assert entries() == before


@pytest.mark.parametrize("edits", ["9" * 5_000, "-1", "²", "x", ""])
def test_a_number_that_is_none_is_a_conflict(planner: Client, edits: str) -> None:
    assert planner.post(f"{ONE}remove/", {"edits": edits}).status_code == 409
    assert not ItemDraft.objects.get(item__key="setback").is_removed
