"""At the closing second: an answer is taken before the close or refused, and never lost."""

import json
from datetime import timedelta
from time import sleep

import pytest

from consult.phase2_preparation import actions
from consult.phase2_preparation.actions import close_round, submit_reply
from consult.phase2_preparation.models import CommentDraft, Reply, Round
from consult.phase2_preparation.steps import Letter
from consult.phase2_preparation.tasks import close_due_rounds
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from tests.consult.phase2_preparation.stage import ASKED, Scene, build
from tests.journeys.test_races import own, race, sound  # noqa: F401 - the fixture `own`
from tests.world import JIASHAN, WUJIANG, World


@pytest.mark.parametrize(
    "meanwhile", [[60], pytest.param([30, 80, 160], marks=pytest.mark.prove)], ids=["one", "three"]
)
def test_answers_and_the_close_at_the_hour(own: World, meanwhile: list[int]) -> None:  # noqa: F811
    """The hour comes before, while and after four answer, and two sweeps close."""
    scene = build(own)
    taken = [_round_ending_after(scene, milliseconds) for milliseconds in (0, *meanwhile, 5_000)]
    assert (taken[0], taken[-1]) == (0, 4)
    assert sound()


def _round_ending_after(scene: Scene, milliseconds: int) -> int:
    """How many were taken. What stands, stands in the record; who was refused keeps its drafts."""
    one, since = scene.open(is_sealed=True), RecordEntry.objects.count()
    actors = {code: scene.actor(code) for code in ASKED}
    for code in ASKED:
        draft = scene.draft(one, code, item="aim")
        actions.clear_comment(actor=actors[code], plan=scene.plan, draft=draft)
    end = clock.now() + timedelta(milliseconds=milliseconds)
    Round.objects.filter(pk=one.pk).update(closes_at=end)
    answers = [
        lambda actor=actor: submit_reply(
            actor=actor, plan=scene.plan, one=one, letter=Letter(number="1")
        )
        for actor in actors.values()
    ]

    def close() -> None:
        sleep(max(0, (end - clock.now()).total_seconds()))
        close_due_rounds(clock.now())

    found = race(*answers, close, close)
    assert found["done"] + found["Conflict"] == 6
    replies = list(Reply.objects.filter(round=one).order_by("pk"))
    assert all(reply.at < end for reply in replies)
    acts = list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))[since:]
    assert acts.count("reply.submit") == len(replies)
    assert acts.count("round.close") == 1
    payload = RecordEntry.objects.filter(act="round.close").latest("pk").payload
    opened = json.loads(payload)["effects"]["opened"]
    assert sorted(nonce for nonce, _content in opened) == sorted(r.nonce for r in replies)
    said = {reply.jurisdiction_id for reply in replies}
    rows = CommentDraft.objects.filter(round=one, state="cleared")
    assert set(rows.values_list("jurisdiction_id", flat=True)) == set(ASKED) - said
    return len(replies)


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
