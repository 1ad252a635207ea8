"""Advice before the decision: who is asked, who sees it, and that the commenter never does."""

import json

import pytest
from django.urls import reverse

from consult.phase2_preparation import actions, duties
from consult.phase2_preparation.models import Advice, AdviceRequest, Comment
from consult.phase2_preparation.queries.advice import (
    Adviser,
    advisers_of,
    get_request,
    visible_requests,
)
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Invalid, NotVisible, Refused
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_batches import many
from tests.consult.phase2_preparation.test_sight import client_of, office_client
from tests.world import JIASHAN, QINGPU, WUJIANG, in_days

SECRET = "专家的内部判断"


def unit(code: str) -> Adviser:
    return Adviser(jurisdiction=Jurisdiction.objects.get(code=code))


def ask(scene: Scene, comment: Comment, code: str = JIASHAN) -> AdviceRequest:
    return actions.ask_advice(
        actor=scene.office,
        plan=scene.plan,
        comment=comment,
        whom=unit(code),
        question="是否可行？",
        until=in_days(3),
    )


def give(scene: Scene, request: AdviceRequest, actor: Actor | None = None) -> Advice:
    actor = actor or scene.actor(JIASHAN, Role.PLANNER)
    found = get_request(actor=actor, plan=scene.plan, pk=request.pk)
    return actions.give_advice(
        actor=actor, plan=scene.plan, request=found, outcome="partly", reason_zh=SECRET
    )


def sees(scene: Scene, actor: Actor) -> int:
    return visible_requests(actor=actor, plan=scene.plan).count()


def test_nobody_of_the_commenters_side_is_offered_or_taken(scene: Scene) -> None:
    comment = many(scene, 1)[0]
    known = {one.code for one in advisers_of(plan=scene.plan, comment=comment, at=clock.now())}
    assert f"unit-{JIASHAN}" in known
    assert f"unit-{WUJIANG}" not in known
    own = scene.world.mandate(WUJIANG, Role.PLANNER)
    assert f"person-{own.pk}" not in known
    with pytest.raises(Invalid):
        ask(scene, comment, WUJIANG)
    with pytest.raises(Refused):
        actions.ask_advice(
            actor=scene.actor(JIASHAN), plan=scene.plan, comment=comment, whom=unit(QINGPU)
        )


def test_advice_is_seen_by_the_office_and_who_was_asked(scene: Scene) -> None:
    comment = many(scene, 1)[0]
    request = ask(scene, comment)
    give(scene, request)
    assert sees(scene, scene.office) == 1
    assert sees(scene, scene.actor(JIASHAN, Role.PLANNER)) == 1
    for code in (WUJIANG, QINGPU):
        for role in (Role.CONTACT_POINT, Role.PLANNER):
            assert sees(scene, scene.actor(code, role)) == 0
    page = reverse("preparation:comment", args=["QWJ", 1])
    assert SECRET in office_client(scene).get(page).content.decode()
    for client in (client_of(scene, WUJIANG), client_of(scene, QINGPU)):
        text = client.get(page).content.decode()
        assert SECRET not in text
        assert "是否可行" not in text
    entries = RecordEntry.objects.values_list("payload", flat=True)
    assert not any(SECRET in json.dumps(json.loads(e), ensure_ascii=False) for e in entries)


def test_several_advices_are_kept_and_the_decision_names_the_one_it_follows(scene: Scene) -> None:
    comment = many(scene, 1)[0]
    request = ask(scene, comment)
    first, second = give(scene, request), give(scene, request)
    row = scene.decide(comment, "partly", reason_zh="按建议", follows=second)
    assert (Advice.objects.count(), row.follows) == (2, second)
    page = office_client(scene).get(reverse("preparation:comment", args=["QWJ", 1]))
    assert [a.pk == row.follows_id for a in (first, second)] == [False, True]
    assert page.context["latest"].follows_id == second.pk


def test_advice_on_another_comment_cannot_be_followed(scene: Scene) -> None:
    one, other = many(scene, 2)
    advice = give(scene, ask(scene, one))
    with pytest.raises(Invalid):
        scene.decide(other, "noted", follows=advice)


def test_who_was_not_asked_gives_none(scene: Scene) -> None:
    request = ask(scene, many(scene, 1)[0])
    with pytest.raises(NotVisible):
        give(scene, request, scene.actor(QINGPU, Role.PLANNER))
    with pytest.raises(Invalid):
        actions.give_advice(
            actor=scene.actor(JIASHAN, Role.PLANNER),
            plan=scene.plan,
            request=request,
            outcome="not_adopted",
        )


def test_advice_is_owed_until_it_is_given_or_the_comment_decided(scene: Scene) -> None:
    one, other = many(scene, 2)

    def owed() -> list[str | None]:
        rows = duties.duties(plans=[scene.plan], now=clock.now())
        return [d.holder_code for d in rows if d.kind == "disposition.advise"]

    first = ask(scene, one)
    ask(scene, other)
    assert Notice.objects.filter(kind="advice").count() == 2
    assert owed() == [JIASHAN, JIASHAN]
    give(scene, first)
    assert owed() == [JIASHAN]
    scene.decide(other, "noted")
    assert owed() == []


def test_advice_by_its_pages(scene: Scene) -> None:
    many(scene, 1)
    office, planner = office_client(scene), client_of(scene, JIASHAN, Role.PLANNER)
    page = reverse("preparation:ask_advice", args=["QWJ", 1])
    late = office.post(page, {"whom": f"unit-{JIASHAN}", "until": "2020-01-01"})
    assert (late.status_code, AdviceRequest.objects.count()) == (422, 0)
    assert office.post(page, {"whom": f"unit-{JIASHAN}"}).status_code == 302
    asked = AdviceRequest.objects.get()
    give_page = reverse("preparation:give_advice", args=["QWJ", 1, asked.pk])
    comment = reverse("preparation:comment", args=["QWJ", 1])
    assert give_page in planner.get(comment).content.decode()
    assert planner.post(give_page, {"outcome": "partly"}).status_code == 422
    assert planner.post(give_page, {"outcome": "noted"}).status_code == 302
    assert Advice.objects.get().outcome == "noted"
