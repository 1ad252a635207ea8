"""The common opinion of a group of experts: signed words, the chair, and what stands."""

from datetime import timedelta

import pytest
from django.test import Client

from consult.phase2_preparation.actions import experts, panels
from consult.phase2_preparation.actions.panels import Minuted
from consult.phase2_preparation.checklists import By
from consult.phase2_preparation.duties import duties
from consult.phase2_preparation.gate import blockers
from consult.phase2_preparation.models import CollectiveOpinion, ExpertInvitation
from consult.phase2_preparation.queries import experts as queries
from consult.phase2_preparation.queries.checklists import Standing, checklist
from consult.phase2_preparation.steps.experts import Person, Until
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Organization
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_experts import by_link, coordinator, entered
from tests.world import QINGPU, WUJIANG

pytestmark = pytest.mark.django_db


def minuted(**values: object) -> Minuted:
    given = {"held_on": clock.now().date() - timedelta(days=1), "place": "青浦会议室"}
    return Minuted(**{**given, "result": "minor", "text": "总体可行，完善后上报。", **values})


def written(scene: Scene, **values: object) -> CollectiveOpinion:
    return panels.write_collective(actor=scene.office, plan=scene.plan, minuted=minuted(**values))


def member(scene: Scene, one: CollectiveOpinion, **values: object) -> ExpertInvitation:
    given = {"audience": "expert", "name": "王教授", "email": "wang@expert.example", **values}
    is_chair = bool(given.pop("is_chair", False))
    return panels.add_member(
        actor=scene.office,
        plan=scene.plan,
        one=one,
        person=Person(**given),
        is_chair=is_chair,
        until=Until(at=clock.now() + timedelta(days=10), zone="Asia/Shanghai"),
    )


def stored(scene: Scene) -> StoredFile:
    return StoredFile.objects.create(
        sha256="a" * 64,
        name="签名页.pdf",
        media_type="application/pdf",
        size=1,
        uploaded_by=coordinator(scene),
        uploaded_at=clock.now(),
    )


def gate_lines(scene: Scene) -> list[tuple[str, str]]:
    return [(row.code, row.url) for row in blockers(plan=scene.plan)]


def test_it_stands_only_with_the_chairs_signature(scene: Scene) -> None:
    one = written(scene)
    chair, other = member(scene, one, is_chair=True), member(scene, one, email="b@x.example")
    panels.sign_collective(actor=by_link(other), row=other, content=one.content)
    with pytest.raises(Conflict):
        panels.finish_collective(actor=scene.office, plan=scene.plan, one=one)
    line = "paper.missing", f"/plans/{scene.plan.key}/checklist/#expert-opinion"
    assert line in gate_lines(scene)
    panels.sign_collective(actor=by_link(chair), row=chair, content=one.content)
    panels.finish_collective(actor=scene.office, plan=scene.plan, one=one)
    assert line not in gate_lines(scene)
    lines = checklist(scene.plan)
    assert [row.standing for row in lines if row.paper.by is By.EXPERTS] == [Standing.BY_FACT]
    entry = RecordEntry.objects.order_by("-pk")[0]
    assert entry.act == "collective.finish"
    assert f'"signed":[{chair.number},{other.number}]' in entry.payload
    for again in (
        lambda: panels.finish_collective(actor=scene.office, plan=scene.plan, one=one),
        lambda: panels.write_collective(
            actor=scene.office, plan=scene.plan, minuted=minuted(), one=one
        ),
        lambda: experts.revoke_expert(actor=scene.office, plan=scene.plan, row=chair),
    ):
        with pytest.raises(Conflict):
            again()


def test_changed_words_leave_the_signature_behind(scene: Scene) -> None:
    one = written(scene)
    chair = member(scene, one, is_chair=True)
    old = one.content
    panels.sign_collective(actor=by_link(chair), row=chair, content=old)
    one = panels.write_collective(
        actor=scene.office, plan=scene.plan, minuted=minuted(text="换了话"), one=one
    )
    assert [m.signature for m in queries.members_of(one)] == [None]
    with pytest.raises(Conflict):
        panels.finish_collective(actor=scene.office, plan=scene.plan, one=one)
    with pytest.raises(Conflict):
        panels.sign_collective(actor=by_link(chair), row=chair, content=old)
    panels.sign_collective(actor=by_link(chair), row=chair, content=one.content)
    with pytest.raises(Conflict):
        panels.sign_collective(actor=by_link(chair), row=chair, content=one.content)
    panels.finish_collective(actor=scene.office, plan=scene.plan, one=one)


