"""Bulk disposition: one record entry, a fixed number of queries, preview, undo."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consult.phase2_preparation import actions, duties
from consult.phase2_preparation.enums import Warned
from consult.phase2_preparation.models import (
    Comment,
    Disposition,
    DispositionBatch,
    DispositionWithdrawal,
    Reply,
    Round,
)
from consult.phase2_preparation.queries import batches
from consult.phase2_preparation.queries.dispositions import disposition_table, rows_of, taken_back
from stakeholders.record.models import RecordEntry
from stakeholders.record.queries import check_chains
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_sight import client_of, office_client
from tests.world import JIASHAN, WUJIANG

NOTED = actions.Decision(outcome="noted")
REFUSED = actions.Decision(
    outcome="not_adopted",
    reason_zh="{unit}关于{article}的意见，{已研究}",
    reason_en="{unit}: {article}",
)


def many(scene: Scene, number: int) -> list[Comment]:
    """A closed round with `number` comments of Wujiang, put in at once."""
    one = Round.objects.filter(plan=scene.plan).first() or scene.open()
    reply, _new = Reply.objects.get_or_create(
        round=one,
        jurisdiction_id=WUJIANG,
        defaults={
            "mandate_id": scene.actor(WUJIANG).mandate_id,
            "nonce": "0",
            "at": clock.now(),
        },
    )
    first = Comment.objects.count()
    item = scene.items["aim"]
    return Comment.objects.bulk_create(
        Comment(
            reply=reply,
            plan=scene.plan,
            number=first + n,
            jurisdiction_id=WUJIANG,
            item=item,
            version=item.versions.first(),
            type="technical",
            text_zh=f"第{n}条意见",
        )
        for n in range(1, number + 1)
    )


def decide(scene: Scene, numbers: list[int], **options: Any) -> DispositionBatch:
    given = {"decision": NOTED, "seen": batches.newest_seen(plan=scene.plan), **options}
    return actions.decide_many(actor=scene.office, plan=scene.plan, numbers=numbers, **given)


def outcomes(scene: Scene) -> dict[int, str | None]:
    rows = rows_of(list(disposition_table(actor=scene.office, plan=scene.plan)))
    return {r.comment.number: r.disposition.outcome if r.disposition else None for r in rows}


def test_bulk_fills_in_each_reason_and_leaves_one_entry(scene: Scene) -> None:
    many(scene, 3)
    before = RecordEntry.objects.count()
    batch = decide(scene, [1, 2, 3], decision=REFUSED)
    first = Disposition.objects.get(comment__number=1)
    assert first.reason_zh == "吴江区关于第1条的意见，{已研究}"
    assert first.reason_en == "Wujiang District: Article 1"
    assert (batch.size, batch.outcome, first.together) == (3, "not_adopted", batch)
    assert RecordEntry.objects.count() == before + 1
    entry = RecordEntry.objects.order_by("-pk")[0]
    assert entry.act == "disposition.decide"
    assert "吴江" not in entry.payload
    assert not any(check.fault for check in check_chains())


@pytest.mark.parametrize("most", [200, pytest.param(1_000, marks=pytest.mark.prove)])
def test_bulk_costs_the_same_for_ten_and_for_many_comments(scene: Scene, most: int) -> None:
    many(scene, 10 + most)

    def cost(numbers: range) -> int:
        with CaptureQueriesContext(connection) as captured:
            decide(scene, list(numbers), decision=REFUSED)
        return len(captured)

    few = cost(range(1, 11))
    assert cost(range(11, 11 + most)) == few
    assert few <= 20


def test_decided_ones_are_left_out_unless_asked_for(scene: Scene) -> None:
    comments = many(scene, 2)
    scene.decide(comments[0], "adopted")
    assert decide(scene, [1, 2]).size == 1
    assert outcomes(scene) == {1: "adopted", 2: "noted"}
    with pytest.raises(Conflict):
        decide(scene, [1, 2])
    assert decide(scene, [1, 2], again=True, decision=REFUSED).size == 2
    assert outcomes(scene) == {1: "not_adopted", 2: "not_adopted"}


def test_what_was_decided_since_the_preview_stops_the_whole(scene: Scene) -> None:
    comments = many(scene, 2)
    seen = batches.newest_seen(plan=scene.plan)
    scene.decide(comments[1], "adopted")
    for again in (False, True):
        with pytest.raises(Conflict):
            decide(scene, [1, 2], seen=seen, again=again)
    assert outcomes(scene) == {1: None, 2: "adopted"}


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        (actions.Decision(outcome="partly"), "reason_zh"),
        (actions.Decision(outcome="other"), "outcome"),
        (actions.Decision(outcome="superseded"), "superseded"),
        (actions.Decision(outcome="to_matter"), "matter"),
    ],
)
def test_bulk_without_what_its_outcome_needs_is_invalid(
    scene: Scene, decision: actions.Decision, field: str
) -> None:
    many(scene, 1)
    with pytest.raises(Invalid) as error:
        decide(scene, [1], decision=decision)
    assert list(error.value.errors) == [field]
    assert Disposition.objects.count() == 0


def test_bulk_on_a_number_that_is_not_there_does_nothing(scene: Scene) -> None:
    many(scene, 1)
    with pytest.raises(NotVisible):
        decide(scene, [1, 2])
    assert Disposition.objects.count() == 0


def test_bulk_by_a_contact_point_is_refused(scene: Scene) -> None:
    many(scene, 1)
    with pytest.raises(Refused):
        actions.decide_many(
            actor=scene.actor(WUJIANG), plan=scene.plan, numbers=[1], decision=NOTED, seen=0
        )


def test_undo_brings_back_what_stood_before_and_keeps_every_row(scene: Scene) -> None:
    comments = many(scene, 2)
    scene.decide(comments[0], "adopted")
    batch = decide(scene, [1, 2], again=True)
    undone = actions.undo_batch(actor=scene.office, plan=scene.plan, batch=batch)
    assert undone == 2
    assert outcomes(scene) == {1: "adopted", 2: None}
    assert (Disposition.every.count(), DispositionWithdrawal.objects.count()) == (3, 2)
    assert [d.outcome for d in taken_back(actor=scene.office, comment=comments[0])] == ["noted"]
    assert taken_back(actor=scene.actor(WUJIANG), comment=comments[0]) == []
    with pytest.raises(Conflict):
        actions.undo_batch(actor=scene.office, plan=scene.plan, batch=batch)
    assert not any(check.fault for check in check_chains())


def test_undo_ends_when_one_of_the_batch_is_published(scene: Scene) -> None:
    many(scene, 2)
    batch = decide(scene, [1, 2])
    assert batches.last_undoable(plan=scene.plan) is not None
    actions.publish_dispositions(actor=scene.office, plan=scene.plan, numbers=[1])
    with pytest.raises(Conflict):
        actions.undo_batch(actor=scene.office, plan=scene.plan, batch=batch)
    assert batches.last_undoable(plan=scene.plan) is None
    assert outcomes(scene) == {1: "noted", 2: "noted"}


def test_undone_decisions_are_owed_again(scene: Scene) -> None:
    many(scene, 2)
    scene.plan.rounds.update(closed_at=clock.now())

    def owed() -> list[str]:
        rows = duties.duties(plans=[scene.plan], now=clock.now())
        return [d.kind for d in rows if d.kind.startswith("disposition")]

    assert owed() == ["disposition.decide"]
    batch = decide(scene, [1, 2])
    assert owed() == ["disposition.publish"]
    actions.undo_batch(actor=scene.office, plan=scene.plan, batch=batch)
    assert owed() == ["disposition.decide"]


def test_preview_says_what_speaks_against_each_row(scene: Scene) -> None:
    comments = many(scene, 4)
    for comment in comments[:2]:
        scene.decide(comment, "noted")
    actions.publish_dispositions(actor=scene.office, plan=scene.plan, numbers=[1])
    shown = comments[0].dispositions.get()
    actions.answer_disposition(
        actor=scene.actor(WUJIANG), plan=scene.plan, disposition=shown, accepts=True
    )
    seen = batches.newest_seen(plan=scene.plan)
    scene.decide(comments[2], "adopted")
    rows = batches.chosen_rows(actor=scene.office, plan=scene.plan, numbers=[1, 2, 3, 4])
    proposed = actions.Decision(outcome="partly").proposed()
    found = batches.changes_of(rows, proposed=proposed, again=False, seen=seen)
    assert [(set(c.warnings), c.is_left_out) for c in found] == [
        ({Warned.PUBLISHED, Warned.ANSWERED, Warned.NO_REASON}, True),
        ({Warned.DECIDED, Warned.NO_REASON}, True),
        ({Warned.DECIDED, Warned.CHANGED, Warned.NO_REASON}, False),
        ({Warned.NO_REASON}, False),
    ]
    assert [c.blocks for c in found] == [False, False, True, True]


def url(name: str, *args: object) -> str:
    return reverse(f"preparation:{name}", args=["QWJ", *args])


def test_bulk_by_its_pages_from_selection_to_undo(scene: Scene) -> None:
    many(scene, 60)
    client = office_client(scene)
    chosen = client.post(url("bulk"), {"all": "1", "filters": "text=意见"})
    assert chosen.context["form"]["numbers"].value() == "1-60"
    data = {
        "numbers": "1-60",
        "seen": chosen.context["form"]["seen"].value(),
        "outcome": "not_adopted",
    }
    lacking = client.post(url("bulk"), {**data, "step": "apply"})
    assert (lacking.status_code, Disposition.objects.count()) == (422, 0)
    data["reason_zh"] = "{unit}的意见已研究"
    preview = client.post(url("bulk"), {**data, "step": "preview"})
    assert (preview.context["deciding"], Disposition.objects.count()) == (60, 0)
    done = client.post(url("bulk"), {**data, "step": "apply"})
    assert done.headers["Location"] == url("dispositions")
    batch = DispositionBatch.objects.get()
    assert (batch.size, Disposition.objects.count()) == (60, 60)
    page = client.get(url("dispositions")).content.decode()
    assert url("undo", batch.pk) in page
    assert client.post(url("undo", batch.pk)).status_code == 302
    assert Disposition.objects.count() == 0
    assert client.get(url("batches")).status_code == 200


def test_bulk_preview_of_what_changed_meanwhile_is_a_conflict_page(scene: Scene) -> None:
    comments = many(scene, 2)
    client = office_client(scene)
    seen = batches.newest_seen(plan=scene.plan)
    scene.decide(comments[0], "adopted")
    data = {"numbers": "1-2", "seen": seen, "outcome": "noted", "again": "on", "step": "apply"}
    answer = client.post(url("bulk"), data)
    assert (answer.status_code, answer.context["is_blocked"]) == (409, True)
    assert outcomes(scene) == {1: "adopted", 2: None}


def test_bulk_without_a_selection_goes_back_and_others_are_refused(scene: Scene) -> None:
    many(scene, 1)
    assert office_client(scene).post(url("bulk")).headers["Location"] == url("dispositions")
    assert client_of(scene, JIASHAN).post(url("bulk"), {"number": "1"}).status_code == 403
