import json
import uuid
from datetime import timedelta
from typing import Any

import pytest

from consult.matters.steps import Wording
from consult.phase2_preparation import actions
from consult.phase2_preparation.models import CommentDraft, Reply
from consult.phase2_preparation.queries import visible_comments
from consult.phase2_preparation.steps import Letter, Opinion, Remark
from consult.phase2_preparation.tasks import close_due_rounds
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.record.queries import check_chains
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.consult.phase2_preparation.stage import ASKED, Scene, later
from tests.world import JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG


def acts(since: int = 0) -> list[tuple[str, str, str]]:
    rows = RecordEntry.objects.filter(pk__gt=since).order_by("pk")
    return list(rows.values_list("chain", "act", "subject"))


def last() -> int:
    return RecordEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]


def effects() -> dict[str, Any]:
    payload = RecordEntry.objects.order_by("-pk")[0].payload
    return json.loads(payload)["effects"]


def test_open_round_asks_every_party_and_tells_its_contact_point(scene: Scene) -> None:
    since = last()
    one = scene.open()
    asked = list(one.invitees.order_by("jurisdiction").values_list("jurisdiction_id", flat=True))
    assert asked == sorted(ASKED)
    assert acts(since) == [("plan:QWJ", "round.open", "round:1")]
    told = Notice.objects.filter(kind="round").values_list("user_id", flat=True)
    expected = {scene.world.user(code, Role.CONTACT_POINT).pk for code in ASKED}
    assert set(told) == expected
    assert (one.closes_hour.hour, one.zone) == (17, "Asia/Shanghai")


