import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consult.ballots.models import BallotEnd
from consult.workflow import gates, queries
from plans.register.models import Plan
from plans.text.actions import add_chapter, add_provision, edit_provision
from plans.text.wording import Wording
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Blocker
from tests.consult.phase3_identification.story import tell, use_charter
from tests.plans.text.test_views import fill
from tests.world import KUNSHAN, QINGPU, WUJIANG, World

BASE = "/plans/QWJ/"


@pytest.fixture
def plan(world: World) -> Plan:
    made = world.plan()
    actor = world.coordinator(made)
    add_chapter(actor=actor, plan=made, key="water", title_zh="水环境", title_en="Water")
    add_provision(
        actor=actor,
        plan=made,
        chapter="water",
        key="taipu",
        wording=Wording(title_zh="太浦河", title_en="Taipu River", text_zh="按Ⅲ类控制。"),
    )
    return made


@pytest.fixture
def coordinator(world: World, plan: Plan, client: Client) -> Client:
    world.coordinator(plan)
    client.force_login(world.mandates[QINGPU, "coordinator", "QWJ"].user)
    return client


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> list[Blocker]:
    blockers = [Blocker(code="x", text="The charter is not adopted", url="/charter/")]
    monkeypatch.setitem(gates.GATES, 1, lambda *, plan: list(blockers))
    return blockers


def page(client: Client, path: str, language: str = "en", **headers: str) -> str:
    with translation.override(language):
        answer = client.get(path, headers={"accept-language": language, **headers})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("path", ["", "gate/", "publish/", "advance/", "revisions/"])
def test_page_has_one_heading_and_its_frame(
    coordinator: Client, shut: list[Blocker], path: str, language: str
) -> None:
    text = page(coordinator, BASE + path, language)
    assert text.count("<h1") == 1
    assert text.count('aria-current="step"') == 1


def test_gate_names_its_blockers_with_links(coordinator: Client, shut: list[Blocker]) -> None:
    text = page(coordinator, f"{BASE}gate/")
    assert "The charter is not adopted" in text
    assert 'href="/charter/"' in text
    assert f"{BASE}advance/" not in text
    shut.clear()
    assert f"{BASE}advance/" in page(coordinator, f"{BASE}gate/")


def test_gate_of_a_young_plan_asks_the_slice_of_its_phase(coordinator: Client) -> None:
    text = page(coordinator, f"{BASE}gate/")
    assert "This phase has no gate" not in text
    assert f"{BASE}advance/" not in text


@pytest.mark.parametrize("many", [250, pytest.param(1_000, marks=pytest.mark.prove)])
def test_publish_page_costs_the_same_for_ten_and_for_many(
    coordinator: Client, plan: Plan, django_assert_num_queries: object, many: int
) -> None:
    fill(plan, range(10))
    page(coordinator, f"{BASE}publish/")
    with CaptureQueriesContext(connection) as few:
        page(coordinator, f"{BASE}publish/")
    fill(plan, range(10, many))
    with django_assert_num_queries(len(few)):
        page(coordinator, f"{BASE}publish/")


def test_gate_answers_htmx_with_the_panel_alone(coordinator: Client, shut: list[Blocker]) -> None:
    text = page(coordinator, f"{BASE}gate/", **{"HX-Request": "true"})
    assert "The charter is not adopted" in text
    assert "<html" not in text


def test_gate_is_not_found_for_a_stranger(world: World, coordinator: Client) -> None:
    coordinator.force_login(world.user(KUNSHAN, Role.PLANNER))
    assert coordinator.get(f"{BASE}gate/").status_code == 404


