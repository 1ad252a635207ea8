"""What must add up adds up, and what one pays another receives: on any shares, to two decimals."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.balance.enums import YearState
from consult.balance.sums import (
    Carried,
    Ledger,
    Paid,
    Said,
    contradict,
    due_of,
    ledger,
    over_years,
    received_of,
    shares_of,
    year_state,
)

CODES = ("310118", "320509", "330421", "320583")
money = st.decimals("0", "10000000", places=2)


@st.composite
def shares(draw: st.DrawFn) -> dict[str, Decimal]:
    """Percents with two places that add up to exactly 100."""
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), min_size=3, max_size=3)))
    ends = [0, *cuts, 10_000]
    parts = [b - a for a, b in pairwise(ends)]
    return {code: Decimal(part) / 100 for code, part in zip(CODES, parts, strict=True)}


@st.composite
def projects(draw: st.DrawFn) -> Carried:
    first = draw(st.integers(2024, 2030))
    return Carried(
        key="PJ",
        budget=draw(money),
        year_from=first,
        year_until=first + draw(st.integers(0, 9)),
        cost_shares=draw(shares()),
        benefit_shares=draw(shares()),
    )


payments = st.builds(
    lambda pair, year, due, received: Paid(
        payer=pair[0], payee=pair[1], year=year, due=due, received=received
    ),
    st.permutations(CODES),
    st.integers(2024, 2035),
    money,
    money,
)


@given(st.lists(projects(), max_size=6), st.lists(payments, max_size=10))
def test_the_books_balance(rows: list[Carried], paid: list[Paid]) -> None:
    book = ledger(projects=rows, payments=paid)
    whole = book.whole.values()
    budget = sum((one.budget for one in rows), Decimal(0))
    assert sum(one.cost for one in whole) == budget
    assert sum(one.benefit for one in whole) == budget
    assert sum(one.gain for one in whole) == 0
    assert sum(one.owed for one in whole) == 0
    assert sum(one.settled for one in whole) == 0
    for code, account in book.whole.items():
        years = [one for (name, _year), one in book.years.items() if name == code]
        for field in vars(account):
            assert sum(getattr(one, field) for one in years) == getattr(account, field)
    for year in book.all_years:
        rows_of_year = [one for (_code, at), one in book.years.items() if at == year]
        assert sum(one.owed for one in rows_of_year) == 0


@given(money, shares())
def test_a_part_is_less_than_a_fen_from_its_share(
    budget: Decimal, given_shares: dict[str, Decimal]
) -> None:
    parts = shares_of(budget, given_shares)
    assert sum(parts.values()) == budget
    for code, part in parts.items():
        assert abs(part - budget * given_shares[code] / 100) < Decimal("0.01")


def test_square_hall_splits_to_the_last_fen() -> None:
    thirds = {"310118": Decimal("33.34"), "320509": Decimal("33.33"), "330421": Decimal("33.33")}
    assert shares_of(Decimal(95000), thirds) == {
        "310118": Decimal("31673.00"),
        "320509": Decimal("31663.50"),
        "330421": Decimal("31663.50"),
    }
    assert over_years(Decimal("100.00"), first=2026, last=2028) == {
        2026: Decimal("33.34"),
        2027: Decimal("33.33"),
        2028: Decimal("33.33"),
    }


def test_shares_that_are_not_a_hundred_count_nowhere() -> None:
    assert shares_of(Decimal(1), {"310118": Decimal("99.99")}) == {}
    assert shares_of(Decimal(1), {}) == {}
    assert Ledger().all_years == []


def said(due: str, paid: str, confirms: bool | None) -> Said:
    return Said(due=Decimal(due), paid=Decimal(paid), confirms=confirms)


@pytest.mark.parametrize(
    ("rows", "state", "due", "received", "differs"),
    [
        ([], YearState.OPEN, "10", "0", False),
        ([said("10", "10", None)], YearState.STATED, "10", "0", False),
        ([said("10", "10", False)], YearState.REFUSED, "10", "0", True),
        ([said("10", "4", True)], YearState.PART, "10", "4", False),
        ([said("10", "10", False), said("10", "10", None)], YearState.STATED, "10", "0", True),
        ([said("9", "9", True)], YearState.SETTLED, "9", "9", True),
        ([said("10", "4", True), said("10", "10", None)], YearState.STATED, "10", "4", True),
        ([said("10", "4", True), said("10", "10", True)], YearState.SETTLED, "10", "10", True),
    ],
)
def test_how_a_year_stands(
    rows: list[Said], state: YearState, due: str, received: str, differs: bool
) -> None:
    agreed = Decimal(10)
    assert year_state(rows) is state
    assert due_of(agreed=agreed, said=rows) == Decimal(due)
    assert received_of(rows) == Decimal(received)
    assert contradict(rows, agreed=agreed) is differs


def test_a_year_without_a_figure_owes_what_the_payer_states() -> None:
    assert due_of(agreed=None, said=[]) is None
    assert due_of(agreed=None, said=[said("7", "0", None)]) == Decimal(7)
