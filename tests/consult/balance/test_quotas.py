"""Whatever is transferred, the quotas in force add up to the target: held against brute force."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from consult.balance.quotas import Move, Quota, fault, in_force, net_of, read_quota
from consult.phase4_implementation.series import plain

CODES = ("310118", "320509", "330421")
LAND = Quota(
    aggregation="sum",
    allotted={
        "310118": Decimal("270.40"),
        "320509": Decimal("382.60"),
        "330421": Decimal("150.60"),
    },
)
amounts = st.decimals("0.000001", "999", places=6)
moves = st.builds(Move, giver=st.sampled_from(CODES), taker=st.sampled_from(CODES), amount=amounts)


def test_the_transfer_of_the_demonstration() -> None:
    move = Move(giver="330421", taker="320509", amount=Decimal("0.40"))
    assert fault(LAND, moves=[], move=move) == {}
    after = in_force(LAND.allotted, [move])
    assert after == {
        "310118": Decimal("270.40"),
        "320509": Decimal("383.00"),
        "330421": Decimal("150.20"),
    }
    assert sum(after.values()) == Decimal("803.60")
    assert [net_of(code, [move]) for code in CODES] == [0, Decimal("0.40"), Decimal("-0.40")]


@given(st.lists(moves, max_size=30))
def test_accepted_transfers_keep_the_total_and_every_floor(wanted: list[Move]) -> None:
    quota = Quota(
        aggregation="sum",
        allotted=LAND.allotted,
        floors={"330421": Decimal("100")},
        ceilings={"320509": Decimal("400")},
    )
    agreed: list[Move] = []
    held = dict(quota.allotted)  # brute force: one by one, kept by hand
    for one in wanted:
        is_possible = (
            one.giver != one.taker
            and held[one.giver] - one.amount >= quota.floors.get(one.giver, 0)
            and held[one.taker] + one.amount <= quota.ceilings.get(one.taker, Decimal(10**9))
        )
        assert (fault(quota, moves=agreed, move=one) == {}) is is_possible
        if is_possible:
            agreed.append(one)
            held[one.giver] -= one.amount
            held[one.taker] += one.amount
        assert in_force(quota.allotted, agreed) == held
        assert sum(held.values()) == sum(quota.allotted.values())
        assert sum(net_of(code, agreed) for code in CODES) == 0


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    [
        ({"aggregation": "worst"}, "item", "Only quotas that add up"),
        ({"allotted": {}}, "item", "This indicator allots nothing"),
        ({"guard": "no_reduction"}, "item", "What this indicator guards"),
        ({"floors": {"330421": Decimal("150.3")}}, "amount", "no more than 0.3 to give"),
        ({"ceilings": {"320509": Decimal("382.9")}}, "amount", "no more than 382.9"),
    ],
)
def test_what_no_transfer_may_do(changes: dict[str, object], field: str, text: str) -> None:
    values = {"aggregation": "sum", "allotted": LAND.allotted} | changes
    move = Move(giver="330421", taker="320509", amount=Decimal("0.40"))
    with translation.override("en"):
        found = {
            name: str(words) for name, words in fault(Quota(**values), moves=[], move=move).items()
        }
    assert list(found) == [field]
    assert text in found[field]


@pytest.mark.parametrize(
    ("move", "field"),
    [
        (Move(giver="330421", taker="330421", amount=Decimal(1)), "taker"),
        (Move(giver="320583", taker="330421", amount=Decimal(1)), "giver"),
        (Move(giver="330421", taker="320509", amount=Decimal(0)), "amount"),
        (Move(giver="330421", taker="320509", amount=Decimal("-1")), "amount"),
        (Move(giver="330421", taker="320509", amount=Decimal("NaN")), "amount"),
        (Move(giver="330421", taker="320509", amount=Decimal("1e308")), "amount"),
        (Move(giver="330421", taker="320509", amount=Decimal("0.0000001")), "amount"),
        (Move(giver="330421", taker="320509", amount=Decimal("150.61")), "amount"),
    ],
)
def test_a_bad_move_says_which_field(move: Move, field: str) -> None:
    assert list(fault(LAND, moves=[], move=move)) == [field]


def test_shares_that_are_no_figures_are_left_out() -> None:
    content = {
        "aggregation": "sum",
        "allocations": {"310118": "1.5", "320509": "", "330421": "NaN"},
    }
    assert read_quota(content) == Quota(aggregation="sum", allotted={"310118": Decimal("1.5")})
    assert plain(Decimal("1.500")) == "1.5"