def test_a_member_signs_by_link_and_gives_no_opinion(scene: Scene) -> None:
    one = written(scene)
    chair = member(scene, one, is_chair=True)
    client = entered(chair)
    page = client.get("/asked/").content.decode()
    assert "总体可行" in page
    refused = client.post("/asked/", {"do": "result", "result": "ready", "hand_in": "1"})
    assert refused.status_code == 404
    signed = client.post("/asked/", {"do": "sign", "content": one.content})
    assert signed.status_code == 302
    assert queries.members_of(one)[0].signature.way == "link"


def test_on_paper_needs_the_signed_copy(scene: Scene) -> None:
    one = written(scene)
    chair = member(scene, one, is_chair=True)
    given = {"actor": scene.office, "plan": scene.plan, "row": chair}
    with pytest.raises(Conflict):
        panels.enter_signature(one=one, **given)
    one = panels.write_collective(
        actor=scene.office, plan=scene.plan, minuted=minuted(file=stored(scene)), one=one
    )
    panels.enter_signature(one=one, **given)
    assert queries.members_of(one)[0].signature.way == "paper"


def test_one_chair_and_only_what_can_be_true(scene: Scene) -> None:
    one = written(scene)
    chair = member(scene, one, is_chair=True)
    with pytest.raises(Invalid):
        member(scene, one, is_chair=True, email="b@x.example")
    experts.revoke_expert(actor=scene.office, plan=scene.plan, row=chair)
    member(scene, one, is_chair=True, email="b@x.example")
    for wrong in ({"text": " "}, {"place": ""}, {"result": "x"}):
        with pytest.raises(Invalid):
            written(scene, **wrong)
    with pytest.raises(Invalid):
        written(scene, held_on=clock.now().date() + timedelta(days=3))
    with pytest.raises(Refused):
        panels.write_collective(actor=scene.actor(WUJIANG), plan=scene.plan, minuted=minuted())
    other = written(scene)
    stranger = member(scene, other, email="c@x.example")
    with pytest.raises(NotVisible):
        panels.sign_collective(actor=by_link(chair), row=stranger, content=other.content)


def test_an_expert_with_an_account_owes_its_signature_until_given(scene: Scene) -> None:
    one = written(scene)
    user = scene.world.mandate(QINGPU, Role.EXPERT).user
    row = member(scene, one, user=user, is_chair=True)

    def owed() -> list[str]:
        return [d.kind for d in duties(plans=[scene.plan], now=clock.now()) if d.user_id]

    assert owed() == ["collective.sign"]
    actor = scene.world.actor(QINGPU, Role.EXPERT)
    panels.sign_collective(actor=actor, row=row, content=one.content)
    assert owed() == []


def test_the_parties_see_it_once_it_stands(scene: Scene) -> None:
    one = written(scene)
    chair = member(scene, one, is_chair=True)
    client = Client()
    client.force_login(scene.world.user(WUJIANG, Role.PLANNER))
    path = f"/plans/QWJ/experts/opinions/{one.number}/"
    assert client.get(path).status_code == 404
    panels.sign_collective(actor=by_link(chair), row=chair, content=one.content)
    panels.finish_collective(actor=scene.office, plan=scene.plan, one=one)
    assert client.get(path).status_code == 200


def test_a_member_promised_a_number_is_not_known_by_its_body(scene: Scene) -> None:
    one = written(scene)
    bodies = [
        Organization.objects.create(key=key, name_zh=name, kind="expert_committee")
        for key, name in (("I1", "水利研究院"), ("I2", "规划研究院"))
    ]
    chair = member(scene, one, is_chair=True, organization=bodies[0])
    member(scene, one, email="b@x.example", organization=bodies[1], shown_as="number")
    panels.sign_collective(actor=by_link(chair), row=chair, content=one.content)
    panels.finish_collective(actor=scene.office, plan=scene.plan, one=one)
    client = Client()
    client.force_login(scene.world.user(WUJIANG, Role.CONTACT_POINT))
    page = client.get(f"/plans/{scene.plan.key}/experts/opinions/{one.number}/").content.decode()
    assert [body.name_zh in page for body in bodies] == [True, False]
