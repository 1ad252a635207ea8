from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.projects.sheet import share_fault, sheet_faults
from tests.plans.projects.sheets import share, sheet
from tests.world import JIASHAN, QINGPU, WUJIANG

CENTS = st.integers(min_value=0, max_value=10_000)


@given(st.lists(CENTS, min_size=1, max_size=6))
def test_shares_stand_only_when_they_are_exactly_a_hundred(cents: list[int]) -> None:
    shares = [Decimal(one) / 100 for one in cents]
    assert (share_fault(shares) is None) == (sum(cents) == 10_000)


@given(st.lists(CENTS, min_size=1, max_size=6).filter(lambda cents: sum(cents) <= 10_000))
def test_shares_completed_to_a_hundred_stand(cents: list[int]) -> None:
    rest = 10_000 - sum(cents)
    assert share_fault([Decimal(one) / 100 for one in [*cents, rest]]) is None


def test_three_thirds_that_miss_one_hundredth_are_refused() -> None:
    text = share_fault([Decimal("33.33")] * 3)
    assert str(text).replace("，", ",").count("99.99") == 1


@pytest.mark.parametrize("figure", ["NaN", "Infinity", "-1", "100.01", "33.333"])
def test_a_share_that_is_no_percentage_is_refused(figure: str) -> None:
    assert share_fault([Decimal(figure), Decimal(50)]) is not None


def test_shares_may_be_left_open_for_all() -> None:
    assert share_fault([None, None]) is None


TWO_LEADS = (share(QINGPU, "lead", None, None), share(WUJIANG, "lead", None, None))
NO_LEAD = (share(QINGPU, "partner", None, None),)
TWICE = (share(QINGPU, "lead", None, None), share(QINGPU, "partner", None, None))
SHORT = (share(QINGPU, "lead", "50", None), share(JIASHAN, "partner", "49.99", None))


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"year_until": 2025}, ["year_until"]),
        ({"parties": ()}, ["parties"]),
        ({"parties": TWO_LEADS}, ["parties"]),
        ({"parties": NO_LEAD}, ["parties"]),
        ({"parties": TWICE}, ["parties"]),
        ({"parties": SHORT}, ["cost_share"]),
        ({"budget": Decimal(-1)}, ["budget"]),
    ],
)
def test_sheet_faults_name_their_field(changes: dict[str, object], fields: list[str]) -> None:
    assert list(sheet_faults(sheet(**changes))) == fields
