"""The consent matrix: the demonstration story, what does not count, and its size."""

from random import Random
from time import process_time
from typing import Any

import pytest

from consult.consensus.case import Party
from consult.consensus.changes import CharterOptions, Family, Fate, Position, Reason
from consult.consensus.matrix import (
    COUNTING,
    Ballot,
    CellState,
    Counting,
    Matrix,
    MatrixItem,
    matrix,
)
from consult.consensus.parse import parse_values
from consult.consensus.requirements import parse_rule

FAMILIES = {
    "agree": Family.AGREED,
    "agree_in_principle": Family.AGREED_IN_PRINCIPLE,
    "agree_reserved": Family.RESERVED,
    "object": Family.OBJECTED,
    "abstain": Family.ABSTAINED,
    "recused": Family.RECUSED,
}
VALUES = parse_values(
    {name: {} for name in FAMILIES}
    | {"object": {"blocks": True, "needs_text": True}, "recused": {"leaves_electorate": True}},
    at="values",
)
SUPPORT = ["agree", "agree_in_principle", "agree_reserved"]
COUNTIES, PROVINCES = ("310118", "320509", "330421"), ("310000", "320000", "330000")
CO_SIGNERS = COUNTIES + PROVINCES
BINDING: dict[str, Any] = {
    "silence": "none",
    "requirements": [
        {"kind": "no_block"},
        {"kind": "min_share", "of": SUPPORT, "over": "electorate", "at_least": "1"},
    ],
}
GUIDING = BINDING | {
    "requirements": [BINDING["requirements"][0], BINDING["requirements"][1] | {"at_least": "2/3"}]
}
TACIT = BINDING | {"silence": "agree"}


def ballot(ids: tuple[str, ...] = CO_SIGNERS, *, closed: bool = True) -> Ballot:
    parties = tuple(Party(name) for name in ids)
    rules = {
        name: parse_rule(rule, values=VALUES, parties=parties, at="rule")
        for name, rule in (("binding", BINDING), ("guiding", GUIDING), ("tacit", TACIT))
    }
    return Ballot(parties, VALUES, rules, CharterOptions(FAMILIES), closed)


def item(
    name: str, rule: str = "binding", electorate: tuple[str, ...] = COUNTIES, **more: Any
) -> MatrixItem:
    return MatrixItem(name, rule, frozenset(electorate), **more)


def story(*, closed: bool) -> Matrix:
    """45 articles; six parties at 6, 19, 23 and 29; an objection at 16 whose other two consents are stale."""
    wide, guiding = {6, 19, 23, 29}, {23, 29}
    items = [
        item(
            str(n), "guiding" if n in guiding else "binding", CO_SIGNERS if n in wide else COUNTIES
        )
        for n in range(1, 46)
    ]
    positions = [Position(party, None, "agree") for party in (*COUNTIES, "310000")]
    positions.append(Position("320509", "16", "object"))
    positions += [Position(party, "16", "agree", is_stale=True) for party in ("310118", "330421")]
    positions.append(Position("330421", "38", "agree_reserved"))
    return matrix(items=items, ballot=ballot(closed=closed), positions=positions)


def test_demonstration_story_gives_its_expected_matrix() -> None:
    board = story(closed=True)
    assert board.totals == {
        CellState.AGREED: 135,
        CellState.RESERVED: 1,
        CellState.OBJECTED: 1,
        CellState.STALE: 2,
        CellState.SILENT: 8,
        CellState.NOT_CONCERNED: 123,
    }
    assert board.results == {"passed": 42, "failed": 3}
    assert [row.item for row in board.rows if row.result.state == "failed"] == ["6", "16", "19"]
    assert board.by_party["320000"] == {CellState.SILENT: 4, CellState.NOT_CONCERNED: 41}


def test_stale_consent_is_asked_for_again_beside_the_objection() -> None:
    [row] = [row for row in story(closed=True).rows if row.item == "16"]
    assert row.result.still_needed["en"] == (
        "Still needed: 320509 to lift “object”; 310118 and 330421 to renew their consent."
    )
    assert [cell.counting for cell in row.cells[:3]] == [
        Counting.STALE,
        Counting.COUNTS,
        Counting.STALE,
    ]


def test_open_matrix_is_open_and_says_what_can_still_be_reached() -> None:
    board = story(closed=False)
    assert board.results == {"open": 45}
    states = {row.item: [entry.state for entry in row.result.requirements] for row in board.rows}
    assert (states["1"], states["6"], states["16"]) == (
        ["met", "met"],
        ["reachable", "reachable"],
        ["unreachable", "unreachable"],
    )


COUNTS = [
    (Position("310118", None, "agree"), CellState.AGREED, Counting.COUNTS),
    (Position("310118", None, "agree", is_stale=True), CellState.STALE, Counting.STALE),
    (Position("310118", None, "agree", is_confirmed=False), CellState.AGREED, Counting.UNCONFIRMED),
    (
        Position("310118", None, "agree_in_principle"),
        CellState.AGREED_IN_PRINCIPLE,
        Counting.CONDITIONS_OPEN,
    ),
    (Position("310118", None, "agree_reserved"), CellState.RESERVED, Counting.COUNTS),
    (Position("310118", None, "agree_reserved", is_stale=True), CellState.RESERVED, Counting.STALE),
    (Position("310118", None, "object", has_text=False), CellState.OBJECTED, Counting.WITHOUT_TEXT),
    (Position("310118", None, "object"), CellState.OBJECTED, Counting.COUNTS),
    (Position("310118", None, "abstain"), CellState.ABSTAINED, Counting.COUNTS),
    (Position("310118", None, "recused"), CellState.RECUSED, Counting.COUNTS),
]


