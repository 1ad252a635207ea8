"""Every act of the sign-off: done, refused with its reason, and what the record says of it."""

import json
from datetime import timedelta

import pytest

from consult.ballots.models import BallotEnd, Position
from consult.phase3_identification.actions import (
    close_sign_off,
    declare,
    end_without_result,
    open_sign_off,
    sign_statement,
)
from consult.phase3_identification.duties import duties
from consult.phase3_identification.gate import blockers
from consult.phase3_identification.models import Declaration, Reservation, SignOffEnd
from consult.phase3_identification.queries import standing_reservations, statement_of
from consult.phase3_identification.steps import Stand, end_item_ballots
from consult.phase3_identification.tasks import close_due_sign_offs
from plans.register.steps import freeze, set_phase
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Blocked, Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.consult.phase3_identification.story import (
    LOWFLOW,
    OBJECTION,
    RESERVATION,
    TAX,
    Story,
    tell,
    tell_to_s3,
)
from tests.world import JIANGSU, JIASHAN, QINGPU, WUJIANG, ZHEJIANG, World, in_days


@pytest.fixture
def small(world: World) -> Story:
    """Two items, two signing parties."""
    return tell(world, items=2, parties=(WUJIANG,))


def acts(story: Story) -> list[str]:
    chain = RecordEntry.objects.filter(chain=f"plan:{story.plan.key}").order_by("seq")
    return [act for act in chain.values_list("act", flat=True) if act != "plan.create"]


def last_effects() -> dict[str, object]:
    return json.loads(RecordEntry.objects.order_by("-pk")[0].payload)["effects"]


def test_open_makes_a_ballot_per_item_among_its_signing_parties(small: Story) -> None:
    sign_off = small.open()
    electors = {
        row.item.key: sorted(row.ballot.electors.values_list("jurisdiction_id", flat=True))
        for row in sign_off.item_ballots.select_related("item", "ballot")
    }
    assert electors == {"article-1": [QINGPU, WUJIANG], "article-2": [QINGPU, WUJIANG]}
    assert acts(small) == ["sign_off.open"]
    assert last_effects()["revision"] == small.plan.frozen.hash


@pytest.mark.parametrize(
    ("role", "reason"),
    [(Role.SIGNATORY, Reason.WRONG_ROLE), (Role.CONTACT_POINT, Reason.WRONG_ROLE)],
)
def test_open_by_another_role_is_refused(small: Story, role: Role, reason: Reason) -> None:
    with pytest.raises(Refused) as refusal:
        open_sign_off(actor=small.actor(QINGPU, role), plan=small.plan)
    assert refusal.value.verdict.reason is reason


def test_open_on_an_unfrozen_plan_is_blocked(small: Story) -> None:
    freeze(plan=small.plan, revision=None)
    with pytest.raises(Blocked) as refusal:
        small.open()
    assert [one.code for one in refusal.value.blockers] == ["frozen"]