def test_publish_page_shows_changes_and_consent_impact(
    world: World, coordinator: Client, plan: Plan
) -> None:
    assert coordinator.post(f"{BASE}publish/", {"stage": "consultation"}).status_code == 302
    wording = Wording(title_zh="太浦河", title_en="Taipu River", text_zh="按Ⅱ类控制。")
    edit_provision(actor=world.coordinator(plan), plan=plan, key="taipu", edits=1, wording=wording)
    text = page(coordinator, f"{BASE}publish/")
    assert "Changes since Revision 1 (Draft for consultation)" in text
    assert "Consent impact" in text
    assert "Wujiang District" in text
    assert coordinator.post(f"{BASE}publish/", {"stage": "display"}).status_code == 302
    differences = page(coordinator, f"{BASE}text/differences/1/2/")
    went = '<del><span class="visually-hidden">removed: </span>Ⅲ</del>'
    came = '<ins><span class="visually-hidden">added: </span>Ⅱ</ins>'
    assert went + came in differences
    assert 'Article 1 <span lang="en">Taipu River</span>' in page(
        coordinator, f"{BASE}revisions/2/"
    )
    manifest = coordinator.get(f"{BASE}revisions/2/manifest.json")
    assert manifest["Content-Disposition"] == 'attachment; filename="QWJ-R2-manifest.json"'


def test_advance_by_form_and_refusal_in_words(
    world: World, coordinator: Client, plan: Plan, shut: list[Blocker]
) -> None:
    refused = coordinator.post(f"{BASE}advance/")
    assert refused.status_code == 409
    assert "The charter is not adopted" in refused.content.decode()
    shut.clear()
    assert coordinator.post(f"{BASE}advance/").status_code == 302
    plan.refresh_from_db()
    assert plan.phase == 2
    coordinator.force_login(world.user(WUJIANG, Role.PLANNER))
    assert coordinator.post(f"{BASE}advance/").status_code == 403


def test_api_publishes_and_says_the_gate(coordinator: Client, shut: list[Blocker]) -> None:
    api = f"/api/v1{BASE}"
    gate = coordinator.get(f"{api}gate/").json()
    made = coordinator.post(
        f"{api}publish/", {"stage": "consultation"}, content_type="application/json"
    )
    advanced = coordinator.post(f"{api}advance/", {}, content_type="application/json")
    items = coordinator.get(f"{api}revisions/1/").json()["items"]["results"]
    assert (gate["phase"], [one["code"] for one in gate["blockers"]]) == (1, ["x"])
    assert (made.status_code, made.json()["number"]) == (201, 1)
    assert advanced.status_code == 409
    assert [(one["key"], one["number"]) for one in items] == [("taipu", "1")]


def test_next_step_is_told_on_a_plan_page(coordinator: Client, shut: list[Blocker]) -> None:
    answer = coordinator.get(BASE + "gate/?next=1", headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert '<a href="/charter/">The charter is not adopted</a>' in text
    assert "<h1" not in text
    assert f'hx-get="{BASE}gate/?next=1"' in page(coordinator, BASE)


def test_empty_draft_is_not_offered_for_publishing(world: World, client: Client) -> None:
    made = world.plan()
    world.coordinator(made)
    client.force_login(world.mandates[QINGPU, "coordinator", "QWJ"].user)
    text = page(client, BASE + "publish/")
    assert "there is nothing to publish" in text
    assert 'name="stage"' not in text


def test_reopening_ends_the_sign_off_of_the_articles_named(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_charter(monkeypatch)
    story = tell(world, items=3)
    story.open()
    client.force_login(world.mandates[QINGPU, "coordinator", story.plan.key].user)
    path = f"/plans/{story.plan.key}/reopen/"
    keys = [key for key, _ in queries.choices_of_open(story.plan)]
    refused = client.post(path, {"reason": " ", "items": keys[:1]})
    text = refused.content.decode()
    assert (refused.status_code, len(keys), text.count("checked")) == (422, 3, 1)
    assert client.post(path, {"reason": "异议", "items": ["nowhere"]}).status_code == 422
    assert client.post(path, {"reason": "异议", "items": keys[:1]}).status_code == 302
    ended = BallotEnd.objects.values_list("ballot__sign_off_ballot__item__key", "outcome")
    assert list(ended) == [(keys[0], "without_result")]


def test_reopening_by_program_names_the_articles(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_charter(monkeypatch)
    story = tell(world, items=3)
    story.open()
    client.force_login(world.mandates[QINGPU, "coordinator", story.plan.key].user)
    keys = [key for key, _ in queries.choices_of_open(story.plan)]
    answer = client.post(
        f"/api/v1/plans/{story.plan.key}/reopen/",
        {"reason": "异议", "items": keys[1:]},
        content_type="application/json",
    )
    assert (answer.status_code, BallotEnd.objects.count()) == (201, 2)
