"""A blockage becomes a matter in one act; the project and the matter link to each other."""

import pytest
from django.test import Client

from consult.matters.models import Matter
from consult.matters.steps import Wording
from consult.phase4_implementation.actions import blockage_to_matter
from consult.phase4_implementation.models import StatusReport
from consult.phase4_implementation.queries import blockage_of, open_blockages
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.consult.phase4_implementation.ground import Ground
from tests.consult.phase4_implementation.test_actions import effects, entries
from tests.world import JIASHAN, QINGPU, WUJIANG

TITLE = Wording(zh="搬迁补偿")
PROJECT = "/plans/QWJ/implementation/projects/PJ3/"


def blocked(ground: Ground, **said: object) -> StatusReport:
    wujiang = ground.world.actor(WUJIANG, Role.CONTACT_POINT)
    return ground.says(wujiang, "late", blockage_zh="两家企业未签约", **said)


def take(actor: Actor, report: StatusReport, title: Wording = TITLE) -> Matter:
    return blockage_to_matter(
        actor=actor, report=report, title=title, description=Wording(zh=report.blockage_zh)
    )


def test_a_party_takes_a_blockage_up_and_both_pages_link(ground: Ground) -> None:
    report = blocked(ground, on_milestone=True)
    matter = take(ground.world.actor(QINGPU, Role.CONTACT_POINT), report)
    units = {unit.code for unit in matter.jurisdictions.all()}
    assert (units, matter.theme) == ({QINGPU, WUJIANG, JIASHAN}, "culture")
    assert blockage_of(matter) == report
    assert entries()[1:] == [("blockage.to_matter", f"matter:{matter.key}")]
    assert effects()["report"] == report.pk
    client = Client()
    client.force_login(ground.world.user(JIASHAN, Role.SIGNATORY))
    assert f"/plans/QWJ/matters/{matter.key}/" in client.get(PROJECT).content.decode()
    assert PROJECT in client.get(f"/plans/QWJ/matters/{matter.key}/").content.decode()


def test_a_blockage_stands_until_its_party_reports_again_without_it(ground: Ground) -> None:
    office = ground.world.coordinator(ground.plan)
    report = blocked(ground)
    ground.says(ground.world.actor(QINGPU, Role.PLANNER), "on_time")
    assert open_blockages(actor=office, plan=ground.plan) == [report]
    ground.says(ground.world.actor(WUJIANG, Role.PLANNER), "at_risk")
    assert open_blockages(actor=office, plan=ground.plan) == []
    with pytest.raises(Conflict):
        take(office, report)


def test_a_blockage_is_taken_up_once(ground: Ground) -> None:
    office, report = ground.world.coordinator(ground.plan), blocked(ground)
    take(office, report)
    count = RecordEntry.objects.count()
    with pytest.raises(Conflict):
        take(office, report)
    assert (Matter.objects.count(), RecordEntry.objects.count()) == (1, count)


def test_what_cannot_become_a_matter_is_invalid(ground: Ground) -> None:
    office = ground.world.coordinator(ground.plan)
    free = ground.says(ground.world.actor(QINGPU, Role.PLANNER), "late")
    for report, title in ((free, TITLE), (blocked(ground), Wording())):
        with pytest.raises(Invalid):
            take(office, report, title)
    assert Matter.objects.count() == 0


@pytest.mark.parametrize("role", [Role.PLANNER, Role.SIGNATORY])
def test_who_may_not_open_matters_takes_no_blockage_up(ground: Ground, role: Role) -> None:
    with pytest.raises(Refused) as refusal:
        take(ground.world.actor(QINGPU, role), blocked(ground))
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


def test_the_form_is_filled_from_the_report_and_answers_each_case(ground: Ground) -> None:
    report = blocked(ground)
    page = f"{PROJECT}reports/{report.pk}/matter/"
    client = Client()
    client.force_login(ground.world.user(WUJIANG, Role.CONTACT_POINT))
    assert "两家企业未签约" in client.get(page).content.decode()
    bare = client.post(page, {"description_zh": "请协调"})
    assert bare.status_code == 422
    assert "请协调" in bare.content.decode()
    assert client.post(page, {"title_zh": "补偿"}).status_code == 302
    assert client.post(page, {"title_zh": "补偿"}).status_code == 409
    assert client.get(f"{PROJECT}reports/999999/matter/").status_code == 404
    client.force_login(ground.world.user(WUJIANG, Role.PLANNER))
    assert client.get(page).status_code == 403


def test_blockages_and_progress_over_the_api(ground: Ground) -> None:
    report = blocked(ground)
    client = Client()
    client.force_login(ground.world.user(WUJIANG, Role.CONTACT_POINT))
    listed = client.get("/api/v1/plans/QWJ/blockages/").json()["results"]
    assert [(one["id"], one["matter"]) for one in listed] == [(report.pk, None)]
    (progress,) = client.get("/api/v1/plans/QWJ/progress/").json()["results"]
    assert (progress["project"], progress["percent"], progress["weight"]) == ("PJ3", None, "40.00")
    call = f"/api/v1/plans/QWJ/projects/PJ3/reports/{report.pk}/matter/"
    answer = client.post(call, {"title_zh": "补偿"}, content_type="application/json")
    assert answer.status_code == 201
    assert Matter.objects.get().key == answer.json()["matter"]
    assert Matter.objects.get().description_zh == "两家企业未签约"
