import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from consult.balance import actions
from consult.balance.duties import duties
from consult.balance.enums import AgreementState, YearState
from consult.balance.models import QuotaTransferAnswer, SettlementAnswer
from consult.balance.queries import balance_of, get_compensation, get_transfer
from consult.balance.rules import ACTS
from consult.balance.steps import Stated
from plans.register.steps import set_phase
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.consult.balance.ground import LAND, Ground
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG

LATER = datetime(2027, 2, 1, tzinfo=UTC)


def entries() -> list[tuple[str, str]]:
    rows = RecordEntry.objects.order_by("seq").values_list("act", "subject")
    return [(act, subject) for act, subject in rows if act in ACTS]


def effects() -> dict[str, object]:
    return json.loads(RecordEntry.objects.order_by("-seq")[0].payload)["effects"]


def in_force(ground: Ground) -> dict[str, Decimal]:
    found = balance_of(actor=ground.actor(QINGPU), plan=ground.plan)
    return {one.code: one.in_force for one in found.quotas if one.item.key == "land"}


def test_a_transfer_counts_when_both_have_confirmed_it_and_the_total_stays(ground: Ground) -> None:
    before = in_force(ground)
    transfer = ground.transfer(price="320")
    assert in_force(ground) == before
    assert effects()["confirmed"] is True
    ground.confirm(transfer)
    after = in_force(ground)
    assert after == {
        QINGPU: Decimal("270.40"),
        WUJIANG: Decimal("383.00"),
        JIASHAN: Decimal("150.20"),
    }
    assert sum(after.values()) == Decimal("803.60")
    assert entries() == [("transfer.propose", "transfer:QT1"), ("transfer.confirm", "transfer:QT1")]
    assert set(
        Notice.objects.filter(kind__startswith="transfer").values_list("kind", "user__email")
    ) == {
        ("transfer.propose", f"contact_point@{WUJIANG}.example"),
        ("transfer.propose", f"signatory@{WUJIANG}.example"),
        ("transfer.confirm", f"contact_point@{JIASHAN}.example"),
        ("transfer.confirm", f"signatory@{JIASHAN}.example"),
    }


def test_a_planner_proposes_and_binds_nobody(ground: Ground) -> None:
    transfer = ground.transfer(ground.actor(JIASHAN, Role.PLANNER))
    assert not QuotaTransferAnswer.objects.exists()
    ground.confirm(transfer)
    row = get_transfer(actor=None, plan=ground.plan, number=1)
    assert (row.state, row.waits_for) == (AgreementState.PROPOSED, [JIASHAN])
    ground.confirm(transfer, code=JIASHAN)
    assert get_transfer(actor=None, plan=ground.plan, number=1).is_in_force


@pytest.mark.parametrize(
    ("code", "role", "reason"),
    [(QINGPU, Role.CONTACT_POINT, Reason.NOT_YOURS), (JIASHAN, Role.SUPERVISOR, Reason.WRONG_ROLE)],
)
def test_propose_transfer_is_refused_with_its_reason(
    ground: Ground, code: str, role: Role, reason: Reason
) -> None:
    with pytest.raises(Refused) as refusal:
        ground.transfer(ground.actor(code, role))
    assert refusal.value.verdict.reason is reason
    assert entries() == []


