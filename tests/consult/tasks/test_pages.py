"""The pages and the API: what is typed stays, refusals are those of the acts."""

import pytest
from django.test import Client

from consult.tasks.models import Programme, SupervisionNote, Task
from stakeholders.terms.actor import Role
from tests.consult.tasks.ground import SUZHOU, Ground, in_days
from tests.plans.projects.test_api import send
from tests.plans.projects.test_views import browser
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

PLAN = "/plans/QWJ/tasks/"
API = "/api/v1/plans/QWJ/"


def office(ground: Ground) -> Client:
    mandate = ground.world.mandate(QINGPU, Role.COORDINATOR, plan_key=ground.plan.key)
    client = Client()
    client.force_login(mandate.user)
    return client


@pytest.mark.parametrize(
    "page",
    ["", "?state=late&sort=-due", "1/", "programmes/", "notes/", "table/csv/", "table/docx/"],
)
def test_pages_are_there_for_a_party_and_not_for_others(ground: Ground, page: str) -> None:
    ground.task(due=-40)
    party = browser(ground.world, WUJIANG, Role.CONTACT_POINT)
    assert party.get(PLAN + page).status_code == 200
    assert browser(ground.world, KUNSHAN, Role.CONTACT_POINT).get(PLAN + page).status_code == 404


def test_only_what_was_changed_is_sent_and_all_lines_are_issued(ground: Ground) -> None:
    client = office(ground)
    page = client.get(f"{PLAN}breakdown/").content.decode()
    assert 'data-stands="320509"' in page
    sent = {"revision": "1", "owner-ladder": JIASHAN, "partners-ladder": "青浦区、Wujiang District"}
    answer = client.post(f"{PLAN}breakdown/", sent)
    assert answer.status_code == 302
    made = list(Task.objects.values_list("item__key", "owner", "due_on"))
    assert [(key, owner) for key, owner, _due in made] == [("taipu", WUJIANG), ("ladder", JIASHAN)]
    assert made[0][2].isoformat() == "2028-06-30"
    ladder = Task.objects.get(number=2)
    partners = ladder.partners.values_list("jurisdiction_id", flat=True)
    assert sorted(partners) == [QINGPU, WUJIANG]


