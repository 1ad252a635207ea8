"""Rows that are not decided by the parties, what passed on into a cell, and the matrix against brute force."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.consensus.changes import ChangeKind, Fate, Position, Reason
from consult.consensus.matrix import (
    NOT_DECIDED,
    CellState,
    Counting,
    Matrix,
    MatrixItem,
    RowState,
    matrix,
)
from consult.consensus.requirements import parse_rule
from tests.consult.consensus import brute
from tests.consult.consensus.test_matrix import (
    BINDING,
    COUNTIES,
    FAMILIES,
    GUIDING,
    TACIT,
    ballot,
    item,
)

FLAGS: dict[str, Any] = {name: {} for name in FAMILIES} | {
    "object": {"blocks": True, "needs_text": True},
    "recused": {"leaves_electorate": True},
}
RULES = {"binding": BINDING, "guiding": GUIDING, "tacit": TACIT}


def board(*items: MatrixItem, closed: bool = True, **more: Any) -> Matrix:
    return matrix(
        items=items,
        ballot=ballot(COUNTIES, closed=closed),
        positions=more.pop("positions", []),
        **more,
    )


def agreed(*parties: str, on: str | None = None) -> list[Position]:
    return [Position(party, on, "agree") for party in parties or COUNTIES]


def test_item_no_signing_party_is_high_enough_for_is_not_decided_here() -> None:
    high = item("1", electorate=(), supporting=frozenset(COUNTIES))
    positions = [*agreed(*COUNTIES[:2]), Position(COUNTIES[2], None, "object")]
    for closed in (True, False):
        found = board(high, positions=positions, closed=closed)
        [row] = found.rows
        assert (row.state, row.is_decided_here) == (RowState.NOT_DECIDED_HERE, False)
        assert (row.result.requirements, row.result.warnings, row.result.would_pass) == (
            (),
            (),
            False,
        )
        assert row.result.still_needed == NOT_DECIDED[RowState.NOT_DECIDED_HERE]
        assert [cell.state for cell in row.cells] == [
            CellState.AGREED,
            CellState.AGREED,
            CellState.OBJECTED,
        ]
        assert {cell.counting for cell in row.cells} == {Counting.BELOW_COMPETENCE}


@pytest.mark.parametrize(
    ("rows", "closed", "expected"),
    [
        (("passing", "high"), True, RowState.PASSED),
        (("failing", "high"), True, RowState.FAILED),
        (("passing", "failing"), True, RowState.FAILED),
        (("passing", "removed", "given"), True, RowState.PASSED),
        (("high",), True, RowState.FAILED),
        ((), True, RowState.FAILED),
        (("passing", "high"), False, RowState.OPEN),
    ],
)
def test_sign_off_as_a_whole_leaves_out_what_is_not_decided_here(
    rows: tuple[str, ...], closed: bool, expected: RowState
) -> None:
    items = {
        "passing": item("1"),
        "failing": item("2", electorate=COUNTIES),
        "high": item("3", electorate=(), supporting=frozenset(COUNTIES)),
        "removed": item("4", is_removed=True),
        "given": item("5", is_given=True),
    }
    positions = [*agreed(on="1"), Position(COUNTIES[0], "5", "object")]
    found = board(*(items[name] for name in rows), positions=positions, closed=closed)
    assert found.state == expected


def test_supporting_objection_blocks_nothing_and_support_is_no_substitute() -> None:
    high = item("1", electorate=COUNTIES[:1], supporting=frozenset(COUNTIES[1:]))
    objecting = [Position(party, None, "object") for party in COUNTIES[1:]]
    assert board(high, positions=agreed(COUNTIES[0]) + objecting).results == {"passed": 1}
    assert board(high, positions=agreed(*COUNTIES[1:])).results == {"failed": 1}


def test_principle_confirmed_counts_as_agreement_for_a_rule_that_names_only_that() -> None:
    share = {"kind": "min_share", "of": ["agree"], "over": "electorate", "at_least": "1"}
    told = ballot(COUNTIES)
    narrow = parse_rule(
        {"requirements": [share]}, values=told.values, parties=told.parties, at="rule"
    )
    told = replace(told, rules={"binding": narrow})
    positions = [*agreed(*COUNTIES[1:]), Position(COUNTIES[0], None, "agree_in_principle")]
    for confirmed, state in ((frozenset({("1", COUNTIES[0])}), "passed"), (frozenset(), "failed")):
        [row] = matrix(
            items=[item("1")], ballot=told, positions=positions, confirmed=confirmed
        ).rows
        assert row.result.state == state
        assert row.cells[0].state == CellState.AGREED_IN_PRINCIPLE
        assert row.cells[0].value == "agree_in_principle"


@pytest.mark.parametrize("values", list(product(["", *FAMILIES], repeat=3)))
def test_given_item_passes_whatever_the_parties_say(values: tuple[str, ...]) -> None:
    positions = [
        Position(party, None, value) for party, value in zip(COUNTIES, values, strict=True) if value
    ]
    given = item("1", is_given=True)
    [closed] = board(given, positions=positions).rows
    [ahead] = board(given, positions=positions, closed=False).rows
    assert (closed.state, ahead.state) == (RowState.PASSED, RowState.OPEN)
    assert ahead.result.would_pass
    assert [standing.kind for standing in ahead.result.requirements] == ["given"]


def test_party_that_left_shows_what_it_held_and_counts_no_more() -> None:
    left = item("1", ended=frozenset({COUNTIES[0]}))
    positions = [*agreed(*COUNTIES[1:]), Position(COUNTIES[0], None, "object")]
    [row] = board(left, positions=positions).rows
    assert row.state == RowState.PASSED
    assert (row.cells[0].state, row.cells[0].counting) == (
        CellState.OBJECTED,
        Counting.PARTY_LEFT,
    )
    [silent] = board(left, positions=positions[:2]).rows
    assert silent.cells[0].state == CellState.NOT_CONCERNED
    [all_left] = board(item("1", ended=frozenset(COUNTIES))).rows
    assert all_left.state == RowState.NOT_DECIDED_HERE


def fate(party: str, value: str, origin: str, *, stale: bool = False, on: str = "1") -> Fate:
    reason = Reason.ITEM_CHANGED if stale else Reason.DIFFERENCE_PASSES_ON
    held = Position(party, origin or on, value)
    return Fate(on, party, held, stale, reason, frozenset({ChangeKind.TEXT}), origin or None)


def test_all_differences_that_passed_on_show_and_the_heaviest_counts() -> None:
    first = COUNTIES[0]
    fates = [fate(first, "agree_reserved", "0"), fate(first, "object", "00")]
    [row] = board(item("1"), fates=fates).rows
    cell = row.cells[0]
    assert (cell.state, cell.counting, cell.passed_from) == (
        CellState.OBJECTED,
        Counting.COUNTS,
        "00",
    )
    assert [(held.value, held.origin) for held in cell.also] == [("agree_reserved", "0")]


def test_reservation_that_passed_on_does_not_stand_in_for_a_consent_that_fell() -> None:
    first = COUNTIES[0]
    fates = [fate(first, "agree", "", stale=True), fate(first, "agree_reserved", "0")]
    for order in (fates, fates[::-1]):
        [row] = board(item("1"), fates=order, positions=agreed(*COUNTIES[1:])).rows
        assert (row.cells[0].state, row.cells[0].counting) == (
            CellState.RESERVED,
            Counting.STALE,
        )
        assert row.state == RowState.FAILED


def test_removed_item_shows_the_differences_left_on_it_and_is_decided_no_more() -> None:
    gone = item("0", electorate=COUNTIES[:2], is_removed=True)
    kinds = frozenset({ChangeKind.REMOVED})
    stays, moved = (
        Fate("0", party, Position(party, "0", "object"), False, reason, kinds)
        for party, reason in (
            (COUNTIES[2], Reason.DIFFERENCE_STAYS),
            (COUNTIES[1], Reason.DIFFERENCE_PASSES_ON),
        )
    )
    [row] = board(gone, fates=[stays, moved], positions=agreed()).rows
    assert (row.state, row.is_decided_here) == (RowState.REMOVED, False)
    assert [(cell.state, cell.counting) for cell in row.cells] == [
        (CellState.NOT_CONCERNED, Counting.NOT_CONCERNED),
        (CellState.NOT_CONCERNED, Counting.NOT_CONCERNED),
        (CellState.OBJECTED, Counting.ITEM_REMOVED),
    ]


def test_general_position_replaces_what_its_party_said_before_it() -> None:
    positions = [Position(COUNTIES[0], "1", "object"), *agreed()]
    assert board(item("1"), positions=positions).results == {"passed": 1}
    assert board(item("1"), positions=positions[1:] + positions[:1]).results == {"failed": 1}


CELLS = st.tuples(
    st.sampled_from(["", *FAMILIES]), st.booleans(), st.booleans(), st.booleans(), st.booleans()
)


@given(
    st.lists(CELLS, min_size=3, max_size=3),
    st.sampled_from(list(RULES)),
    st.sets(st.sampled_from(COUNTIES), min_size=1),
    st.booleans(),
)
def test_row_stands_where_the_naive_reading_of_its_counted_cells_stands(
    cells: list[tuple[str, bool, bool, bool, bool]], rule: str, electorate: set[str], closed: bool
) -> None:
    """Each cell: value, stale, with text, confirmed, conditions met. What does not count is as if not said, but for
    a party without its text, which has spoken; and no silence is read into a consent that waits."""
    positions, spoken, waiting, confirmed = [], [], set(), set()
    for party, (value, stale, has_text, is_confirmed, is_met) in zip(COUNTIES, cells, strict=True):
        if not value:
            continue
        consent = value in ("agree", "agree_in_principle")
        held = Position(party, "1", value, stale and consent, has_text, is_confirmed)
        positions.append(held)
        if is_met:
            confirmed.add(("1", party))
        waits = held.is_stale or not is_confirmed or (value == "agree_in_principle" and not is_met)
        if waits and not (value == "object" and not has_text and is_confirmed):
            waiting.add(party)
        elif party in electorate:
            said = "agree" if value == "agree_in_principle" else value
            spoken.append({"party": party, "value": said, "text": "why" if has_text else ""})
    # A party that waits neither speaks nor falls silent: it holds a value that no requirement names.
    told = {
        "rule": RULES[rule],
        "values": FLAGS | {"waits": {}},
        "parties": [{"id": party} for party in COUNTIES if party in electorate],
        "positions": spoken
        + [{"party": party, "value": "waits"} for party in waiting & electorate],
        "closed": True,
    }
    [row] = board(
        item("1", rule, tuple(electorate)),
        positions=positions,
        confirmed=frozenset(confirmed),
        closed=closed,
    ).rows
    assert row.result.would_pass == (brute.evaluate(told)[0] == "passed")
    if closed:
        assert row.result.state == brute.evaluate(told)[0]
