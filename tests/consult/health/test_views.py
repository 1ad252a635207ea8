"""Pages of checks: who sees and does what, what was typed is kept, sealed figures stay sealed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from stakeholders.terms.actor import Role
from tests.consult.health.scene import ALL, Scene, letter, today
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG

PLAN = "/plans/QWJ/health/"


def sign_in(
    scene: Scene, code: str, role: Role = Role.CONTACT_POINT, *, office: bool = False
) -> Client:
    key = scene.plan.key if office else ""
    mandate = scene.world.mandate(code, role, plan_key=key)
    client = Client(headers={"accept-language": "en"})
    client.force_login(mandate.user)
    session = client.session
    session["mandate"] = mandate.pk
    session.save()
    client.defaults["HTTP_X_ACTING"] = str(mandate.pk)
    client.mandate = mandate.pk  # type: ignore[attr-defined]
    return client


def posted(client: Client, url: str, **data: object) -> object:
    return client.post(url, {"acting_mandate": client.mandate, **data})  # type: ignore[attr-defined]


def one(scene: Scene, rest: str = "") -> str:
    return f"{PLAN}{scene.check.pk}/{rest}"


def test_a_check_is_opened_filled_and_seen(scene: Scene) -> None:
    office = sign_in(scene, QINGPU, Role.COORDINATOR, office=True)
    assert office.get(PLAN).status_code == 200
    assert office.get(f"{PLAN}open/weekly/").status_code == 404
    data = {"year": today().year, "due_on": today() + timedelta(days=9), "conclusions": ALL}
    response = posted(office, f"{PLAN}open/evaluation/", **data)
    assert (response.status_code, response["Location"]) == (302, PLAN)
    response = posted(office, f"{PLAN}open/evaluation/", **data)
    assert response.status_code == 422
    ours = sign_in(scene, QINGPU)
    assert (
        posted(
            ours, one(scene, "sections/1/"), jurisdiction=QINGPU, text_zh="良好", seen=0
        ).status_code
        == 302
    )
    assert "良好" in ours.get(one(scene)).content.decode()


def test_what_was_typed_is_kept_beside_what_came_meanwhile(scene: Scene) -> None:
    ours = sign_in(scene, QINGPU)
    scene.fill(QINGPU, text="同事的稿")
    response = posted(
        ours, one(scene, "sections/1/"), jurisdiction=QINGPU, text_zh="我的稿", seen=0
    )
    assert response.status_code == 409
    assert "我的稿" in response.content.decode()


def test_others_are_refused_with_who_may(scene: Scene) -> None:
    theirs, signatory = sign_in(scene, QINGPU), sign_in(scene, WUJIANG, Role.SIGNATORY)
    assert theirs.get(one(scene, "border/1/")).status_code == 403
    assert theirs.get(one(scene, "sections/2/")).status_code == 403
    assert signatory.get(one(scene, "sections/1/")).status_code == 403
    assert theirs.get(f"{PLAN}open/").status_code == 403
    assert theirs.get(one(scene, "sections/9/")).status_code == 404
    stranger = sign_in(scene, KUNSHAN)
    for rest in ("", "report/", "border/1/", "border/table.csv"):
        assert stranger.get(one(scene, rest)).status_code == 404


@pytest.mark.parametrize("reader", [JIASHAN, QINGPU, "office"])
def test_a_sealed_figure_is_met_nowhere(scene: Scene, reader: str) -> None:
    own = scene.actor(WUJIANG)
    row = scene.state(WUJIANG, "51.4375", source="密源", note="密注", file=letter(own))
    is_office = reader == "office"
    client = sign_in(
        scene,
        QINGPU if is_office else reader,
        Role.COORDINATOR if is_office else Role.CONTACT_POINT,
        office=is_office,
    )
    api = f"/api/v1/plans/{scene.plan.key}/health/{scene.check.pk}/"
    pages = [one(scene, rest) for rest in ("", "report/", "border/table.csv", "border/1/")]
    for page in [*pages, api, "/notices/", "/"]:
        said = b"".join(client.get(page, follow=True)).decode(errors="replace")
        for mark in ("51.4375", "密源", "密注"):
            assert mark not in said, page
    assert client.get(one(scene, f"figures/{row.pk}/file/")).status_code == 404
    ours = sign_in(scene, WUJIANG)
    assert "51.4375" in ours.get(one(scene)).content.decode()
    own_file = ours.get(one(scene, f"figures/{row.pk}/file/"))
    assert (own_file.status_code, own_file.getvalue()) == (200, b"1,2")
    scene.state(JIASHAN, "51")
    assert "51.4375" in client.get(one(scene)).content.decode()


def test_the_report_is_read_downloaded_and_agreed_to(scene: Scene) -> None:
    scene.fill_all()
    office = sign_in(scene, QINGPU, Role.COORDINATOR, office=True)
    form = {"closes_on": today() + timedelta(days=9)}
    assert posted(office, one(scene, "report/put-forward/"), **form).status_code == 302
    assert posted(office, one(scene, "report/put-forward/"), **form).status_code == 409
    page = office.get(one(scene, "report/")).content.decode()
    assert scene.whole.report.hash in page
    assert "<svg" in page
    for kind, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        for language in ("en", "zh-hans"):
            with translation.override(language):
                response = office.get(one(scene, f"report/1.{kind}"))
            assert response.content.startswith(head)
    signatory = sign_in(scene, WUJIANG, Role.SIGNATORY)
    assert "Take a position" in signatory.get(one(scene, "report/")).content.decode()
    response = posted(signatory, one(scene, "report/position/"), value="agree")
    assert "reauthenticate" in response["Location"]
    for code in ALL:
        scene.speak(code)
    assert posted(office, one(scene, "report/close/")).status_code == 302
    said = {"published_on": today(), "place": "网站"}
    assert posted(office, one(scene, "report/publish/"), **said).status_code == 302
    assert scene.stage == "published"


def test_a_difference_proposes_its_finding(scene: Scene) -> None:
    scene.fill_all()
    ours = sign_in(scene, WUJIANG)
    page = ours.get(one(scene, "findings/new/?item=1")).content.decode()
    assert "两地数据不一致" in page
    said = {"title_zh": "不一致", "codes": [WUJIANG, JIASHAN], "item": "1"}
    assert posted(ours, one(scene, "findings/new/"), **said).status_code == 302
    assert posted(ours, one(scene, "findings/1/matter/")).status_code == 302
    assert "M" in ours.get(one(scene)).content.decode()
