"""At the closing second: an answer is taken before the close or refused, and never lost."""

import json
from datetime import timedelta

from consult.phase2_preparation import actions
from consult.phase2_preparation.actions import close_round, submit_reply
from consult.phase2_preparation.models import CommentDraft, Reply, Round
from consult.phase2_preparation.steps import Letter
from consult.phase2_preparation.tasks import close_due_rounds
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from tests.consult.phase2_preparation.stage import ASKED, build
from tests.journeys.test_races import own, race, sound  # noqa: F401 - the fixture `own`
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World


def test_answers_and_the_close_at_the_hour(own: World) -> None:  # noqa: F811
    """The hour comes while four answer and two sweeps close: what stands stands in the record, and
    of who was refused the comments are still there."""
    scene = build(own)
    one = scene.open(is_sealed=True)
    actors = {code: scene.actor(code) for code in ASKED}
    for code in ASKED:
        draft = scene.draft(one, code, item="aim")
        actions.clear_comment(actor=actors[code], plan=scene.plan, draft=draft)
    end = clock.now() + timedelta(milliseconds=60)
    Round.objects.filter(pk=one.pk).update(closes_at=end)
    answer = [
        lambda actor=actor: submit_reply(
            actor=actor, plan=scene.plan, one=one, letter=Letter(number="1")
        )
        for actor in actors.values()
    ]

    def close() -> None:
        while clock.now() < end:
            pass
        close_due_rounds(clock.now())

    found = race(*answer, close, close)
    assert found["done"] + found["Conflict"] == 6
    replies = list(Reply.objects.order_by("pk"))
    assert all(reply.at < end for reply in replies)
    assert [r.is_late or r.is_admitted_late for r in replies] == [False] * len(replies)
    acts = list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts.count("reply.submit") == len(replies)
    assert acts[-1] == "round.close"
    payload = RecordEntry.objects.get(act="round.close").payload
    opened = json.loads(payload)["effects"]["opened"]
    assert sorted(nonce for nonce, _content in opened) == sorted(r.nonce for r in replies)
    said = {reply.jurisdiction_id for reply in replies}
    kept = CommentDraft.objects.filter(state="cleared").values_list("jurisdiction_id", flat=True)
    assert set(kept) == {QINGPU, WUJIANG, JIASHAN, KUNSHAN} - said
    assert sound()


def test_recalling_and_answering_do_not_cross(own: World) -> None:  # noqa: F811
    scene = build(own)
    one = scene.open(codes=[WUJIANG, JIASHAN])
    actor, office = scene.actor(WUJIANG), scene.office
    found = race(
        lambda: submit_reply(
            actor=actor, plan=scene.plan, one=one, letter=Letter(number="1"), is_nil=True
        ),
        lambda: actions.recall_round(actor=office, plan=scene.plan, one=one, reason="x"),
        lambda: actions.recall_round(actor=office, plan=scene.plan, one=one, reason="x"),
    )
    one.refresh_from_db()
    assert found["done"] == 1
    assert Reply.objects.exists() is (one.recalled_at is None)
    assert sound()


def test_closing_twice_at_once_is_one_close(own: World) -> None:  # noqa: F811
    scene = build(own)
    one = scene.open(codes=[WUJIANG])
    scene.reply(one, WUJIANG)
    office = scene.office
    found = race(*[lambda: close_round(actor=office, plan=scene.plan, one=one)] * 3)
    assert found == {"done": 1, "Conflict": 2}