def test_nothing_is_agreed_before_phase_4_or_by_strangers(ground: Ground) -> None:
    with pytest.raises(NotVisible):
        ground.transfer(ground.actor(KUNSHAN))
    set_phase(plan=ground.plan, phase=3)
    with pytest.raises(Refused) as refusal:
        ground.transfer()
    assert refusal.value.verdict.reason is Reason.WRONG_PHASE


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"item": "red-lines"}, "item"),
        ({"item": "none"}, "item"),
        ({"amount": "150.61"}, "amount"),
        ({"taker": KUNSHAN}, "taker"),
        ({"price": "1e308"}, "price"),
        ({"price": "NaN"}, "price"),
        ({"price": "0.001"}, "price"),
    ],
)
def test_a_bad_transfer_says_which_field(
    ground: Ground, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as error:
        ground.transfer(**changes)
    assert list(error.value.errors) == [field]


def test_two_proposals_of_the_same_rest_are_not_both_confirmed(ground: Ground) -> None:
    first, second = ground.transfer(amount="100"), ground.transfer(amount="100")
    ground.confirm(first)
    with translation.override("en"), pytest.raises(Conflict) as error:
        ground.confirm(second)
    with translation.override("en"):
        assert "no more than 50.6" in str(error.value.text)


def test_a_refusal_needs_its_reason_and_ends_it(ground: Ground) -> None:
    transfer = ground.transfer()
    values = {"actor": ground.actor(WUJIANG), "plan": ground.plan, "transfer": transfer}
    with pytest.raises(Invalid) as error:
        actions.confirm_transfer(**values, confirms=False)
    assert list(error.value.errors) == ["reason"]
    actions.confirm_transfer(**values, confirms=False, reason="暂不需要")
    with pytest.raises(Conflict):
        actions.confirm_transfer(**values, confirms=True)
    assert get_transfer(actor=None, plan=ground.plan, number=1).state == AgreementState.REFUSED


def test_a_new_wording_overtakes_what_waits_and_keeps_what_allots_the_same(ground: Ground) -> None:
    agreed, waiting = ground.transfer(), ground.transfer(amount="1")
    ground.confirm(agreed)
    ground.publish(LAND | {"source": "年度国土变更调查"})
    with pytest.raises(Conflict):
        ground.confirm(waiting)
    assert in_force(ground)[WUJIANG] == Decimal("383.00")
    shares = {QINGPU: "270.40", WUJIANG: "383.60", JIASHAN: "149.60"}
    ground.publish(LAND | {"allocations": shares})
    assert get_transfer(actor=None, plan=ground.plan, number=1).state == AgreementState.OVERTAKEN
    assert in_force(ground)[WUJIANG] == Decimal("383.60")


def test_a_year_is_settled_when_the_payee_confirms_it(ground: Ground) -> None:
    made = ground.compensation()
    settlement = ground.state(made)
    answer = {"plan": ground.plan, "settlement": settlement}
    with pytest.raises(Refused) as refusal:
        actions.confirm_settlement(actor=ground.actor(QINGPU), **answer, confirms=True)
    assert refusal.value.verdict.reason is Reason.NOT_YOURS
    actions.confirm_settlement(actor=ground.actor(WUJIANG), **answer, confirms=True)
    year = get_compensation(actor=None, plan=ground.plan, number=1).years[0]
    assert (year.year, year.state, year.received) == (2025, YearState.SETTLED, Decimal(2400))
    with pytest.raises(Conflict):
        ground.state(made)
    total = balance_of(actor=ground.actor(JIASHAN), plan=ground.plan).total
    assert (total.owed, total.settled, total.paid) == (0, 0, Decimal(2400))
    assert entries() == [
        ("compensation.propose", "compensation:CP1"),
        ("compensation.confirm", "compensation:CP1"),
        ("settlement.state", "compensation:CP1"),
        ("settlement.confirm", "compensation:CP1"),
    ]


def test_a_payment_the_payee_denies_is_owed_again_and_both_words_stay(ground: Ground) -> None:
    made = ground.compensation()
    first = ground.state(made)
    values = {"actor": ground.actor(WUJIANG), "plan": ground.plan}
    with pytest.raises(Invalid) as error:
        actions.confirm_settlement(**values, settlement=first, confirms=False)
    assert list(error.value.errors) == ["reason"]
    actions.confirm_settlement(**values, settlement=first, confirms=False, reason="未到账")
    second = ground.state(made)
    year = get_compensation(actor=None, plan=ground.plan, number=1).years[0]
    assert (year.state, year.is_contradicted, list(year.settlements)) == (
        YearState.STATED,
        True,
        [first, second],
    )
    with pytest.raises(Conflict):
        actions.confirm_settlement(**values, settlement=first, confirms=True)
    assert SettlementAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"year": 2024}, "year"),
        ({"year": 2099}, "year"),
        ({"due": "2300", "paid": "2300"}, "note"),
        ({"paid": "2400.01"}, "amount_paid"),
        ({"paid": "NaN"}, "amount_paid"),
        ({"due": "1e308"}, "amount_due"),
    ],
)
def test_a_bad_settlement_says_which_field(
    ground: Ground, changes: dict[str, object], field: str
) -> None:
    made = ground.compensation()
    with pytest.raises(Invalid) as error:
        ground.state(made, **changes)
    assert list(error.value.errors) == [field]


def test_a_payment_needs_its_day_and_its_proof(ground: Ground) -> None:
    made = ground.compensation()
    stated = Stated(year=2025, amount_due=Decimal(2400), amount_paid=Decimal(1))
    with pytest.raises(Invalid) as error:
        actions.state_settlement(
            actor=ground.actor(QINGPU), plan=ground.plan, of=made, stated=stated
        )
    assert list(error.value.errors) == ["paid_on", "file"]


def test_what_is_not_confirmed_by_both_or_has_no_price_is_not_settled(ground: Ground) -> None:
    with pytest.raises(Conflict):
        ground.state(ground.compensation(confirmed=False))
    free = ground.transfer()
    ground.confirm(free)
    with pytest.raises(Conflict):
        ground.state(free, code=WUJIANG)


def test_duties_follow_what_is_missing(ground: Ground) -> None:
    ground.transfer(price="320")
    made = ground.compensation()

    def owed() -> set[tuple[str, str | None]]:
        found = duties(plans=[ground.plan], now=LATER)
        return {(one.kind, one.holder_code) for one in found}

    # 2025 is to be settled; 2026 belongs to the clock of the queries and is under way.
    assert owed() == {("transfer.confirm", WUJIANG), ("settlement.state", QINGPU)}
    ground.state(made)
    assert ("settlement.confirm", WUJIANG) in owed()
    set_phase(plan=ground.plan, phase=3)
    ground.plan.refresh_from_db()
    assert owed() == set()


def test_duties_cost_the_same_for_many(ground: Ground, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _number in range(12):
        ground.transfer(amount="0.01")
        ground.compensation()
    with django_assert_max_num_queries(12):
        found = duties(plans=[ground.plan], now=LATER)
    assert sum(one.kind == "transfer.confirm" for one in found) == 12
