"""Signing another's comment: open rounds only, append-only, never while sealed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consult.phase2_preparation import actions, queries
from consult.phase2_preparation.models import Comment, CommentSupport, Round
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase2_preparation.stage import Scene, later
from tests.consult.phase2_preparation.test_inside import close
from tests.consult.phase2_preparation.test_sight import client_of
from tests.consult.phase2_preparation.test_views import url
from tests.world import JIASHAN, QINGPU, WUJIANG


def sign(scene: Scene, comment: Comment, code: str = JIASHAN, **options: object) -> CommentSupport:
    actor = scene.actor(code)
    return actions.cosign_comment(actor=actor, plan=scene.plan, comment=comment, **options)  # type: ignore[arg-type]


def signers(comment: Comment) -> list[str]:
    rows = queries.supports_of([comment]).get(comment.pk, [])
    return [row.jurisdiction_id for row in rows]


def test_signed_taken_back_and_signed_again_leaves_every_row(scene: Scene) -> None:
    comment = scene.comment()
    sign(scene, comment, text="同意")
    sign(scene, comment, QINGPU)
    assert signers(comment) == sorted([JIASHAN, QINGPU])
    sign(scene, comment, withdraw=True)
    assert signers(comment) == [QINGPU]
    sign(scene, comment)
    assert CommentSupport.objects.filter(jurisdiction=JIASHAN).count() == 3
    entries = RecordEntry.objects.filter(act="comment.cosign")
    assert (entries.count(), "同意" in str(entries.values_list("payload"))) == (4, False)


def test_signing_twice_and_taking_back_what_is_not_there_are_conflicts(scene: Scene) -> None:
    comment = scene.comment()
    with pytest.raises(Conflict):
        sign(scene, comment, withdraw=True)
    sign(scene, comment)
    with pytest.raises(Conflict):
        sign(scene, comment)


def test_ones_own_comment_is_not_cosigned(scene: Scene) -> None:
    with pytest.raises(Invalid):
        sign(scene, scene.comment(), WUJIANG)


def test_a_planner_cosigns_nothing(scene: Scene) -> None:
    comment = scene.comment()
    planner = scene.actor(JIASHAN, Role.PLANNER)
    with pytest.raises(Refused):
        actions.cosign_comment(actor=planner, plan=scene.plan, comment=comment)


def test_a_sealed_comment_is_not_there_and_a_closed_round_takes_no_signature(
    scene: Scene,
) -> None:
    one = scene.open(closes_on=later(5), is_sealed=True)
    comment = scene.reply(one, WUJIANG, "aim").comments.get()
    with pytest.raises(NotVisible):
        sign(scene, comment)
    with pytest.raises(NotVisible):
        sign(scene, comment, WUJIANG)
    assert client_of(scene, JIASHAN).post(url("cosign", comment.number)).status_code == 404
    close(one)
    with pytest.raises(Conflict):
        sign(scene, comment)
    assert CommentSupport.objects.count() == 0


def test_signatures_are_counted_and_named_with_the_comment(scene: Scene) -> None:
    comment = scene.comment()
    client = client_of(scene, JIASHAN)
    assert client.post(url("cosign", comment.number)).status_code == 302
    for name, number in (("round", 1), ("comment", comment.number)):
        page = client_of(scene, QINGPU).get(url(name, number), headers={"accept-language": "en"})
        assert "1 co-signer" in page.content.decode()
    assert client.post(url("cosign", comment.number), {"withdraw": "on"}).status_code == 302
    page = client.get(url("round", 1), headers={"accept-language": "en"}).content.decode()
    assert ("co-signer" in page, "Sign this comment too" in page) == (False, True)


def test_signatures_cost_two_queries_for_any_number(scene: Scene) -> None:
    comment = scene.comment()
    sign(scene, comment)
    with CaptureQueriesContext(
        connection,
    ) as context:
        queries.supports_of([comment] * 50)
    assert len(context) == 2
    assert Round.objects.count() == 1