def test_open_without_a_charter_is_blocked(small: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    target = "consult.phase3_identification.actions.opening.charter_in_force"
    monkeypatch.setattr(target, lambda plan: None)
    with pytest.raises(Blocked) as refusal:
        small.open()
    assert [b.code for b in refusal.value.blockers] == ["charter"]


def test_open_twice_is_a_conflict(small: Story) -> None:
    small.open()
    with pytest.raises(Conflict):
        small.open()


def test_open_with_a_past_hour_or_sealed_without_one_is_invalid(small: Story) -> None:
    with pytest.raises(Invalid) as refusal:
        small.open(closes_at=in_days(-1))
    assert list(refusal.value.errors) == ["closes_at"]
    with pytest.raises(Invalid) as refusal:
        small.open(is_sealed=True)
    assert list(refusal.value.errors) == ["closes_at"]


def test_declare_takes_every_item_with_its_exception_and_leaves_one_entry(small: Story) -> None:
    small.open()
    stand = Stand(item="article-2", value="object", text="理由", wording="改为")
    receipt = small.say(QINGPU, "agree", stand)
    values = {p.ballot.subject_id: p.value for p in positions()}
    assert values == {"article-1": "agree", "article-2": "object"}
    assert acts(small) == ["sign_off.open", "position.take"]
    assert last_effects() == {
        "revision": small.plan.frozen.hash,
        "declaration": receipt.hash,
        "general": "agree",
        "exceptions": {"article-2": "object"},
        "replaces": None,
    }
    assert canonical.digest(receipt.content) == receipt.hash
    kinds = Notice.objects.filter(kind__startswith="position").values_list("kind", flat=True)
    assert sorted(kinds) == ["position.receipt", "position.take"]


def positions() -> list[Position]:
    declaration = Declaration.objects.order_by("-pk")[0]
    return list(Position.objects.filter(declaration=declaration.key).select_related("ballot"))


@pytest.mark.parametrize(
    ("stand", "field"),
    [
        (Stand(item="article-2", value="object"), "exceptions"),
        (Stand(item="article-2", value="agree_reserved", text=" "), "exceptions"),
        (Stand(item="article-2", value="agree_in_principle"), "exceptions"),
        (Stand(item="unknown", value="agree"), "exceptions"),
        (Stand(item="article-2", value="maybe"), "exceptions"),
    ],
)
def test_declare_with_a_bad_exception_is_invalid(small: Story, stand: Stand, field: str) -> None:
    small.open()
    with pytest.raises(Invalid) as refusal:
        small.say(QINGPU, "agree", stand)
    assert list(refusal.value.errors) == [field]


def test_declare_a_general_reservation_is_invalid(small: Story) -> None:
    small.open()
    with pytest.raises(Invalid) as refusal:
        small.say(QINGPU, "agree_reserved", text="全部")
    assert list(refusal.value.errors) == ["value"]


def test_declare_by_a_contact_point_is_refused(small: Story) -> None:
    small.open()
    with pytest.raises(Refused) as refusal:
        declare(
            actor=small.actor(QINGPU, Role.CONTACT_POINT),
            plan=small.plan,
            revision_hash=small.plan.frozen.hash,
            general=Stand(value="agree"),
        )
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


def test_declare_in_another_phase_is_refused(small: Story) -> None:
    small.open()
    set_phase(plan=small.plan, phase=2)
    with pytest.raises(Refused) as refusal:
        small.say(QINGPU)
    assert refusal.value.verdict.reason is Reason.WRONG_PHASE


def test_declare_on_an_older_revision_is_a_conflict(small: Story) -> None:
    small.open()
    with pytest.raises(Conflict):
        declare(
            actor=small.actor(QINGPU),
            plan=small.plan,
            revision_hash="sha256:older",
            general=Stand(value="agree"),
        )


def test_declare_twice_from_the_same_page_takes_only_the_first(small: Story) -> None:
    small.open()
    page = {"revision_hash": small.plan.frozen.hash, "general": Stand(value="agree")}
    declare(actor=small.actor(QINGPU), plan=small.plan, former=None, **page)
    with pytest.raises(Conflict):
        declare(actor=small.actor(QINGPU), plan=small.plan, former=None, **page)
    assert Declaration.objects.count() == 1


def test_declare_from_the_closing_second_on_is_a_conflict(small: Story) -> None:
    sign_off = small.open(closes_at=in_days(1))
    with clock.stated(sign_off.closes_at), pytest.raises(Conflict):
        small.say(QINGPU)


def test_reservation_stands_until_a_declaration_does_not_restate_it(world: World) -> None:
    story = tell(world, items=30)
    story.open()
    story.say(JIASHAN, "agree", RESERVATION)
    first = Reservation.objects.get()
    assert (first.item.key, first.scope, str(first.review_on)) == (TAX, "仅第二句", "2027-02-01")
    story.say(JIASHAN, "agree", RESERVATION)
    assert [row.pk for row in standing_reservations(story.plan)] == [first.pk + 1]
    story.say(JIASHAN)
    assert list(standing_reservations(story.plan)) == []


def test_close_before_all_have_spoken_is_blocked_and_names_who_is_missing(small: Story) -> None:
    small.open()
    small.say(QINGPU)
    with pytest.raises(Blocked) as refusal:
        close_sign_off(actor=small.coordinator, plan=small.plan)
    assert [b.code for b in refusal.value.blockers] == ["position"]
    assert "吴江区" in str(refusal.value.blockers[0].text)


def test_close_passes_when_every_item_passes_and_composes_the_statement(small: Story) -> None:
    small.open()
    small.say(QINGPU)
    small.say(WUJIANG)
    end = close_sign_off(actor=small.coordinator, plan=small.plan)
    statement = statement_of(small.sign_off)
    assert end.outcome == "passed"
    assert canonical.digest(statement.content) == statement.hash
    assert acts(small)[-1] == "sign_off.close"
    assert last_effects() == {
        "revision": small.plan.frozen.hash,
        "outcome": "passed",
        "failed": [],
        "statement": statement.hash,
        "opened": [],
    }
    assert set(BallotEnd.objects.values_list("outcome", flat=True)) == {"passed"}


def test_close_with_an_objection_does_not_pass(small: Story) -> None:
    small.open()
    small.say(QINGPU)
    small.say(WUJIANG, "object", text="理由")
    stand = Stand(item="article-1", value="object", text="理由", wording="改为")
    small.say(WUJIANG, "agree", stand)
    end = close_sign_off(actor=small.coordinator, plan=small.plan)
    assert (end.outcome, last_effects()["failed"]) == ("failed", ["article-1"])
    assert statement_of(small.sign_off) is None


def test_a_given_item_cannot_be_blocked(world: World) -> None:
    story = tell(world, items=1, parties=(WUJIANG,))
    story.plan.items.get().draft.__class__.objects.update(is_given=True)
    story.publish()
    story.open()
    story.say(QINGPU)
    stand = Stand(item="article-1", value="object", text="困难", wording="改为")
    story.say(WUJIANG, "agree", stand)
    end = close_sign_off(actor=story.coordinator, plan=story.plan)
    content = json.loads(statement_of(story.sign_off).content)
    assert end.outcome == "passed"
    assert content["objections"] == [
        {"item": "article-1", "party": WUJIANG, "reason": "困难", "wording": "改为"}
    ]


def test_close_due_closes_once_at_the_hour(small: Story) -> None:
    sign_off = small.open(closes_at=in_days(1))
    assert close_due_sign_offs(now=clock.now()) == 0
    with clock.stated(sign_off.closes_at + timedelta(seconds=1)):
        assert close_due_sign_offs(now=clock.now()) == 1
        assert close_due_sign_offs(now=clock.now()) == 0
    entry = RecordEntry.objects.order_by("-pk")[0]
    assert (entry.act, entry.actor_kind) == ("sign_off.close", "system")
    assert SignOffEnd.objects.get().outcome == "failed"


def test_sealed_record_holds_a_commitment_that_the_close_opens(small: Story) -> None:
    sign_off = small.open(closes_at=in_days(1), is_sealed=True)
    receipt = small.say(QINGPU, "object", text="理由")
    commitment = canonical.commitment(receipt.content, receipt.nonce)
    assert last_effects() == {"revision": small.plan.frozen.hash, "commitment": commitment}
    with clock.stated(sign_off.closes_at):
        close_due_sign_offs(now=clock.now())
    assert last_effects()["opened"] == [
        {"commitment": commitment, "nonce": receipt.nonce, "declaration": receipt.hash}
    ]


def test_end_without_result_needs_a_reason_and_evaluates_nothing(small: Story) -> None:
    small.open()
    with pytest.raises(Invalid):
        end_without_result(actor=small.coordinator, plan=small.plan, reason=" ")
    end_without_result(actor=small.coordinator, plan=small.plan, reason="条文需修改")
    assert set(BallotEnd.objects.values_list("outcome", flat=True)) == {"without_result"}
    assert acts(small) == ["sign_off.open", "sign_off.withdraw"]
    assert last_effects() == {"reason": canonical.digest("条文需修改"), "opened": []}


def test_carry_names_the_consents_that_fall_and_keeps_the_objection(world: World) -> None:
    story = tell(world, items=16)
    story.open()
    for code in (QINGPU, JIASHAN):
        story.say(code)
    story.say(WUJIANG, "agree", OBJECTION)
    assert end_item_ballots(plan=story.plan, keys=[LOWFLOW], reason="重开第二阶段") == [LOWFLOW]
    effects = story.rewrite(LOWFLOW, "按三级启动联合响应。")
    assert effects["superseded"] == [LOWFLOW]
    assert list(effects["opened"]) == [LOWFLOW]
    assert effects["stale"] == [
        [LOWFLOW, QINGPU, "item_changed"],
        [LOWFLOW, JIASHAN, "item_changed"],
    ]


def test_the_story_passes_after_renewal_with_one_reservation(world: World) -> None:
    story = tell_to_s3(world)
    story.say(JIASHAN, "agree", RESERVATION)
    for code in (QINGPU, WUJIANG, JIANGSU, ZHEJIANG):
        story.say(code)
    assert [b.code for b in blockers(plan=story.plan)] == ["sign_off.open"]
    assert close_sign_off(actor=story.coordinator, plan=story.plan).outcome == "passed"
    content = json.loads(statement_of(story.sign_off).content)
    assert [(r["item"], r["party"]) for r in content["reservations"]] == [(TAX, JIASHAN)]
    assert {b.code for b in blockers(plan=story.plan)} == {"statement.unsigned"}
    codes = [party["code"] for party in content["parties"]]
    for code in codes:
        sign_statement(actor=story.actor(code), plan=story.plan)
    assert blockers(plan=story.plan) == []
    with pytest.raises(Conflict):
        sign_statement(actor=story.actor(codes[0]), plan=story.plan)
    assert acts(story)[-6:] == ["statement.sign"] * 6


def test_gate_names_what_is_missing_before_a_sign_off(small: Story) -> None:
    assert [b.code for b in blockers(plan=small.plan)] == ["sign_off.none"]
    small.open()
    assert [b.code for b in blockers(plan=small.plan)] == ["sign_off.open"]
    end_without_result(actor=small.coordinator, plan=small.plan, reason="修改")
    assert [b.code for b in blockers(plan=small.plan)] == ["sign_off.not_passed"]


def test_duties_ask_for_a_stand_a_renewal_the_close_and_a_signature(
    world: World, django_assert_max_num_queries: object
) -> None:
    story = tell_to_s3(world)
    with django_assert_max_num_queries(13):
        owed = duties(plans=[story.plan], now=clock.now())
    asked = [
        ("position.renew", QINGPU),
        ("position.take", JIANGSU),
        ("position.take", ZHEJIANG),
        ("position.renew", JIASHAN),
    ]
    inside = [("position.draft", code) for _kind, code in asked]
    assert [(duty.kind, duty.holder_code) for duty in owed] == [*asked, *inside]
    for code in (QINGPU, WUJIANG, JIANGSU, ZHEJIANG, JIASHAN):
        story.say(code)
    owed = duties(plans=[story.plan], now=clock.now())
    assert [(duty.kind, duty.holder_code) for duty in owed] == [("sign_off.close", None)]
    close_sign_off(actor=story.coordinator, plan=story.plan)
    owed = duties(plans=[story.plan], now=clock.now())
    assert {duty.kind for duty in owed} == {"statement.sign"}
    assert len(owed) == 6