@pytest.mark.parametrize(("position", "state", "counting"), COUNTS)
def test_cell_shows_position_and_whether_it_counts(
    position: Position, state: CellState, counting: Counting
) -> None:
    [row] = matrix(items=[item("1")], ballot=ballot(), positions=[position]).rows
    assert (row.cells[0].state, row.cells[0].counting, row.cells[0].value) == (
        state,
        counting,
        position.value,
    )
    assert [cell.state for cell in row.cells[1:]] == [CellState.SILENT] * 2 + [
        CellState.NOT_CONCERNED
    ] * 3


@pytest.mark.parametrize(
    ("position", "passes"),
    [
        (None, True),
        (Position("310118", None, "agree", is_stale=True), False),
        (Position("310118", None, "agree", is_confirmed=False), False),
        (Position("310118", None, "agree_in_principle"), False),
        (Position("310118", None, "object", has_text=False), False),
    ],
)
def test_silence_never_stands_in_for_a_consent_that_does_not_count(
    position: Position | None, passes: bool
) -> None:
    board = matrix(
        items=[item("1", "tacit")], ballot=ballot(), positions=[position] if position else []
    )
    assert board.results == {"passed" if passes else "failed": 1}


def test_agreement_in_principle_counts_when_its_conditions_are_confirmed() -> None:
    positions = [Position(party, None, "agree_in_principle") for party in COUNTIES]
    confirmed = frozenset(("1", party) for party in COUNTIES)
    board = matrix(
        items=[item("1"), item("2")], ballot=ballot(), positions=positions, confirmed=confirmed
    )
    assert [row.result.state for row in board.rows] == ["passed", "failed"]


def test_given_item_cannot_be_blocked() -> None:
    positions = [
        Position("310118", None, "agree"),
        Position("320509", None, "object"),
        Position("330421", None, "agree"),
    ]
    board = matrix(
        items=[item("1", is_given=True), item("2")], ballot=ballot(), positions=positions
    )
    assert [row.result.state for row in board.rows] == ["passed", "failed"]
    assert (board.rows[0].cells[1].state, board.rows[0].cells[1].counting) == (
        CellState.OBJECTED,
        Counting.ITEM_GIVEN,
    )


def test_position_below_competence_shows_as_support_and_does_not_count() -> None:
    wide = item("1", electorate=("310000",), supporting=frozenset(COUNTIES))
    positions = [Position("310118", None, "object"), Position("310000", None, "agree")]
    [row] = matrix(items=[wide], ballot=ballot(), positions=positions).rows
    assert row.result.state == "passed"
    assert (row.cells[0].state, row.cells[0].counting) == (
        CellState.OBJECTED,
        Counting.BELOW_COMPETENCE,
    )


def fate(value: str, *, stale: bool = False, source: str | None = None) -> Fate:
    reason = Reason.ITEM_CHANGED if stale else Reason.DIFFERENCE_PASSES_ON
    return Fate(
        "1", "310118", Position("310118", source or "1", value), stale, reason, passed_from=source
    )


def test_carried_objection_outweighs_reservation_and_consent_in_any_order() -> None:
    fates = [
        fate("agree", stale=True),
        fate("object", source="0"),
        fate("agree_reserved", source="00"),
    ]
    for order in (fates, fates[::-1]):
        [row] = matrix(items=[item("1")], ballot=ballot(), positions=[], fates=order).rows
        assert row.cells[0].state == CellState.OBJECTED


def test_fresh_position_replaces_the_carried_one() -> None:
    renewed = Position("310118", "1", "agree")
    [row] = matrix(
        items=[item("1")], ballot=ballot(), positions=[renewed], fates=[fate("agree", stale=True)]
    ).rows
    assert row.cells[0].state == CellState.AGREED


def test_every_counting_is_told_in_both_languages() -> None:
    assert set(COUNTING) == set(Counting)
    assert all(text["zh"] and text["en"] for text in COUNTING.values())


def test_500_items_of_41_parties_with_all_rows_different() -> None:
    ids = tuple(f"P{n:02}" for n in range(41))
    items = [item(str(n), "guiding", ids) for n in range(500)]
    chance = Random(500)  # noqa: S311 - a fixed spread of positions, no secret
    words = ["(silent)", *FAMILIES]
    held = {(str(n), party): chance.choice(words) for n in range(500) for party in ids}
    assert len({tuple(held[str(n), party] for party in ids) for n in range(500)}) == 500
    positions = [
        Position(party, name, value) for (name, party), value in held.items() if value != "(silent)"
    ]
    started = process_time()
    board = matrix(items=items, ballot=ballot(ids, closed=False), positions=positions)
    assert sum(board.totals.values()) == 500 * 41
    assert process_time() - started < 5