def test_open_round_by_a_contact_point_is_refused_for_its_role(scene: Scene) -> None:
    with pytest.raises(Refused) as refusal:
        actions.open_round(actor=scene.actor(WUJIANG), plan=scene.plan)
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"closes_on": later(-2)}, "closes_on"),
        ({"zone": "Nowhere/At-all"}, "zone"),
        ({"codes": [SHANGHAI]}, "codes"),
        ({"codes": []}, "codes"),
    ],
)
def test_open_round_with_bad_input_names_the_field(
    scene: Scene, options: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as error:
        scene.open(**options)
    assert list(error.value.errors) == [field]


def test_open_round_outside_phase_two_is_refused(scene: Scene) -> None:
    scene.plan.phase = 1
    with pytest.raises(Refused) as refusal:
        scene.open()
    assert refusal.value.verdict.reason is Reason.WRONG_PHASE


def test_extend_round_for_all_moves_the_end(scene: Scene) -> None:
    one, since = scene.open(closes_on=later(5)), last()
    one = actions.extend_round(
        actor=scene.office, plan=scene.plan, one=one, closes_on=later(9), reason="防汛"
    )
    assert one.closes_on == later(9)
    assert acts(since) == [("plan:QWJ", "round.extend", "round:1")]
    with pytest.raises(Invalid) as error:
        actions.extend_round(
            actor=scene.office, plan=scene.plan, one=one, closes_on=later(6), reason="x"
        )
    assert list(error.value.errors) == ["closes_on"]


def test_extend_round_for_one_lets_only_this_one_answer_later(scene: Scene) -> None:
    one = scene.open(closes_on=later(5), is_sealed=True)
    actions.extend_round(
        actor=scene.office,
        plan=scene.plan,
        one=one,
        closes_on=later(9),
        reason="防汛",
        code=KUNSHAN,
    )
    scene.reply(one, WUJIANG, "aim")
    with clock.stated(clock.now() + timedelta(days=7)):
        assert close_due_rounds(clock.now()) == 1
        with pytest.raises(Conflict):
            scene.reply(one, JIASHAN)
        before = visible_comments(actor=scene.actor(KUNSHAN), plan=scene.plan)
        assert list(before) == []
        reply = scene.reply(one, KUNSHAN)
        assert reply.is_late
        assert before.all().count() == 1


def test_draft_and_clear_stand_in_a_chain_of_their_own(scene: Scene) -> None:
    one, since = scene.open(), last()
    draft = scene.draft(one, WUJIANG, item="aim")
    actions.clear_comment(actor=scene.actor(WUJIANG), plan=scene.plan, draft=draft)
    subject = f"draft:{draft.key}"
    assert acts(since) == [
        (f"plan:QWJ:{WUJIANG}", "comment.draft", subject),
        (f"plan:QWJ:{WUJIANG}", "comment.clear", subject),
    ]


def test_draft_sent_twice_makes_one(scene: Scene) -> None:
    one, key = scene.open(), uuid.uuid4()
    made = [
        actions.draft_comment(
            actor=scene.actor(WUJIANG, Role.PLANNER),
            plan=scene.plan,
            one=one,
            key=key,
            remark=Remark(type="general", text_zh="意见"),
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert CommentDraft.objects.count() == 1
    assert [act for _chain, act, _s in acts() if act == "comment.draft"] == ["comment.draft"]


def test_key_of_another_jurisdiction_is_a_conflict(scene: Scene) -> None:
    one = scene.open()
    draft = scene.draft(one, WUJIANG)
    with pytest.raises(Conflict):
        actions.draft_comment(
            actor=scene.actor(JIASHAN),
            plan=scene.plan,
            one=one,
            key=draft.key,
            remark=Remark(type="general", text_zh="意见"),
        )


def test_clear_by_planner_or_by_another_jurisdiction_is_refused(scene: Scene) -> None:
    draft = scene.draft(scene.open(), WUJIANG)
    for actor, reason in (
        (scene.actor(WUJIANG, Role.PLANNER), Reason.WRONG_ROLE),
        (scene.actor(JIASHAN), Reason.NOT_YOURS),
    ):
        with pytest.raises(Refused) as refusal:
            actions.clear_comment(actor=actor, plan=scene.plan, draft=draft)
        assert refusal.value.verdict.reason is reason


def test_send_back_needs_a_reason_and_editing_clears_it(scene: Scene) -> None:
    draft, actor = scene.draft(scene.open(), WUJIANG), scene.actor(WUJIANG)
    with pytest.raises(Invalid) as error:
        actions.send_back(actor=actor, plan=scene.plan, draft=draft, reason=" ")
    assert list(error.value.errors) == ["reason"]
    draft = actions.send_back(actor=actor, plan=scene.plan, draft=draft, reason="请补充依据")
    assert (draft.state, draft.reason) == ("sent_back", "请补充依据")
    with pytest.raises(Conflict):
        actions.clear_comment(actor=actor, plan=scene.plan, draft=draft)
    remark = Remark(type="technical", text_zh="意见二")
    draft = actions.edit_comment(actor=actor, plan=scene.plan, draft=draft, remark=remark)
    assert (draft.state, draft.reason, draft.text_zh) == ("shared", "", "意见二")
    actions.delete_comment(actor=actor, plan=scene.plan, draft=draft)
    assert CommentDraft.objects.count() == 0


def test_submit_reply_sends_the_cleared_ones_only(scene: Scene) -> None:
    one = scene.open()
    scene.draft(one, WUJIANG, item="water")
    since = last()
    reply = scene.reply(one, WUJIANG, "aim")
    assert [str(c) for c in reply.comments.all()] == ["C01"]
    comment = reply.comments.get()
    assert comment.version == one.revision.entries.get(item=comment.item).version
    assert [act for _c, act, _s in acts(since)] == [
        "comment.draft",
        "comment.clear",
        "reply.submit",
    ]
    assert {c.fault for c in check_chains()} == {""}


def test_submit_reply_twice_is_a_conflict_and_one_reply(scene: Scene) -> None:
    one = scene.open()
    scene.reply(one, WUJIANG)
    with pytest.raises(Conflict):
        scene.reply(one, WUJIANG)
    assert Reply.objects.count() == 1


def test_nil_return_beside_cleared_comments_is_invalid(scene: Scene) -> None:
    one, actor = scene.open(), scene.actor(WUJIANG)
    draft = scene.draft(one, WUJIANG)
    with pytest.raises(Invalid) as error:
        actions.submit_reply(actor=actor, plan=scene.plan, one=one, letter=Letter())
    assert list(error.value.errors) == [""]
    actions.clear_comment(actor=actor, plan=scene.plan, draft=draft)
    with pytest.raises(Invalid) as error:
        actions.submit_reply(actor=actor, plan=scene.plan, one=one, letter=Letter(), is_nil=True)
    assert list(error.value.errors) == ["is_nil"]


def test_submit_reply_with_a_letter_of_tomorrow_is_invalid(scene: Scene) -> None:
    with pytest.raises(Invalid) as error:
        actions.submit_reply(
            actor=scene.actor(WUJIANG),
            plan=scene.plan,
            one=scene.open(),
            letter=Letter(on=later(2)),
            is_nil=True,
        )
    assert list(error.value.errors) == ["letter_on"]


def test_submit_reply_by_planner_is_refused_and_uninvited_too(scene: Scene) -> None:
    one = scene.open(codes=[WUJIANG])
    for actor, reason in (
        (scene.actor(WUJIANG, Role.PLANNER), Reason.WRONG_ROLE),
        (scene.actor(JIASHAN), Reason.NOT_YOURS),
    ):
        with pytest.raises(Refused) as refusal:
            actions.submit_reply(
                actor=actor, plan=scene.plan, one=one, letter=Letter(), is_nil=True
            )
        assert refusal.value.verdict.reason is reason


def test_sealed_reply_stands_in_the_record_as_a_commitment_opened_at_close(scene: Scene) -> None:
    one = scene.open(closes_on=later(5), is_sealed=True)
    scene.reply(one, WUJIANG, "aim")
    commitment = effects()
    assert list(commitment) == ["commitment"]
    with clock.stated(clock.now() + timedelta(days=7)):
        assert close_due_rounds(clock.now()) == 1
        assert close_due_rounds(clock.now()) == 0
    (nonce, content), *rest = effects()["opened"]
    assert rest == []
    assert canonical.commitment(content, nonce) == commitment["commitment"]
    assert sorted(effects()["silent"]) == sorted([QINGPU, KUNSHAN, JIASHAN])


def test_close_round_early_only_when_all_have_answered(scene: Scene) -> None:
    one = scene.open(codes=[WUJIANG, JIASHAN])
    scene.reply(one, WUJIANG)
    with pytest.raises(Conflict):
        actions.close_round(actor=scene.office, plan=scene.plan, one=one)
    with pytest.raises(Conflict):
        actions.close_round(actor=SYSTEM, plan=scene.plan, one=one)
    scene.reply(one, JIASHAN)
    since = last()
    one = actions.close_round(actor=scene.office, plan=scene.plan, one=one)
    assert one.closed_at is not None
    assert acts(since) == [("plan:QWJ", "round.close", "round:1")]


def test_enter_opinion_numbers_on_and_speaks_for_no_party(scene: Scene) -> None:
    one = scene.open()
    scene.reply(one, WUJIANG, "aim")
    remark = Remark(type="general", text_zh="希望同城结算")
    reply = actions.enter_opinion(
        actor=scene.office,
        plan=scene.plan,
        one=one,
        source="public",
        letter=Letter(),
        opinions=[Opinion(remark=remark)],
    )
    assert [(str(c), c.jurisdiction_id) for c in reply.comments.all()] == [("C02", None)]
    with pytest.raises(Refused):
        actions.enter_opinion(
            actor=scene.actor(WUJIANG),
            plan=scene.plan,
            one=one,
            source="public",
            letter=Letter(),
            opinions=[Opinion(remark=remark)],
        )


@pytest.mark.parametrize("outcome", ["partly", "not_adopted"])
def test_decide_without_the_compulsory_reason_is_invalid(scene: Scene, outcome: str) -> None:
    comment = scene.comment()
    with pytest.raises(Invalid) as error:
        scene.decide(comment, outcome)
    assert list(error.value.errors) == ["reason_zh"]


def test_decide_publish_answer_and_a_newer_one_asks_again(scene: Scene) -> None:
    comment = scene.comment()
    since = last()
    first = scene.decide(comment, "not_adopted", reason_zh="理由")
    assert actions.publish_dispositions(actor=scene.office, plan=scene.plan) == [first]
    actor = scene.actor(WUJIANG)
    with pytest.raises(Invalid) as error:
        actions.answer_disposition(actor=actor, plan=scene.plan, disposition=first, accepts=False)
    assert list(error.value.errors) == ["text"]
    actions.answer_disposition(
        actor=actor, plan=scene.plan, disposition=first, accepts=False, text="坚持"
    )
    second = scene.decide(comment, "partly", reason_zh="保留8条")
    actions.publish_dispositions(actor=scene.office, plan=scene.plan)
    with pytest.raises(Conflict):
        actions.answer_disposition(actor=actor, plan=scene.plan, disposition=first, accepts=True)
    actions.answer_disposition(actor=actor, plan=scene.plan, disposition=second, accepts=True)
    assert [(act, subject) for _c, act, subject in acts(since)] == [
        ("disposition.decide", "comment:C01"),
        ("disposition.publish", "plan:QWJ"),
        ("disposition.answer", "comment:C01"),
        ("disposition.decide", "comment:C01"),
        ("disposition.publish", "plan:QWJ"),
        ("disposition.answer", "comment:C01"),
    ]


def test_answer_by_another_jurisdiction_is_refused(scene: Scene) -> None:
    comment = scene.comment(outcome="adopted")
    with pytest.raises(Refused) as refusal:
        actions.answer_disposition(
            actor=scene.actor(JIASHAN),
            plan=scene.plan,
            disposition=comment.dispositions.get(),
            accepts=True,
        )
    assert refusal.value.verdict.reason is Reason.NOT_YOURS


def test_publish_without_anything_decided_is_a_conflict(scene: Scene) -> None:
    scene.comment()
    with pytest.raises(Conflict):
        actions.publish_dispositions(actor=scene.office, plan=scene.plan)


def test_decide_on_a_sealed_comment_is_not_visible(scene: Scene) -> None:
    one = scene.open(is_sealed=True)
    comment = scene.reply(one, WUJIANG, "aim").comments.get()
    with pytest.raises(NotVisible):
        scene.decide(comment, "noted")


def test_comment_taken_up_as_a_new_matter_names_it(scene: Scene) -> None:
    comment = scene.comment()
    with pytest.raises(Invalid) as error:
        scene.decide(comment, "to_matter")
    assert list(error.value.errors) == ["matter"]
    row = scene.decide(
        comment,
        "to_matter",
        new_matter=actions.NewMatter(
            title=Wording(zh="限排"),
            codes=(WUJIANG, QINGPU),
        ),
    )
    assert (row.matter.key, row.matter.level, row.matter.plan) == ("MT1", "working", scene.plan)


def test_explain_change_needs_a_reason(scene: Scene) -> None:
    item, since = scene.items["aim"], last()
    with pytest.raises(Invalid) as error:
        actions.explain_change(actor=scene.office, plan=scene.plan, item=item)
    assert list(error.value.errors) == ["note"]
    actions.explain_change(actor=scene.office, plan=scene.plan, item=item, note="MM1/3")
    assert acts(since) == [("plan:QWJ", "change.explain", "item:aim")]
    with pytest.raises(Refused) as refusal:
        actions.explain_change(actor=scene.actor(KUNSHAN), plan=scene.plan, item=item, note="MM1/3")
    assert refusal.value.verdict.reason is Reason.NO_GRANT
