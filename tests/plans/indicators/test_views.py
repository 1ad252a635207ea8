import re
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consult.workflow.actions import publish
from plans.indicators.actions import add_indicator, edit_indicator
from plans.indicators.steps import note_first_reading
from plans.register.enums import PartyRole
from plans.register.models import ItemDraft, Plan
from plans.register.steps import add_party
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.plans.indicators.test_actions import FARMLAND
from tests.plans.indicators.test_allocating import ROADS
from tests.plans.indicators.test_checking import RED_LINE, WATER
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

LIST = "/plans/QWJ/indicators/"


@pytest.fixture
def plan(world: World) -> Plan:
    made = world.plan()
    add_indicator(actor=world.coordinator(made), plan=made, key="farmland", measure=FARMLAND)
    return made


@pytest.fixture
def planner(world: World, plan: Plan, client: Client) -> Client:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    return client


def page(client: Client, path: str, language: str = "en") -> str:
    with translation.override(language):
        answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def posted(**fields: object) -> dict[str, object]:
    return {
        "edits": "1",
        "name_zh": "耕地保有量",
        "unit": "万亩",
        "direction": "up",
        "aggregation": "sum",
        "strength": "binding",
        "competence": "county",
        **fields,
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Farmland", "21.90", "Qingpu District"]), ("zh-hans", ["耕地保有量", "青浦区"])],
)
def test_list_shows_targets_and_shares(planner: Client, language: str, words: list[str]) -> None:
    text = page(planner, LIST, language)
    assert [word for word in words if word not in text] == []
    assert text.count("<h1") == 1


def test_add_by_form_and_refusal_keeps_what_was_typed(planner: Client) -> None:
    shares = {f"share_{QINGPU}": "1.50", f"share_{WUJIANG}": "2.50"}
    bad = planner.post(f"{LIST}new/", posted(key="land", target="5.00", **shares))
    good = planner.post(f"{LIST}new/", posted(key="land", target="4.00", **shares))
    assert (bad.status_code, good.status_code) == (422, 302)
    assert 'value="5.00"' in bad.content.decode()
    allocations = ItemDraft.objects.get(item__key="land").content["allocations"]
    assert allocations == {QINGPU: "1.50", WUJIANG: "2.50"}


def test_conflict_shows_theirs_beside_mine(world: World, planner: Client, plan: Plan) -> None:
    actor = world.coordinator(plan)
    edit_indicator(actor=actor, plan=plan, key="farmland", edits=1, measure=FARMLAND)
    answer = planner.post(f"{LIST}farmland/edit/", posted(target="70.00"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "76.60" in text
    assert 'value="70.00"' in text
    assert 'name="edits" value="2"' in text


def test_api_adds_and_edits(planner: Client) -> None:
    api = "/api/v1/plans/QWJ/indicators/"
    measure = {"name_zh": "水面率", "unit": "%", "direction": "up", "aggregation": "worst"}
    made = planner.post(api, {"key": "w", "measure": measure}, content_type="application/json")
    bad = planner.put(
        f"{api}w/",
        {"edits": 1, "measure": {**measure, "target": "x"}},
        content_type="application/json",
    )
    assert (made.status_code, bad.status_code) == (201, 400)
    assert list(bad.json()) == ["target"]
    assert [one["key"] for one in planner.get(api).json()["results"]] == ["farmland", "w"]


def edit_page(fields: dict[str, object], client: Client, act: str = "edit") -> tuple[int, str]:
    with translation.override("en"):
        answer = client.post(f"{LIST}farmland/{act}/", fields, headers={"accept-language": "en"})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({f"share_{QINGPU}": "NaN"}, f"share_{QINGPU}", "no decimal figure|not a decimal figure"),
        ({f"share_{QINGPU}": "1e308"}, f"share_{QINGPU}", "not a decimal figure"),
        ({"target": "viel"}, "target", "not a decimal figure"),
        ({"path": "2028 3\n2027 1"}, "path", "follow one another"),
        ({"path": "nächstes Jahr"}, "path", "is no year with a figure"),
        ({"warning": "path - 1"}, "warning", "there is no path"),
        ({"warning": "76.50", "limit": "76.60"}, "warning", "reached before the limit"),
        ({f"share_{QINGPU}": "80", "target": "76.60"}, f"share_{QINGPU}", "alone is more"),
    ],
)
def test_bad_input_is_answered_at_its_field_and_stays(
    planner: Client, typed: dict[str, object], field: str, words: str
) -> None:
    status, text = edit_page(posted(name_en="Typed name", **typed), planner)
    assert status == 422
    assert 'value="Typed name"' in text
    assert all(str(value).split("\n")[0] in text for value in typed.values())
    at = text.index(f'name="{field}"')
    around = text[max(0, at - 900) : at + 900]
    assert any(word in around for word in words.split("|"))
    assert ItemDraft.objects.get(item__key="farmland").edits == 1


