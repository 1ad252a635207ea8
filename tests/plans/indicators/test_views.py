import pytest
from django.test import Client
from django.utils import translation

from plans.indicators.actions import add_indicator, edit_indicator
from plans.register.models import ItemDraft, Plan
from stakeholders.terms.actor import Role
from tests.plans.indicators.test_actions import FARMLAND
from tests.world import QINGPU, WUJIANG, World

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
    answer = planner.post(f"{LIST}farmland/", posted(target="70.00"))
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
    assert [one["key"] for one in planner.get(api).json()] == ["farmland", "w"]
