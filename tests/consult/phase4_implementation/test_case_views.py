"""Cases in pages and over the API: who sees and does what, and what was typed is kept."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consult.phase4_implementation.models import Case, CaseAnswer, CaseView
from stakeholders.people.models import ApiToken
from stakeholders.terms.actor import Role
from tests.consult.phase4_implementation.ground import Ground, borders
from tests.stakeholders.files import samples
from tests.world import JIASHAN, QINGPU, SHANGHAI, WUJIANG, in_days

LIST = "/plans/QWJ/implementation/cases/"
ONE = LIST + "1/"
API = "/api/v1/plans/QWJ/cases/"
DAY = in_days(40).date().isoformat()
ANSWER = {
    "jurisdiction": WUJIANG,
    "cause_zh": "连续12日低流量",
    "measure_zh": "减排10%",
    "done_on": DAY,
}


@pytest.fixture(autouse=True)
def english(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    with translation.override("en"):
        yield


def page(ground: Ground, code: str, role: Role = Role.CONTACT_POINT) -> Client:
    client = Client(headers={"accept-language": "en"})
    plan_key = ground.plan.key if role is Role.COORDINATOR else ""
    client.force_login(ground.world.mandate(code, role, plan_key=plan_key).user)
    return client


def office(ground: Ground) -> Client:
    return page(ground, QINGPU, Role.COORDINATOR)


def door(ground: Ground, code: str, role: Role = Role.CONTACT_POINT) -> Client:
    plan_key = ground.plan.key if role is Role.COORDINATOR else ""
    mandate = ground.world.mandate(code, role, plan_key=plan_key)
    _token, key = ApiToken.objects.create(user=mandate.user, mandate=mandate)
    return Client(headers={"Authorization": f"Token {key}"})


@pytest.fixture
def case(ground: Ground) -> Case:
    borders()
    ground.reads(ground.world.actor(WUJIANG, Role.CONTACT_POINT), "4.3")
    return Case.objects.get()


def read(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def test_a_case_is_answered_seen_raised_and_closed_in_pages(ground: Ground, case: Case) -> None:
    wujiang, jiashan, joint = page(ground, WUJIANG), page(ground, JIASHAN), office(ground)
    assert "Answer the case" in read(wujiang, ONE)
    assert "Answer the case" not in read(jiashan, ONE)
    assert wujiang.post(ONE + "answer/", ANSWER).headers["Location"] == ONE
    assert "连续12日低流量" in read(jiashan, ONE)
    more = {"accepts": "0", "text_zh": "增加一次联合复测"}
    assert jiashan.post(ONE + "view/", more).status_code == 302
    assert "a neighbour has asked for more" in read(joint, ONE)
    assert joint.post(ONE + "raise/", {"note": "上报"}).status_code == 302
    assert wujiang.post(ONE + "answer/", ANSWER).status_code == 302
    assert joint.post(ONE + "close/", {"outcome": "measure"}).status_code == 422
    ground.reads(ground.world.actor(WUJIANG, Role.CONTACT_POINT), "3.8", period="2025-04")
    assert joint.post(ONE + "close/", {"outcome": "measure"}).status_code == 302
    shown = read(joint, ONE)
    assert "Struck off: the measure took effect" in shown
    assert "Goes on as a task" in shown
    assert '<a href="/plans/QWJ/tasks/1/">T1 ' in shown
    assert "What you can do" not in shown


def test_what_was_typed_and_uploaded_is_kept(ground: Ground, case: Case) -> None:
    client = page(ground, WUJIANG)
    sent = {**ANSWER, "cause_zh": "", "file": samples.upload(samples.PDF, "监测.pdf")}
    answer = client.post(ONE + "answer/", sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "减排10%" in shown
    assert "监测.pdf" in shown
    assert CaseAnswer.objects.count() == 0
    late = client.post(ONE + "answer/", {**ANSWER, "done_on": "2020-01-01"})
    assert (late.status_code, "still to come" in late.content.decode()) == (422, True)


def test_the_enclosed_file_is_for_who_sees_the_case(ground: Ground, case: Case) -> None:
    sent = {**ANSWER, "file": samples.upload(samples.PDF, "监测.pdf")}
    assert page(ground, WUJIANG).post(ONE + "answer/", sent).status_code == 302
    url = f"{ONE}files/{CaseAnswer.objects.get().file_id}/"
    assert url in read(page(ground, JIASHAN), ONE)
    given = page(ground, JIASHAN).get(url)
    assert given.status_code == 200
    assert b"".join(given) == samples.PDF
    assert page(ground, SHANGHAI).get(url).status_code == 404
    other = f"{ONE}files/00000000-0000-4000-8000-000000000000/"
    assert page(ground, WUJIANG).get(other).status_code == 404


@pytest.mark.parametrize(
    ("path", "code", "role", "status"),
    [
        ("", SHANGHAI, Role.CONTACT_POINT, 404),
        ("answer/", SHANGHAI, Role.CONTACT_POINT, 404),
        ("answer/", JIASHAN, Role.CONTACT_POINT, 403),
        ("answer/", WUJIANG, Role.PLANNER, 403),
        ("view/", WUJIANG, Role.CONTACT_POINT, 403),
        ("raise/", WUJIANG, Role.CONTACT_POINT, 403),
        ("close/", WUJIANG, Role.SIGNATORY, 403),
    ],
)
def test_pages_refuse_like_the_acts(
    ground: Ground, case: Case, path: str, code: str, role: Role, status: int
) -> None:
    client = page(ground, code, role)
    assert client.get(ONE + path).status_code == status
    assert path == "" or client.post(ONE + path, {}).status_code == status
    assert client.get(f"{LIST}99/").status_code == 404


def test_a_conflict_says_so_and_keeps_the_text(ground: Ground, case: Case) -> None:
    said = page(ground, QINGPU).post(ONE + "view/", {"accepts": "1", "text_zh": "同意"})
    shown = said.content.decode()
    assert (said.status_code, "同意" in shown) == (409, True)
    assert "Nobody has answered this case yet." in shown
    assert CaseView.objects.count() == 0


def test_the_list_is_filtered_sorted_and_downloaded(ground: Ground, case: Case) -> None:
    client = page(ground, QINGPU)
    assert ONE in read(client, LIST)
    assert ONE in read(client, f"{LIST}?state=open&indicator=antimony&level=working&sort=due")
    assert "No case fits" in read(client, f"{LIST}?state=ended")
    assert ONE in read(client, f"{LIST}?state=nonsense&sort=nonsense&page=x")
    table = client.get(f"{LIST}table.csv?state=open")
    body = b"".join(table).decode("utf-8-sig")
    assert body.count("CS1") == 1
    assert client.get(f"{LIST}table.xlsx").status_code == 200
    assert page(ground, SHANGHAI).get(LIST).status_code == 404


def test_an_empty_list_says_when_a_case_is_opened(ground: Ground) -> None:
    assert "No case yet" in read(page(ground, QINGPU), LIST)


def test_lists_and_cases_cost_the_same_however_much_they_hold(ground: Ground, case: Case) -> None:
    client = page(ground, QINGPU)

    def cost(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    page(ground, WUJIANG).post(ONE + "answer/", ANSWER)
    before = [cost(LIST), cost(ONE)]
    for code in (QINGPU, JIASHAN):
        ground.reads(ground.world.actor(code, Role.CONTACT_POINT), "4.4")
    for _number in range(5):
        page(ground, WUJIANG).post(ONE + "answer/", ANSWER)
    assert [cost(LIST), cost(ONE)] == before


def test_the_warning_and_the_reading_lead_to_the_case(ground: Ground, case: Case) -> None:
    client = page(ground, WUJIANG)
    assert ONE in read(client, f"/plans/QWJ/implementation/warnings/{case.warning_id}/")
    assert LIST in read(client, "/plans/QWJ/implementation/")
    sent = {
        "item": "antimony",
        "jurisdiction": JIASHAN,
        "period": "2025-04",
        "value": "4.4",
        "evidence": "监测",
    }
    new = "/plans/QWJ/implementation/readings/new/"
    answer = page(ground, JIASHAN).post(new, sent, follow=True)
    assert "case CS2 takes it up" in answer.content.decode()


def test_the_api_does_the_same_acts(ground: Ground, case: Case) -> None:
    wujiang, jiashan = door(ground, WUJIANG), door(ground, JIASHAN)
    joint = door(ground, QINGPU, Role.COORDINATOR)

    def send(client: Client, path: str, data: dict[str, object]) -> tuple[int, dict]:
        said = client.post(f"{API}1/{path}/", data, content_type="application/json")
        return said.status_code, said.json()

    listed = joint.get(API).json()
    assert [(one["number"], one["state"], one["turn"]) for one in listed["results"]] == [
        (1, "open", [WUJIANG])
    ]
    assert joint.get(f"{API}?state=ended").json()["results"] == []
    assert send(wujiang, "views", {"accepts": True})[0] == 403
    assert send(jiashan, "views", {"accepts": True})[0] == 409
    assert send(wujiang, "answers", {**ANSWER, "cause_zh": ""})[0] == 400
    status, said = send(wujiang, "answers", ANSWER)
    assert (status, said["state"], said["turn"]) == (200, "all_answered", [])
    status, said = send(jiashan, "views", {"accepts": True})
    assert [(one["jurisdiction"], one["accepts"]) for one in said["views"]] == [(JIASHAN, True)]
    assert send(wujiang, "raise", {"note": "n"})[0] == 403
    status, said = send(joint, "raise", {"note": "上报"})
    assert (status, said["level"]) == (200, "department")
    assert send(joint, "close", {"outcome": "measure"})[0] == 400
    renegotiated = {"outcome": "renegotiated", "reason_zh": "阈值过严"}
    status, said = send(joint, "close", renegotiated)
    assert (status, said["end"]["outcome"], said["end"]["matter"]) == (200, "renegotiated", "MT1")
    assert send(joint, "close", renegotiated)[0] == 409
    assert joint.get(f"{API}1/").json()["state"] == "ended"
    assert door(ground, SHANGHAI).get(f"{API}1/").status_code == 404


def test_a_closed_case_leads_to_the_task_its_measure_went_on_as(ground: Ground, case: Case) -> None:
    assert page(ground, WUJIANG).post(ONE + "answer/", ANSWER).status_code == 302
    ground.reads(ground.world.actor(WUJIANG, Role.CONTACT_POINT), "3.8", period="2025-04")
    ending = {"outcome": "measure", "reason_zh": "已回落"}
    assert office(ground).post(ONE + "close/", ending).status_code == 302
    assert '<a href="/plans/QWJ/tasks/1/">T1 ' in read(page(ground, JIASHAN), ONE)
