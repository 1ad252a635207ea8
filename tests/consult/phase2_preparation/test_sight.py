"""Sealed rounds and drafts leak on no surface; one query decides for all of them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from consult.phase2_preparation import actions, duties, queries
from consult.phase2_preparation.adoption_table.asked import asked
from consult.phase2_preparation.models import CommentDraft, Round
from consult.phase2_preparation.queries.dispositions import (
    disposition_table,
    get_comment,
    rows_of,
)
from stakeholders.people.models import ApiToken
from stakeholders.record.models import RecordEntry
from stakeholders.record.queries import check_chains
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Actor, Role
from stakeholders.terms.errors import NotVisible
from tests.consult.phase2_preparation.stage import Scene, later
from tests.world import JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG

SECRET = "密封的意见内容"


@pytest.fixture
def sealed(scene: Scene) -> Round:
    one = scene.open(closes_on=later(5), is_sealed=True)
    draft = scene.draft(one, WUJIANG, item="aim", text=SECRET)
    CommentDraft.objects.filter(pk=draft.pk).update(state="cleared")
    scene.reply(one, WUJIANG, "aim")
    scene.draft(one, JIASHAN, item="water", text="嘉善草稿")
    return one


def seen(scene: Scene, actor: Actor) -> int:
    return queries.visible_comments(actor=actor, plan=scene.plan).count()


def client_of(scene: Scene, code: str, role: Role = Role.CONTACT_POINT) -> Client:
    client = Client()
    client.force_login(scene.world.user(code, role))
    return client


def office_client(scene: Scene) -> Client:
    client = Client()
    client.force_login(scene.world.mandate(QINGPU, Role.COORDINATOR, plan_key=scene.plan.key).user)
    return client


def test_sealed_comments_are_seen_by_their_jurisdiction_only(scene: Scene, sealed: Round) -> None:
    counts = {
        "own": seen(scene, scene.actor(WUJIANG)),
        "own planner": seen(scene, scene.actor(WUJIANG, Role.PLANNER)),
        "other": seen(scene, scene.actor(JIASHAN)),
        "office": seen(scene, scene.office),
        "convenor": seen(scene, scene.actor(QINGPU)),
        "stranger": seen(scene, scene.actor(SHANGHAI)),
        "administrator": seen(scene, scene.world.admin),
        "system": seen(scene, SYSTEM),
    }
    assert counts == {
        "own": 2,
        "own planner": 2,
        "other": 0,
        "office": 0,
        "convenor": 0,
        "stranger": 0,
        "administrator": 0,
        "system": 2,
    }


def test_at_the_hour_all_parties_see_them_without_a_sweep(scene: Scene, sealed: Round) -> None:
    moment = sealed.closes_at
    with clock.stated(moment - timedelta(microseconds=1)):
        assert seen(scene, scene.actor(JIASHAN)) == 0
    with clock.stated(moment):
        assert seen(scene, scene.actor(JIASHAN)) == 2
        assert seen(scene, scene.office) == 2
        assert seen(scene, scene.actor(SHANGHAI)) == 0
    sealed.refresh_from_db()
    assert sealed.closed_at is None


def test_others_learn_only_that_somebody_answered(scene: Scene, sealed: Round) -> None:
    def known(actor: Actor) -> list[tuple[str, str, int | None]]:
        rows = queries.progress(actor=actor, one=sealed)
        return [(r.invitee.jurisdiction_id, r.standing.value, r.comments) for r in rows]

    assert known(scene.actor(JIASHAN))[3] == (JIASHAN, "waiting", None)
    assert known(scene.actor(JIASHAN))[1] == (WUJIANG, "answered", None)
    assert known(scene.office)[1] == (WUJIANG, "answered", None)
    assert known(scene.actor(WUJIANG))[1] == (WUJIANG, "comments", 2)


def test_who_has_a_longer_time_learns_no_more_before_it_answers(
    scene: Scene, sealed: Round
) -> None:
    actions.extend_round(
        actor=scene.office,
        plan=scene.plan,
        one=sealed,
        code=JIASHAN,
        closes_on=later(12),
        reason="汛期",
    )

    def known(actor: Actor) -> list[tuple[str, int | None]]:
        rows = {r.invitee.jurisdiction_id: r for r in queries.progress(actor=actor, one=sealed)}
        return [(rows[WUJIANG].standing.value, rows[WUJIANG].comments)]

    with clock.stated(sealed.closes_at):
        assert known(scene.actor(JIASHAN)) == [("answered", None)]
        assert known(scene.office) == known(scene.actor(QINGPU)) == [("comments", 2)]
        scene.reply(sealed, JIASHAN)
        assert known(scene.actor(JIASHAN)) == [("comments", 2)]


def test_no_page_shows_a_sealed_comment_or_a_foreign_draft(scene: Scene, sealed: Round) -> None:
    pages = [
        reverse("preparation:rounds", args=["QWJ"]),
        reverse("preparation:round", args=["QWJ", 1]),
        reverse("preparation:dispositions", args=["QWJ"]),
        reverse("preparation:changes", args=["QWJ"]),
    ]
    for client in (client_of(scene, JIASHAN), office_client(scene), client_of(scene, QINGPU)):
        for page in pages:
            response = client.get(page)
            assert response.status_code == 200
            assert SECRET not in response.content.decode()
            # As a word: the letters of a token of the form may fall so by chance.
            assert re.search(r"\bC01\b", response.content.decode(), re.ASCII) is None
        assert client.get(reverse("preparation:comment", args=["QWJ", 1])).status_code == 404
    office = office_client(scene).get(pages[1]).content.decode()
    assert "嘉善草稿" not in office
    assert "嘉善草稿" in client_of(scene, JIASHAN).get(pages[1]).content.decode()
    assert SECRET in client_of(scene, WUJIANG).get(pages[1]).content.decode()


def test_api_and_workbook_hold_back_what_pages_hold_back(scene: Scene, sealed: Round) -> None:
    mandate = scene.world.mandate(JIASHAN, Role.CONTACT_POINT)
    _token, key = ApiToken.objects.create(user=mandate.user, mandate=mandate)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    comments = client.get("/api/v1/plans/QWJ/comments/")
    assert (comments.status_code, comments.json()["count"]) == (200, 0)
    drafts = client.get("/api/v1/plans/QWJ/rounds/1/drafts/").json()
    assert [d["text_zh"] for d in drafts["results"]] == ["嘉善草稿"]
    assert SECRET not in client.get("/api/v1/plans/QWJ/rounds/1/").content.decode()
    rows = rows_of(list(disposition_table(actor=scene.actor(WUJIANG), plan=scene.plan)))
    assert rows == []


def test_record_duties_and_admin_do_not_tell(scene: Scene, sealed: Round) -> None:
    payloads = RecordEntry.objects.filter(chain="plan:QWJ").values_list("payload", flat=True)
    assert not any("C01" in text for text in payloads)
    kinds = [d.kind for d in duties.duties(plans=[scene.plan], now=clock.now())]
    assert "disposition.decide" not in kinds
    assert {c.fault for c in check_chains()} == {""}
    scene.world.administrator.is_superuser = True
    scene.world.administrator.save()
    admin = Client()
    admin.force_login(scene.world.administrator)
    assert admin.get("/admin/consult/comment/").status_code == 404
    assert admin.get("/admin/consult/commentdraft/").status_code == 404
    assert admin.get("/admin/consult/round/").status_code == 200
    assert admin.get("/admin/consult/round/add/").status_code == 403


def test_draft_of_another_jurisdiction_is_not_there(scene: Scene, sealed: Round) -> None:
    draft = CommentDraft.objects.get(jurisdiction=JIASHAN)
    for actor in (scene.actor(WUJIANG), scene.office):
        with pytest.raises(NotVisible):
            queries.get_draft(actor=actor, one=sealed, key=draft.key)
    url = reverse("preparation:clear", args=["QWJ", 1, draft.key])
    assert client_of(scene, WUJIANG).post(url).status_code == 404


def test_open_round_that_is_not_sealed_shows_submitted_comments(scene: Scene) -> None:
    one = scene.open()
    scene.reply(one, WUJIANG, "aim")
    assert seen(scene, scene.actor(JIASHAN)) == 1
    assert seen(scene, scene.actor(KUNSHAN)) == 1
    assert seen(scene, scene.actor(SHANGHAI)) == 0


def test_unpublished_disposition_is_shown_to_the_joint_office_only(scene: Scene) -> None:
    comment = scene.comment()
    scene.decide(comment, "noted", reason_zh="内部")

    def outcome(actor: Actor) -> str | None:
        found = get_comment(actor=actor, plan=scene.plan, number=1)
        row = rows_of([found])[0]
        return row.disposition.outcome if row.disposition else None

    assert outcome(scene.office) == "noted"
    assert outcome(scene.actor(WUJIANG)) is None
    filtered = disposition_table(
        actor=scene.actor(WUJIANG), plan=scene.plan, filters={"outcome": "noted"}
    )
    assert list(filtered) == []
    page = client_of(scene, WUJIANG).get(reverse("preparation:comment", args=["QWJ", 1]))
    assert "内部" not in page.content.decode()


def test_workbook_cells_stay_text(scene: Scene) -> None:
    one = scene.open()
    scene.draft(one, WUJIANG, item="aim", text="=HYPERLINK(1)")
    CommentDraft.objects.update(state="cleared")
    scene.reply(one, WUJIANG, "water")
    wanted = asked(actor=scene.office, plan=scene.plan, kind="xlsx", said={})
    line = wanted.piece(after=0)[0]
    assert line.opinion == "=HYPERLINK(1)"