def test_shares_over_the_total_are_said_above_the_table(planner: Client) -> None:
    shares = {f"share_{QINGPU}": "40.00", f"share_{WUJIANG}": "40.00"}
    status, text = edit_page(posted(target="76.60", **shares), planner)
    assert status == 422
    assert text.count("Share: The shares add up to 80.00, it should be 76.60.") == 2
    assert text.count('value="40.00"') == 2


def test_new_unit_is_answered_with_a_button_that_makes_a_new_indicator(
    planner: Client, plan: Plan
) -> None:
    note_first_reading(plan.items.get(key="farmland").pk, clock.now())
    status, text = edit_page(posted(unit="公顷"), planner)
    assert status == 422
    assert "A new unit is a new definition" in text
    assert 'formaction="/plans/QWJ/indicators/farmland/replace/"' in text
    assert 'value="公顷"' in text
    concerned = [QINGPU, WUJIANG, JIASHAN]
    status, _text = edit_page(posted(unit="公顷", concerned=concerned), planner, "replace")
    assert status == 302
    assert "公顷" in page(planner, f"{LIST}farmland-2/")
    assert "Taken out" in page(planner, f"{LIST}farmland/")
    lineage = page(planner, "/plans/QWJ/items/farmland-2/")
    assert "farmland" in lineage.replace("farmland-2", "")


def test_replacing_shows_a_conflict_and_bad_input(
    planner: Client, world: World, plan: Plan
) -> None:
    actor = world.coordinator(plan)
    edit_indicator(actor=actor, plan=plan, key="farmland", edits=1, measure=FARMLAND)
    concerned = [QINGPU, WUJIANG, JIASHAN]
    status, text = edit_page(posted(unit="公顷", concerned=concerned), planner, "replace")
    assert status == 409
    assert 'name="edits" value="2"' in text
    status, text = edit_page(posted(unit=""), planner, "replace")
    assert status == 422
    assert planner.get(f"{LIST}farmland/replace/").status_code == 405


def test_definition_shows_shares_with_their_sum_the_path_and_the_guard(
    world: World, planner: Client, plan: Plan
) -> None:
    actor = world.coordinator(plan)
    for key, measure in (("water", WATER), ("roads", ROADS), ("line", RED_LINE)):
        add_indicator(actor=actor, plan=plan, key=key, measure=measure)
    water, roads, line = (page(planner, f"{LIST}{key}/") for key in ("water", "roads", "line"))
    assert "<strong>20.60</strong>" in water
    assert "1222.6" in water
    assert "行政区域面积" in water
    assert "1 below the path" in roads
    assert roads.count('<th scope="row">202') == 3
    assert "Its area is not reduced below that of the base year." in line
    assert "<strong>143.32</strong>" in line


def test_list_is_filtered_grouped_and_sorted(world: World, planner: Client, plan: Plan) -> None:
    actor = world.coordinator(plan)
    add_indicator(actor=actor, plan=plan, key="water", measure=WATER)
    add_indicator(actor=actor, plan=plan, key="roads", measure=ROADS)

    def keys(query: str) -> list[str]:
        text = page(planner, f"{LIST}?{query}")
        return re.findall(r'<tr data-row id="([a-z-]+)"', text)

    assert keys("") == ["farmland", "water", "roads"]
    assert keys("sort=-target") == ["farmland", "water", "roads"]
    assert keys("sort=target") == ["roads", "water", "farmland"]
    assert keys("strength=binding") == ["farmland", "water"]
    assert keys("aggregation=weighted_mean") == ["water"]
    assert keys("q=FARM") == ["farmland"]
    assert keys("group=strength") == ["roads", "farmland", "water"]
    assert keys(f"party={JIASHAN}") == ["farmland", "water", "roads"]
    assert keys("q=nothing") == []
    assert keys("strength=x&sort=y&group=z") == ["farmland", "water", "roads"]


