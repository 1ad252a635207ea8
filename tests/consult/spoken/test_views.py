"""The pages: entering, the list, confirming and refusing; each form speaks for its own mandate."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consult.matters.models import Matter
from consult.matters.steps import Wording, open_matter
from consult.phase1_organization.models import InvitationAnswer
from consult.spoken.models import EnteredAct, EnteredActWord
from stakeholders.terms.actor import Role
from tests.alike import like
from tests.consult.phase1_organization.scene import invited, proposed, put_to_parties
from tests.consult.phase2_preparation.stage import Scene, build
from tests.consult.spoken.scene import AGREE, STAND, enter
from tests.world import JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG, World

EVIDENCE = {
    "evidence_kind": "call",
    "evidence_on": "2026-01-05",
    "evidence_text": "来电称赞成",
}


@pytest.fixture
def scene(world: World) -> Scene:
    return build(world)


@pytest.fixture
def matter(scene: Scene) -> Matter:
    return open_matter(
        plan=scene.plan,
        actor=scene.office,
        title=Wording(zh="太浦河"),
        description=Wording(zh="说明"),
        codes=[QINGPU, WUJIANG],
    )


def client_of(world: World, code: str, role: Role = Role.CONTACT_POINT, key: str = "") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.mandate(code, role, plan_key=key).user)
    return client


def office_of(scene: Scene) -> Client:
    return client_of(scene.world, QINGPU, Role.COORDINATOR, scene.plan.key)


def test_from_the_missing_stand_to_its_confirmation(scene: Scene, matter: Matter) -> None:
    office, contact = office_of(scene), client_of(scene.world, WUJIANG)
    url = reverse("spoken:enter", args=[scene.plan.key, "stand", matter.pk, WUJIANG])
    home = reverse("matters:detail", args=[scene.plan.key, matter.key])
    assert url in office.get(home).content.decode()
    assert url not in contact.get(home).content.decode()
    short = office.post(url, {**STAND, **EVIDENCE, "evidence_text": ""})
    assert (short.status_code, short.context["form"]["text_zh"].value()) == (422, "赞成")
    made = office.post(url, {**STAND, **EVIDENCE})
    act = EnteredAct.objects.get()
    page = reverse("spoken:detail", args=[scene.plan.key, act.pk])
    assert (made.status_code, made["Location"]) == (302, page)
    assert (
        "待确认" in office.get(home).content.decode()
        or "Awaiting" in office.get(home).content.decode()
    )
    shown = contact.get(page)
    assert (shown.status_code, "来电称赞成" in shown.content.decode()) == (200, True)
    assert office.post(page + "confirm/").status_code == 403
    done = contact.post(page + "confirm/")
    assert (done.status_code, matter.stands.count()) == (302, 1)
    assert contact.post(page + "confirm/").status_code == 409


def test_refusing_asks_for_the_reason_and_keeps_the_page(scene: Scene, matter: Matter) -> None:
    act = enter(scene.world, scene.plan, "stand", matter, STAND)
    contact = client_of(scene.world, WUJIANG)
    url = reverse("spoken:refuse", args=[scene.plan.key, act.pk])
    assert contact.post(url, {"reason": ""}).status_code == 422
    assert contact.post(url, {"reason": "未作此表示"}).status_code == 302
    assert (EnteredActWord.objects.get().agrees, matter.stands.count()) == (False, 0)


def test_the_list_is_filtered_and_shows_others_nothing(scene: Scene, matter: Matter) -> None:
    act = enter(scene.world, scene.plan, "stand", matter, STAND)
    url = reverse("spoken:list", args=[scene.plan.key])
    sizes = {
        "office": len(office_of(scene).get(url).context["rows"]),
        "waiting": len(office_of(scene).get(url, {"standing": "waiting"}).context["rows"]),
        "lapsed": len(office_of(scene).get(url, {"standing": "lapsed"}).context["rows"]),
        "other kind": len(office_of(scene).get(url, {"kind": "reply"}).context["rows"]),
        "own": len(client_of(scene.world, WUJIANG).get(url).context["rows"]),
        "other": len(client_of(scene.world, JIASHAN).get(url).context["rows"]),
    }
    assert sizes == {
        "office": 1,
        "waiting": 1,
        "lapsed": 0,
        "other kind": 0,
        "own": 1,
        "other": 0,
    }
    page = reverse("spoken:detail", args=[scene.plan.key, act.pk])
    assert client_of(scene.world, JIASHAN).get(page).status_code == 404


def test_comments_of_a_reply_are_entered_row_by_row(scene: Scene) -> None:
    one = scene.open()
    url = reverse("spoken:enter", args=[scene.plan.key, "reply", one.pk, WUJIANG])
    rows = {
        "remarks-TOTAL_FORMS": "1",
        "remarks-INITIAL_FORMS": "0",
        "remarks-0-item": "aim",
        "remarks-0-type": "technical",
        "remarks-0-text_zh": "改为十年",
    }
    more = office_of(scene).post(url, {**EVIDENCE, **rows, "more": "1"})
    assert (more.status_code, len(more.context["rows"].forms)) == (200, 2)
    assert office_of(scene).post(url, {**EVIDENCE, **rows}).status_code == 302
    contact = client_of(scene.world, WUJIANG)
    page = reverse("spoken:detail", args=[scene.plan.key, EnteredAct.objects.get().pk])
    assert "改为十年" in contact.get(page).content.decode()
    assert contact.post(page + "confirm/").status_code == 302
    assert one.replies.get(jurisdiction=WUJIANG).comments.get().text_zh == "改为十年"


def test_an_invited_jurisdiction_confirms_before_it_sees_the_plan(world: World) -> None:
    plan = world.plan()
    invitation = invited(world, plan)
    act = enter(world, plan, "answer", invitation, {"answer": "accept"}, code=KUNSHAN)
    contact = client_of(world, KUNSHAN)
    page = reverse("spoken:detail", args=[plan.key, act.pk])
    assert contact.get(page).status_code == 200
    assert contact.post(page + "confirm/").status_code == 302
    assert plan.parties.filter(jurisdiction=KUNSHAN).count() == 1


def test_a_position_is_confirmed_after_signing_in_again(world: World) -> None:
    plan = world.plan()
    ballot = put_to_parties(world, proposed(world, plan))
    act = enter(world, plan, "charter", ballot, AGREE)
    url = reverse("spoken:confirm", args=[plan.key, act.pk])
    client = client_of(world, WUJIANG, Role.SIGNATORY)
    for body in ({}, {"more": "1"}):
        asked = client.post(url, body)
        assert (asked.status_code, "reauthenticate" in asked["Location"]) == (302, True)
    assert EnteredActWord.objects.count() == 0


def test_the_api_takes_no_position_and_confirms_the_rest(scene: Scene, matter: Matter) -> None:
    url = f"/api/v1/plans/{scene.plan.key}/entered/"
    body = {"kind": "stand", "subject": matter.pk, "jurisdiction": WUJIANG, "said": STAND}
    office = office_of(scene)
    bare = office.post(url, body, content_type="application/json")
    assert (bare.status_code, "evidence_kind" in bare.json()) == (400, True)
    made = office.post(url, {**body, **EVIDENCE}, content_type="application/json")
    assert (made.status_code, made.json()["standing"]) == (201, "waiting")
    position = {**body, **EVIDENCE, "kind": "position"}
    assert office.post(url, position, content_type="application/json").status_code == 400
    contact = client_of(scene.world, WUJIANG)
    done = contact.post(f"{url}{made.json()['id']}/confirm/", content_type="application/json")
    assert (done.status_code, done.json()["standing"]) == (200, "confirmed")


def test_the_evidence_is_read_by_whom_the_entry_is_for(
    scene: Scene, matter: Matter, media: Path
) -> None:
    url = reverse("spoken:enter", args=[scene.plan.key, "stand", matter.pk, WUJIANG])
    note = SimpleUploadedFile("note.txt", "电话记录".encode(), "text/plain")
    made = office_of(scene).post(url, {**STAND, **EVIDENCE, "evidence_file": note})
    assert made.status_code == 302
    act = EnteredAct.objects.get()
    file = reverse("spoken:evidence", args=[scene.plan.key, act.pk])
    served = client_of(scene.world, WUJIANG).get(file)
    body = b"".join(served.streaming_content).decode()
    assert (served.status_code, body) == (200, "电话记录")
    assert client_of(scene.world, JIASHAN).get(file).status_code == 404


@pytest.mark.parametrize("many", [200, pytest.param(1_000, marks=pytest.mark.prove)])
def test_the_list_costs_the_same_for_few_and_many(scene: Scene, matter: Matter, many: int) -> None:
    act = enter(scene.world, scene.plan, "stand", matter, STAND)
    client, url = office_of(scene), reverse("spoken:list", args=[scene.plan.key])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    EnteredAct.objects.bulk_create(like(act) for _ in range(many))
    with CaptureQueriesContext(connection) as after:
        assert client.get(url).context["page_obj"].paginator.count == many + 1
    assert len(after) == len(few)


def test_who_was_not_invited_learns_of_no_plan_by_entering_an_answer(world: World) -> None:
    plan = world.plan()
    invitation = invited(world, plan)
    for code, expected in ((KUNSHAN, 200), (SHANGHAI, 404)):
        planner = client_of(world, code, Role.PLANNER)
        url = reverse("spoken:enter", args=[plan.key, "answer", invitation.pk, code])
        assert planner.get(url).status_code == expected
    body = {"kind": "answer", "subject": invitation.pk, "jurisdiction": SHANGHAI, "said": {}}
    stranger, costs = client_of(world, SHANGHAI, Role.PLANNER), []
    for key in (plan.key, "NO-PLAN"):
        page = reverse("spoken:enter", args=[key, "answer", invitation.pk, SHANGHAI])
        api = f"/api/v1/plans/{key}/entered/"
        stranger.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert stranger.get(page).status_code == 404
            for sent in (body, {}):
                answer = stranger.post(api, sent, content_type="application/json")
                assert answer.status_code == 404
        costs.append(len(captured))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(("kind", "is_carried"), [("letter", True), ("call", False)])
def test_the_party_s_letter_goes_with_its_confirmed_answer(
    world: World, media: Path, kind: str, is_carried: bool
) -> None:
    """A note of a call is the joint office's paper: it stays with the entry."""
    plan = world.plan()
    invitation = invited(world, plan)
    office = client_of(world, QINGPU, Role.COORDINATOR, plan.key)
    scan = SimpleUploadedFile("letter.txt", "复函".encode(), "text/plain")
    given = {**EVIDENCE, "evidence_kind": kind, "evidence_number": "昆函1号", "answer": "accept"}
    url = reverse("spoken:enter", args=[plan.key, "answer", invitation.pk, KUNSHAN])
    assert office.post(url, {**given, "evidence_file": scan}).status_code == 302
    act = EnteredAct.objects.get()
    page = reverse("spoken:confirm", args=[plan.key, act.pk])
    assert client_of(world, KUNSHAN).post(page).status_code == 302
    answer = InvitationAnswer.objects.get()
    assert answer.letter_file_id == (act.evidence_file_id if is_carried else None)


def test_nobody_enters_with_the_upload_of_another(
    scene: Scene, matter: Matter, media: Path
) -> None:
    scan = SimpleUploadedFile("note.txt", "他人文件".encode(), "text/plain")
    stranger = client_of(scene.world, JIASHAN)
    foreign = stranger.post("/files/", {"file": scan}).json()["id"]
    url = reverse("spoken:enter", args=[scene.plan.key, "stand", matter.pk, WUJIANG])
    refused = office_of(scene).post(url, {**STAND, **EVIDENCE, "evidence_file-kept": foreign})
    assert (refused.status_code, "note.txt" in refused.content.decode()) == (422, False)
    assert EnteredAct.objects.count() == 0
