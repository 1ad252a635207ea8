"""Conditions met and confirmed, reservations lifted, replayed and misdirected positions."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from consult.phase3_identification.actions import (
    REPLAYED,
    confirm_condition,
    declare,
    lift_reservation,
    report_condition,
)
from consult.phase3_identification.checks import require_within
from consult.phase3_identification.duties import duties
from consult.phase3_identification.models import (
    Condition,
    Declaration,
    Reservation,
)
from consult.phase3_identification.queries import (
    confirmed_conditions,
    get_reservation,
    held_positions,
    visible_lines,
)
from consult.phase3_identification.receipts import fault_in_receipt, receipt_of
from consult.phase3_identification.steps import ConditionText, Stand
from stakeholders.people.models import Mandate
from stakeholders.people.queries import actor_of
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase3_identification.story import RESERVATION, TAX, Story, tell
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

ASKED = (
    ConditionText(text="附表三补充断面编号", by=JIASHAN),
    ConditionText(text="明确牵头单位"),
)
PRINCIPLE = Stand(item="article-2", value="agree_in_principle", conditions=ASKED)


@pytest.fixture
def small(world: World) -> Story:
    return tell(world, items=3)


@pytest.fixture
def conditional(small: Story) -> Story:
    small.open()
    small.say(WUJIANG, "agree", PRINCIPLE)
    return small


def meet(story: Story, condition: Condition, who: object) -> None:
    report_condition(actor=who, plan=story.plan, pk=condition.pk, text="已补充")
    confirm_condition(
        actor=story.actor(WUJIANG, Role.CONTACT_POINT),
        plan=story.plan,
        pk=condition.pk,
        is_met=True,
    )


def test_an_agreement_in_principle_counts_when_each_condition_is_met_and_confirmed(
    conditional: Story,
) -> None:
    first, second = Condition.objects.order_by("pk")
    assert [(first.text, first.by_id), (second.text, second.by_id)] == [
        ("附表三补充断面编号", JIASHAN),
        ("明确牵头单位", None),
    ]
    meet(conditional, first, conditional.actor(JIASHAN, Role.CONTACT_POINT))
    assert confirmed_conditions(conditional.sign_off) == frozenset()
    meet(conditional, second, conditional.coordinator)
    assert confirmed_conditions(conditional.sign_off) == frozenset({("article-2", WUJIANG)})
    acts = list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts[-4:] == ["condition.report", "condition.confirm"] * 2


def test_a_condition_restated_word_for_word_stays_confirmed(conditional: Story) -> None:
    for condition in Condition.objects.order_by("pk"):
        meet(conditional, condition, conditional.coordinator)
    conditional.say(WUJIANG, "agree", PRINCIPLE)
    assert confirmed_conditions(conditional.sign_off) == frozenset({("article-2", WUJIANG)})
    more = (*ASKED, ConditionText(text="另附说明"))
    conditional.say(
        WUJIANG, "agree", Stand(item="article-2", value="agree_in_principle", conditions=more)
    )
    assert confirmed_conditions(conditional.sign_off) == frozenset()


def test_general_conditions_hold_for_every_item_without_an_exception(small: Story) -> None:
    small.open()
    small.say(WUJIANG, "agree_in_principle", Stand(item="article-3", value="agree"), text="条件")
    meet(small, Condition.objects.get(), small.coordinator)
    assert confirmed_conditions(small.sign_off) == frozenset(
        {("article-1", WUJIANG), ("article-2", WUJIANG)}
    )


def test_not_yet_needs_its_reason_and_asks_for_a_new_report(conditional: Story) -> None:
    condition = Condition.objects.order_by("pk")[1]
    holder = conditional.actor(WUJIANG, Role.CONTACT_POINT)
    about = {"plan": conditional.plan, "pk": condition.pk}
    with pytest.raises(Conflict):
        confirm_condition(actor=holder, is_met=True, **about)
    report_condition(actor=conditional.coordinator, text="见R5", **about)
    with pytest.raises(Invalid) as refusal:
        confirm_condition(actor=holder, is_met=False, **about)
    assert list(refusal.value.errors) == ["reason"]
    confirm_condition(actor=holder, is_met=False, reason="缺单位名称", **about)
    report_condition(actor=conditional.coordinator, text="已补", **about)
    confirm_condition(actor=holder, is_met=True, **about)
    with pytest.raises(Conflict):
        report_condition(actor=conditional.coordinator, text="再报", **about)


def test_only_who_is_named_reports_and_only_the_holder_confirms(conditional: Story) -> None:
    condition = Condition.objects.order_by("pk")[0]
    about = {"plan": conditional.plan, "pk": condition.pk}
    with pytest.raises(Refused):
        report_condition(
            actor=conditional.actor(QINGPU, Role.CONTACT_POINT), text="已补充", **about
        )
    report_condition(actor=conditional.coordinator, text="已补充", **about)
    with pytest.raises(Refused):
        confirm_condition(
            actor=conditional.actor(JIASHAN, Role.CONTACT_POINT), is_met=True, **about
        )


def test_duties_ask_the_named_party_then_the_holder(conditional: Story) -> None:
    def asked() -> list[tuple[str, str | None]]:
        found = duties(plans=[conditional.plan], now=clock.now())
        return [(d.kind, d.holder_code) for d in found if d.kind.startswith("condition")]

    assert asked() == [("condition.report", JIASHAN), ("condition.report", None)]
    condition = Condition.objects.order_by("pk")[0]
    report_condition(
        actor=conditional.coordinator, plan=conditional.plan, pk=condition.pk, text="已补充"
    )
    assert asked() == [("condition.confirm", WUJIANG), ("condition.report", None)]


def test_conditions_of_a_sealed_sign_off_are_known_to_their_party_only(small: Story) -> None:
    small.open(closes_at=in_days(5), is_sealed=True)
    small.say(WUJIANG, "agree", PRINCIPLE)
    now = clock.now()
    own, other = small.actor(WUJIANG), small.actor(JIASHAN)
    assert len(visible_lines(small.sign_off, actor=own, at=now)) == 2
    assert visible_lines(small.sign_off, actor=other, at=now) == []
    assert visible_lines(small.sign_off, actor=small.coordinator, at=now) == []
    with pytest.raises(NotVisible):
        report_condition(
            actor=other, plan=small.plan, pk=Condition.objects.order_by("pk")[0].pk, text="已补充"
        )
    kinds = {duty.kind for duty in duties(plans=[small.plan], now=now)}
    assert {kind for kind in kinds if kind.startswith("condition")} == set()


@pytest.fixture
def reserved(world: World) -> Story:
    story = tell(world, items=30)
    story.open()
    story.say(JIASHAN, "agree", RESERVATION)
    return story


def test_a_reservation_is_lifted_alone_with_a_receipt_of_its_own(reserved: Story) -> None:
    before = held_positions(reserved.sign_off)
    row = Reservation.objects.get()
    lift = lift_reservation(
        actor=reserved.actor(JIASHAN), plan=reserved.plan, pk=row.pk, reason="办法已印发"
    )
    after = held_positions(reserved.sign_off)
    changed = [key for key in after if after[key].pk != before[key].pk]
    assert changed == [(row.item_id, JIASHAN)]
    assert (after[changed[0]].value, lift.position_id) == ("agree", after[changed[0]].pk)
    newest = Declaration.objects.order_by("-pk")[0]
    content = json.loads(newest.content)
    assert (list(content["items"]), content["exceptions"]) == ([TAX], {})
    entry = RecordEntry.objects.order_by("-pk")[0]
    receipt = receipt_of(reserved.plan, newest)
    assert (entry.act, receipt.entry, fault_in_receipt(receipt.text)) == (
        "reservation.lift",
        entry,
        "",
    )
    with pytest.raises(Conflict):
        lift_reservation(actor=reserved.actor(JIASHAN), plan=reserved.plan, pk=row.pk, reason="x")


def test_lifting_needs_a_reason_and_its_holder(reserved: Story) -> None:
    row = Reservation.objects.get()
    with pytest.raises(Invalid) as refusal:
        lift_reservation(actor=reserved.actor(JIASHAN), plan=reserved.plan, pk=row.pk, reason=" ")
    assert list(refusal.value.errors) == ["reason"]
    with pytest.raises(Refused):
        lift_reservation(actor=reserved.actor(QINGPU), plan=reserved.plan, pk=row.pk, reason="x")


def test_a_sealed_reservation_is_not_there_for_others_and_not_lifted_alone(world: World) -> None:
    story = tell(world, items=30)
    story.open(closes_at=in_days(5), is_sealed=True)
    story.say(JIASHAN, "agree", RESERVATION)
    row = Reservation.objects.get()
    with pytest.raises(NotVisible):
        get_reservation(actor=story.actor(QINGPU), plan=story.plan, pk=row.pk)
    with pytest.raises(Conflict):
        lift_reservation(actor=story.actor(JIASHAN), plan=story.plan, pk=row.pk, reason="x")


def said(story: Story, **more: object) -> dict[str, object]:
    story.plan.refresh_from_db()
    return {
        "actor": story.actor(WUJIANG),
        "plan": story.plan,
        "revision_hash": story.plan.frozen.hash,
        "general": Stand(value="agree"),
        **more,
    }


def test_a_replayed_form_counts_once_and_says_so(small: Story) -> None:
    small.open()
    declare(**said(small))
    with pytest.raises(Conflict) as refusal:
        declare(**said(small))
    assert str(refusal.value.text) == str(REPLAYED)
    with pytest.raises(Conflict) as refusal:
        declare(**said(small, general=Stand(value="abstain")))
    assert str(refusal.value.text) != str(REPLAYED)
    assert Declaration.objects.count() == 1


def test_a_position_on_another_text_is_a_conflict_that_names_it(small: Story) -> None:
    older = small.plan.frozen.hash
    small.open()
    small.rewrite("article-1", "新条文。")
    with pytest.raises(Conflict) as refusal:
        declare(**said(small, revision_hash=older))
    small.plan.refresh_from_db()
    assert str(small.plan.frozen.label) in str(refusal.value.text)
    with pytest.raises(Conflict) as foreign:
        declare(**said(small, revision_hash="sha256:00"))
    assert str(foreign.value.text) != str(refusal.value.text)


def test_a_mandate_limited_to_articles_does_not_sign_others(small: Story) -> None:
    small.open()
    mandate = Mandate.objects.get(pk=small.actor(WUJIANG).mandate_id)
    mandate.items = ["article-1", "article-2"]
    mandate.save()
    with pytest.raises(Invalid) as refusal:
        declare(**said(small, actor=actor_of(mandate)))
    assert "3" in str(refusal.value.errors[""])
    mandate.items = ["article-1", "article-2", "article-3"]
    require_within(actor_of(mandate), [])
    declare(**said(small, actor=actor_of(mandate)))
    assert Declaration.objects.count() == 1


def test_bad_conditions_and_past_days_are_invalid(small: Story) -> None:
    small.open()
    yesterday = (clock.now() - timedelta(days=2)).date()
    bad = (
        (ConditionText(text=" "),),
        (ConditionText(text="x", by="990000"),),
        (ConditionText(text="x", due_on=yesterday),),
    )
    for conditions in bad:
        stand = Stand(item="article-2", value="agree_in_principle", conditions=conditions)
        with pytest.raises(Invalid) as refusal:
            declare(**said(small, exceptions=[stand]))
        assert list(refusal.value.errors) == ["exceptions"]


def test_a_receipt_is_verified_from_its_file_alone(
    small: Story, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    small.open(closes_at=in_days(5), is_sealed=True)
    declaration = small.say(WUJIANG, "agree", PRINCIPLE)
    text = receipt_of(small.plan, declaration).text
    file = tmp_path / "receipt.json"  # type: ignore[operator]
    file.write_text(text, encoding="utf-8")
    call_command("receipt", str(file))
    assert declaration.hash in capsys.readouterr().out
    file.write_text(text.replace("断面", "断线"), encoding="utf-8")
    with pytest.raises(CommandError, match="does not match its hash"):
        call_command("receipt", str(file))
