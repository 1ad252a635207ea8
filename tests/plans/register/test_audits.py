from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consult.workflow.audits import audits_of, groups_of
from plans.indicators.actions import add_indicator
from plans.indicators.measure import Measure
from plans.register.audits import gaps_of
from plans.register.enums import PartyRole
from plans.register.models import ItemDraft, Plan
from plans.register.reading import read
from plans.register.steps import add_party
from plans.text.actions import add_chapter, add_provision
from plans.text.wording import Wording
from stakeholders.terms.actor import Role
from tests.world import KUNSHAN, WUJIANG, World

FULL = Wording(
    title_zh="太浦河",
    title_en="Taipu",
    text_zh="Ⅲ类。",
    text_en="Class III.",
    strength="binding",
    lead="水利局",
    due="2030-12-31",
    evidence="通报",
)


@pytest.fixture
def plan(world: World) -> Plan:
    made = world.plan()
    actor = world.coordinator(made)
    add_party(plan=made, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    add_chapter(actor=actor, plan=made, key="water", title_zh="水")
    given = replace(FULL, is_given=True, given_source="国函〔2024〕1号", text_en="", lead="")
    for key, wording in (("full", FULL), ("given", given)):
        add_provision(actor=actor, plan=made, chapter="water", key=key, wording=wording)
    ItemDraft.objects.filter(item__key="given").update(given_source="")
    measure = Measure(name_zh="水面率", unit="%", direction="up", aggregation="worst")
    add_indicator(actor=actor, plan=made, key="share", measure=measure)
    return made


def test_each_gap_is_named_with_the_page_that_mends_it(plan: Plan) -> None:
    found = [(one.kind, one.item, one.url) for one in audits_of(plan)]
    given, share = "/plans/QWJ/text/provisions/given/", "/plans/QWJ/indicators/share/"
    assert found == [
        ("binding_without_lead", "given", given),
        ("given_without_source", "given", given),
        ("translation_missing", "given", given),
        ("translation_missing", "share", share),
    ]
    assert [one.number for one in groups_of(audits_of(plan))] == [1, 1, 2]


def test_item_without_title_is_found() -> None:
    reading = read({"item": "a", "kind": "provision", "content": {"text": {"zh": "文"}}})
    assert list(gaps_of(reading, authentic="zh")) == ["item_without_title", "translation_missing"]
    assert list(gaps_of(reading, authentic="en")) == ["item_without_title"]


def test_audits_stand_on_the_publish_page_and_in_the_api(
    world: World, plan: Plan, client: Client
) -> None:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    rows = client.get("/api/v1/plans/QWJ/audits/").json()["results"]
    assert [row["kind"] for row in rows][:2] == ["binding_without_lead", "given_without_source"]
    client.force_login(world.user(KUNSHAN, Role.PLANNER))
    assert client.get("/api/v1/plans/QWJ/audits/").status_code == 404
    assert client.get("/api/v1/plans/QWJ/pending/").status_code == 404


def test_audits_cost_the_same_for_many_items(plan: Plan, world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            audits_of(plan)
        return len(captured)

    before = cost()
    for number in range(10):
        add_provision(
            actor=world.coordinator(plan),
            plan=plan,
            chapter="water",
            key=f"more-{number}",
            wording=Wording(title_zh="条", text_zh="文", strength="binding"),
        )
    assert cost() == before
