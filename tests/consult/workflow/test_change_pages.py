import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consult.phase3_identification.actions.opening import _asked
from consult.workflow.actions import open_text_change, put_forward, withdraw_text_change
from consult.workflow.models import TextChange, TextChangeStep
from plans.register.models import Plan
from plans.register.steps import freeze
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Blocked, Conflict
from tests.alike import multiply
from tests.consult.phase3_identification.story import tell
from tests.consult.workflow.in_force import lay, word
from tests.world import JIASHAN, KUNSHAN, PASSWORD, QINGPU, WUJIANG, World

BASE = "/plans/QWJ/text-changes/"
API = "/api/v1/plans/QWJ/text-changes/"
OPEN = {"way": "adjustment", "items": ["taipu"], "reason_zh": "与水利规划衔接"}


@pytest.fixture
def plan(world: World) -> Plan:
    return lay(world)


@pytest.fixture
def office(world: World, plan: Plan, client: Client) -> Client:
    world.coordinator(plan)
    client.force_login(world.mandates[QINGPU, "coordinator", "QWJ"].user)
    return client


def sign_in(world: World, code: str, role: Role) -> Client:
    world.actor(code, role)
    client = Client()
    client.force_login(world.mandates[code, role.value, ""].user)
    return client


def asked(world: World, plan: Plan) -> str:
    actor = world.coordinator(plan)
    open_text_change(actor=actor, plan=plan, **OPEN)
    plan.refresh_from_db()
    word(world, plan, "taipu", "水质按Ⅱ类控制。")
    return put_forward(actor=actor, plan=plan, number=1).wording_hash


def test_the_office_opens_words_and_puts_it_forward_by_its_pages(
    office: Client, world: World, plan: Plan
) -> None:
    assert b"has not been changed" in office.get(BASE, headers={"accept-language": "en"}).content
    answer = office.post(f"{BASE}new/", {**OPEN, "reason_zh": ""})
    assert answer.status_code == 422
    assert b"checked" in answer.content  # what was chosen stays
    answer = office.post(f"{BASE}new/", OPEN)
    assert answer.url == f"{BASE}1/"
    page = office.get(f"{BASE}1/", headers={"accept-language": "en"}).content.decode()
    assert "word the change first" in page
    plan.refresh_from_db()
    word(world, plan, "taipu", "水质按Ⅱ类控制。")
    assert office.get(f"{BASE}1/put/").status_code == 200
    assert office.post(f"{BASE}1/put/").url == f"{BASE}1/"
    assert office.post(f"{BASE}1/put/").status_code == 422
    page = office.get(f"{BASE}1/", headers={"accept-language": "en"}).content.decode()
    assert page.count("Not answered yet") == 2
    assert f"{BASE}1/enforce/" not in page


def test_who_is_concerned_sees_its_answer_and_the_others_do_not(world: World, plan: Plan) -> None:
    asked(world, plan)
    shown = {
        (code, role): f"{BASE}1/answer/"
        in sign_in(world, code, role).get(f"{BASE}1/").content.decode()
        for code, role in (
            (QINGPU, Role.SIGNATORY),
            (QINGPU, Role.CONTACT_POINT),
            (JIASHAN, Role.SIGNATORY),
        )
    }
    assert list(shown.values()) == [True, False, False]
    assert sign_in(world, JIASHAN, Role.SIGNATORY).get(f"{BASE}1/answer/").status_code == 403
    assert sign_in(world, KUNSHAN, Role.CONTACT_POINT).get(f"{BASE}1/").status_code == 404


def test_an_answer_keeps_what_was_typed_when_the_wording_moved_on(world: World, plan: Plan) -> None:
    wording = asked(world, plan)
    client = sign_in(world, WUJIANG, Role.SIGNATORY)
    word(world, plan, "taipu", "水质按Ⅰ类控制。")
    client.get("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    typed = {"wording": wording, "confirms": "no", "reason": "取水口受影响"}
    answer = client.post(f"{BASE}1/answer/", typed)
    assert answer.status_code == 422
    assert "取水口受影响" in answer.content.decode()


def test_programs_do_all_but_the_signatorys_word(world: World, plan: Plan, office: Client) -> None:
    made = office.post(API, OPEN, content_type="application/json")
    assert (made.status_code, made.json()["standing"]) == (201, "editing")
    answer = office.post(f"{API}1/put/")
    assert (answer.status_code, answer.json()["blockers"][0]["code"]) == (409, "change.nothing")
    plan.refresh_from_db()
    word(world, plan, "taipu", "水质按Ⅱ类控制。")
    put = office.post(f"{API}1/put/").json()
    wording = put["steps"][-1]["wording_hash"]
    client = sign_in(world, WUJIANG, Role.SIGNATORY)
    said = {"wording": wording, "confirms": True}
    answer = client.post(f"{API}1/answer/", said, content_type="application/json")
    assert answer.status_code == 409
    assert office.post(f"{API}1/enforce/").status_code == 409
    why = {"reason": "暂缓"}
    answer = office.post(f"{API}1/withdraw/", why, content_type="application/json")
    assert (answer.status_code, answer.json()["standing"]) == (201, "withdrawn")
    assert office.get(API).json()["count"] == 1
    assert office.get(f"{API}1/").json()["items"] == ["taipu"]


@pytest.mark.parametrize("many", [8, pytest.param(1_000, marks=pytest.mark.prove)])
def test_the_list_costs_the_same_for_two_and_for_many(world: World, plan: Plan, many: int) -> None:
    client = sign_in(world, QINGPU, Role.CONTACT_POINT)
    costs = []
    for _turn in range(2):
        for _one in range(2 if not costs else 6):
            number = open_text_change(actor=world.coordinator(plan), plan=plan, **OPEN).number
            withdraw_text_change(
                actor=world.coordinator(plan), plan=plan, number=number, reason="试"
            )
        if costs:
            last = TextChange.objects.get(number=number)
            multiply(last, many - 8, number=lambda number: 9 + number)
        client.get(BASE)
        with CaptureQueriesContext(
            connection,
        ) as told:
            client.get(BASE)
        costs.append(len(told))
    assert TextChange.objects.count() == many
    assert TextChangeStep.objects.count() == 2 * many
    assert costs[0] == costs[1]


def test_only_what_differs_from_the_text_in_force_is_signed_off(world: World) -> None:
    story = tell(world, items=17)
    plan = story.plan
    in_force = plan.frozen
    plan.in_force = in_force
    plan.save()
    with pytest.raises(Conflict):
        _asked(plan)
    story.rewrite("article-16", "改为分级响应。")
    plan.refresh_from_db()
    assert [one.item.key for one in _asked(plan)] == ["article-16"]
    fewer = story.places[:-1]
    story.places = fewer
    story.publish({place.item.key: "unchanged" for place in fewer})
    plan.refresh_from_db()
    with pytest.raises(Blocked):
        _asked(plan)
    freeze(plan=plan, revision=in_force)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("path", ["", "1/", "1/withdraw/"])
def test_page_has_one_heading(
    office: Client, world: World, plan: Plan, path: str, language: str
) -> None:
    asked(world, plan)
    with translation.override(language):
        answer = office.get(BASE + path, headers={"accept-language": language})
    assert answer.content.decode().count("<h1") == 1


def test_changes_are_the_present_room_on_each_of_their_pages(
    world: World, plan: Plan, office: Client
) -> None:
    open_text_change(actor=world.coordinator(plan), plan=plan, **OPEN)
    marked = f'<a href="{BASE}" aria-current="page">'
    assert [marked in office.get(url).content.decode() for url in (BASE, f"{BASE}1/")] == [
        True,
        True,
    ]