def test_list_is_downloaded_as_it_is_filtered(world: World, planner: Client, plan: Plan) -> None:
    add_indicator(actor=world.coordinator(plan), plan=plan, key="roads", measure=ROADS)
    with translation.override("en"):
        answer = planner.get(f"{LIST}table.csv?aggregation=sum&sort=-number")
    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [["I2", "roads"], ["I1", "farmland"]]
    assert lines[2].endswith("21.90,33.10,21.60")
    assert planner.get(f"{LIST}table.xlsx").status_code == 200


def test_who_does_not_see_the_draft_reads_the_last_revision(
    world: World, client: Client, plan: Plan
) -> None:
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    world.mandate(KUNSHAN, Role.CONTACT_POINT)
    client.force_login(world.user(KUNSHAN, Role.CONTACT_POINT))
    assert "No indicator yet" in page(client, LIST)
    assert client.get(f"{LIST}farmland/").status_code == 404
    assert client.get(f"{LIST}farmland/edit/").status_code == 403
    actor = world.coordinator(plan)
    publish(actor=actor, plan=plan, stage="consultation")
    later = replace(FARMLAND, name_en="Arable land")
    edit_indicator(actor=actor, plan=plan, key="farmland", edits=1, measure=later)
    assert "Arable land" not in page(client, LIST)
    read = page(client, f"{LIST}farmland/")
    assert "Arable land" not in read
    assert "/matrix/" in read
    shown = client.get("/api/v1/plans/QWJ/indicators/farmland/").json()
    assert (shown["measure"]["name_en"], shown["edits"]) == ("Farmland", None)


@pytest.mark.parametrize("path", ["", "?group=strength", "table.csv"])
def test_list_costs_the_same_with_more_indicators(
    world: World, planner: Client, plan: Plan, path: str
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            b"".join(planner.get(f"{LIST}{path}"))
        return len(queries)

    actor = world.coordinator(plan)
    add_indicator(actor=actor, plan=plan, key="second", measure=FARMLAND)
    cost()
    few = cost()
    for number in range(18):
        add_indicator(actor=actor, plan=plan, key=f"more-{number}", measure=WATER)
    assert cost() == few


def test_api_carries_every_field_there_and_back(planner: Client, plan: Plan) -> None:
    api = "/api/v1/plans/QWJ/indicators/"
    note_first_reading(plan.items.get(key="farmland").pk, clock.now())
    for key, measure in (("water", WATER), ("roads", ROADS), ("line", RED_LINE)):
        path = [{"year": year, "value": value} for year, value in measure.path]
        body = {"key": key, "measure": {**vars(measure), "path": path}}
        assert planner.post(api, body, content_type="application/json").status_code == 201
        held = planner.get(f"{api}{key}/").json()
        sent = {**body["measure"], "concerned": [QINGPU, WUJIANG, JIASHAN]}
        assert held == {
            "key": key,
            "number": held["number"],
            "edits": 1,
            "read_since": None,
            "measure": sent,
        }
    other = {"edits": 1, "measure": {**vars(FARMLAND), "unit": "公顷", "path": []}}
    bad = planner.put(f"{api}farmland/", other, content_type="application/json")
    assert (bad.status_code, list(bad.json())) == (400, ["unit"])
    other["measure"] |= {"concerned": [QINGPU, WUJIANG, JIASHAN]}
    made = planner.post(f"{api}farmland/replace/", other, content_type="application/json")
    assert (made.status_code, made.json()["key"]) == (201, "farmland-2")
    wrong = {"edits": 1, "measure": {**vars(FARMLAND), "path": [], "floors": {QINGPU: "99"}}}
    bad = planner.put(f"{api}farmland-2/", wrong, content_type="application/json")
    assert (bad.status_code, list(bad.json())) == (400, [f"allocations.{QINGPU}"])


def test_reference_values_come_with_both_paces(planner: Client) -> None:
    call_command("import_indicators", verbosity=0)
    held = planner.get("/api/v1/reference-values/").json()
    rows = {row["key"]: row for row in held["results"]}
    assert held["count"] == len(rows) == 11
    green = rows["green_expansion"]
    assert (green["mean_change"], green["years_to_target"]) == ("0.2940", "64.7")
    assert green["pace"] == {"change": "0.294000", "years": "64.7", "year": 2087}
    assert rows["key_projects"]["pace"] is None
    text = page(planner, LIST)
    assert text.count("64.7") == 2
    assert text.count('role="img"') >= 5