def test_a_fault_in_the_table_keeps_every_cell(ground: Ground) -> None:
    client = office(ground)
    sent = {
        "revision": "1",
        "owner-ladder": JIASHAN,
        "partners-taipu": "青浦区、无名市",
        "title_zh-taipu": "限排与公布名单",
    }
    answer = client.post(f"{PLAN}breakdown/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    for kept in ("无名市", "限排与公布名单"):
        assert kept in page
    assert Task.objects.count() == 0
    answer = client.post(f"{PLAN}breakdown/", sent | {"take-taipu": "on"})
    assert answer.status_code == 302
    assert list(Task.objects.values_list("item__key", flat=True)) == ["ladder"]


def test_report_form_keeps_what_was_typed(ground: Ground) -> None:
    ground.task()
    client = browser(ground.world, WUJIANG, Role.PLANNER)
    answer = client.post(f"{PLAN}1/report/", {"progress": "done", "text_zh": "名单已报送"})
    assert answer.status_code == 422
    assert "名单已报送" in answer.content.decode()
    sent = {"progress": "done", "text_zh": "名单已报送", "evidence": "吴环函1号"}
    assert client.post(f"{PLAN}1/report/", sent).status_code == 302
    assert client.get(f"{PLAN}1/strike-off/").status_code == 403
    page = browser(ground.world, JIASHAN, Role.CONTACT_POINT)
    shown = page.get(f"{PLAN}1/strike-off/")
    report = shown.context["form"].initial["report"]
    answer = page.post(f"{PLAN}1/strike-off/", {"report": report, "confirms": "1"})
    assert answer.status_code == 302


def test_programme_and_note_by_their_forms(ground: Ground) -> None:
    ground.task()
    client = office(ground)
    sent = {"edition": "1", "take-1": "on", "text_zh-1": "起草"}
    assert client.post(f"{PLAN}programmes/2027/edit/", sent).status_code == 302
    assert Programme.objects.get().lines.get().text_zh == "起草"
    for page in ("programmes/2027/", "programmes/2027/table/xlsx/", "programmes/2027/edit/"):
        assert client.get(PLAN + page).status_code == 200
    above = browser(ground.world, SUZHOU, Role.CONTACT_POINT)
    note = {
        "addressee": WUJIANG,
        "subject": "task",
        "subject_id": "1",
        "text_zh": "请说明原因",
        "due_on": in_days(5).isoformat(),
    }
    assert above.post(f"{PLAN}notes/new/", note).status_code == 302
    for page in ("notes/", "notes/1/", "notes/1/paper/docx/"):
        assert above.get(PLAN + page).status_code == 200
    party = browser(ground.world, WUJIANG, Role.CONTACT_POINT)
    assert party.post(f"{PLAN}notes/1/reply/", {"text_zh": ""}).status_code == 422
    assert party.post(f"{PLAN}notes/1/reply/", {"text_zh": "已整改"}).status_code == 302
    shown = above.get(f"{PLAN}notes/1/judge/")
    judged = {"reply": shown.context["form"].initial["reply"], "accepts": "1"}
    assert above.post(f"{PLAN}notes/1/judge/", judged).status_code == 302
    other = browser(ground.world, JIASHAN, Role.CONTACT_POINT)
    assert other.get(f"{PLAN}notes/1/").status_code == 404


def test_api_does_what_the_pages_do(ground: Ground) -> None:
    client = office(ground)
    proposed = client.get(f"{API}breakdown/").json()
    assert [one["item"] for one in proposed["lines"]] == ["taipu", "ladder"]
    line = {"item": "taipu", "owner": WUJIANG, "due_on": "2028-06-30", "title_zh": "限排"}
    status, made = send(client, f"{API}breakdown/", {"revision": 1, "lines": [line]})
    assert (status, made[0]["number"], made[0]["stage"]) == (201, 1, "open")
    assert send(client, f"{API}breakdown/", {"revision": 1, "lines": [line]})[0] == 409
    party = browser(ground.world, WUJIANG, Role.CONTACT_POINT)
    report = {"progress": "done", "evidence": "吴环函1号"}
    status, said = send(party, f"{API}tasks/1/reports/", report)
    assert (status, said["confirmed"]) == (201, None)
    word = {"report": said["id"], "confirms": True}
    assert send(party, f"{API}tasks/1/strike-offs/", word)[0] == 403
    assert send(client, f"{API}tasks/1/strike-offs/", word)[0] == 201
    assert party.get(f"{API}tasks/1/").json()["stage"] == "struck_off"
    above = browser(ground.world, SUZHOU, Role.CONTACT_POINT)
    note = {
        "addressee": WUJIANG,
        "subject": "other",
        "text_zh": "请说明",
        "due_on": in_days(5).isoformat(),
    }
    assert send(above, f"{API}supervision-notes/", note)[0] == 201
    assert SupervisionNote.objects.get().addressee_id == WUJIANG
    status, reply = send(party, f"{API}supervision-notes/1/replies/", {"text_zh": "已办"})
    assert status == 201
    judged = {"reply": reply["id"], "accepts": True}
    assert send(above, f"{API}supervision-notes/1/verdicts/", judged)[0] == 201
    ground.task()
    lines = {"edition": 1, "lines": [{"task": 2}]}
    assert send(client, f"{API}programmes/2027/", lines)[0] == 201
    assert client.get(f"{API}programmes/2027/").json()["total"] == 1


def test_unknown_numbers_are_not_found(ground: Ground, world: World) -> None:
    client = office(ground)
    for page in ("7/", "notes/7/", "programmes/2027/", "programmes/1999/edit/", "table/exe/"):
        assert client.get(PLAN + page).status_code == 404
