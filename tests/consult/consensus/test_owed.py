"""What each party still owes over all rows, and why it counts there."""

from fractions import Fraction
from typing import Any

import pytest

from consult.consensus.case import Owing, Party
from consult.consensus.changes import CharterOptions, Position
from consult.consensus.matrix import Ballot, matrix
from consult.consensus.owed import (
    COLUMN,
    OWES,
    GroundKind,
    by_item,
    by_party,
    column_sentence,
    debts,
    why_it_counts,
)
from consult.consensus.requirements import parse_rule
from consult.consensus.words import Names
from tests.consult.consensus.test_matrix import FAMILIES, VALUES, item

A, B, C = "310118", "320509", "330421"
NAMES = Names(weights={"area": {"zh": "面积", "en": "area"}})
PARTIES = tuple(Party(name, (("area", Fraction(n)),)) for n, name in enumerate((A, B, C), start=1))
AGREED = ["agree", "agree_reserved"]
SHARE = {"kind": "min_share", "of": AGREED, "over": "electorate", "at_least": "1"}
TWO_THIRDS = SHARE | {"at_least": "2/3"}


def ballot(*requirements: dict[str, Any], closed: bool = False) -> Ballot:
    rule = parse_rule(
        {"requirements": list(requirements)}, values=VALUES, parties=PARTIES, at="rule"
    )
    return Ballot(PARTIES, VALUES, {"binding": rule}, CharterOptions(FAMILIES), closed)


def owed(told: Ballot, positions: list[Position], **more: Any) -> list[tuple[str, str, bool]]:
    board = matrix(items=[item("1", **more)], ballot=told, positions=positions)
    return [(debt.party, debt.owes.value, debt.is_needed) for debt in debts(board, told)]


STANDS = [
    (None, Owing.TAKE_POSITION),
    (Position(A, None, "agree", is_stale=True), Owing.RENEW),
    (Position(A, None, "agree", is_confirmed=False), Owing.CONFIRM),
    (Position(A, None, "agree_in_principle"), Owing.MEET_CONDITIONS),
    (Position(A, None, "object", has_text=False), Owing.GIVE_REASON),
    (Position(A, None, "object"), Owing.LIFT_OBJECTION),
    (Position(A, None, "abstain"), Owing.DECIDE),
    (Position(A, None, "agree_reserved", is_stale=True), Owing.RENEW),
]


@pytest.mark.parametrize(("position", "expected"), STANDS)
def test_every_stand_owes_its_own_act(position: Position | None, expected: Owing) -> None:
    positions = [Position(party, None, "agree") for party in (B, C)]
    if position:
        positions.append(position)
    assert owed(ballot({"kind": "no_block"}, SHARE), positions) == [(A, expected.value, True)]


@pytest.mark.parametrize("value", ["agree", "agree_reserved", "recused"])
def test_who_agrees_or_recused_itself_owes_nothing(value: str) -> None:
    positions = [Position(party, None, value) for party in (A, B, C)]
    assert owed(ballot(SHARE), positions) == []


def test_what_the_item_would_pass_without_is_owed_but_not_needed() -> None:
    agreeing = [Position(party, None, "agree") for party in (B, C)]
    assert owed(ballot(TWO_THIRDS), agreeing) == [(A, "take_position", False)]
    assert owed(ballot(TWO_THIRDS), [*agreeing, Position(A, None, "object")]) == []


def test_who_only_supports_left_or_is_not_concerned_owes_nothing() -> None:
    told = ballot(SHARE)
    assert owed(told, [], electorate=(A,), supporting=frozenset({B})) == [
        (A, "take_position", True)
    ]
    assert owed(told, [], electorate=(A, B, C), ended=frozenset({A, B})) == [
        (C, "take_position", True)
    ]
    assert owed(told, [], electorate=(), supporting=frozenset({A, B})) == []
    assert owed(told, [], is_removed=True) == []


def test_on_a_given_item_a_position_is_asked_for_and_none_needed() -> None:
    told = ballot({"kind": "no_block"}, SHARE)
    board = matrix(
        items=[item("1", is_given=True)], ballot=told, positions=[Position(A, None, "object")]
    )
    found = debts(board, told)
    assert [(debt.party, debt.owes.value, debt.is_needed) for debt in found] == [
        (B, "take_position", False),
        (C, "take_position", False),
    ]
    assert [ground.kind for ground in found[0].grounds] == [GroundKind.CONCERNED]


def test_sentence_says_what_is_owed_and_why_the_party_counts() -> None:
    told = ballot(
        {"kind": "no_block"},
        {"kind": "no_veto", "by": [A], "of": ["object"]},
        {"kind": "any", "of": [SHARE | {"weight": "area"}, SHARE, TWO_THIRDS]},
    )
    board = matrix(items=[item("1")], ballot=told, positions=[])
    first, second, _third = debts(board, told, names=NAMES)
    assert first.sentence == {
        "zh": "须表态：本条款涉及该方，该方为必签方，其异议构成阻断，规则赋予其否决权，"
        "按面积计占6中的1，规则要求各方一致，为计入的3方之一。",
        "en": "to take a position: the item concerns it and it must sign, its objection blocks, the rule "
        "gives it a veto, by area it has 1 of 6, the rule asks every party to agree, and it is one of "
        "the 3 parties that count.",
    }
    assert [ground.kind for ground in second.grounds] == [
        GroundKind.CONCERNED,
        GroundKind.BLOCK,
        GroundKind.WEIGHT,
        GroundKind.ALL,
        GroundKind.ONE_OF,
    ]
    assert by_item([first, second]) == {"1": (first, second)}
    assert by_party([first, second]) == {A: (first,), B: (second,)}


def test_sentence_says_when_the_item_would_pass_without() -> None:
    told = ballot(TWO_THIRDS)
    board = matrix(
        items=[item("1")], ballot=told, positions=[Position(p, None, "agree") for p in (B, C)]
    )
    [debt] = debts(board, told)
    assert debt.sentence == {
        "zh": "须表态（不影响本条款通过）：本条款涉及该方，该方为必签方，为计入的3方之一。",
        "en": "to take a position (the item would pass without it): the item concerns it and it must "
        "sign, and it is one of the 3 parties that count.",
    }


def test_column_says_how_much_of_each_a_party_owes() -> None:
    told = ballot({"kind": "no_block"}, SHARE)
    stands = {"1": "object", "2": "agree", "3": "abstain"}
    positions = [
        Position(A, name, value, is_stale=value == "agree") for name, value in stands.items()
    ]
    board = matrix(items=[item(name) for name in "12345"], ballot=told, positions=positions)
    columns = by_party(debts(board, told))
    assert column_sentence(columns[A]) == {
        "zh": "尚需：2项待表态，1项待重新确认，1项异议待解除，1项暂不表态。",
        "en": "Still owed: 2 to take a position on, 1 to renew consent to, 1 with an objection to lift, "
        "1 without a position for now.",
    }
    assert column_sentence([]) == {"zh": "无须再办理。", "en": "Nothing is owed."}


def test_column_says_how_many_items_wait_for_it() -> None:
    told = ballot(TWO_THIRDS)
    positions = [Position(party, "1", "agree") for party in (B, C)]
    board = matrix(items=[item("1"), item("2")], ballot=told, positions=positions)
    assert column_sentence(by_party(debts(board, told))[A]) == {
        "zh": "尚需：2项待表态；其中1项尚不能通过。",
        "en": "Still owed: 2 to take a position on; 1 of these items would not pass as things stand.",
    }


def test_every_act_is_told_in_both_languages() -> None:
    for words in (OWES, COLUMN):
        assert set(words) == set(Owing)
        assert all(text["zh"] and text["en"] for text in words.values())


def test_a_block_that_no_value_can_hold_is_no_ground() -> None:
    told = ballot({"kind": "no_block"})
    values = {name: value for name, value in VALUES.items() if not value.blocks}
    grounds = why_it_counts(
        told.rules["binding"].requirements,
        party=PARTIES[0],
        electorate=PARTIES,
        values=values,
        names=NAMES,
    )
    assert [ground.kind for ground in grounds] == [GroundKind.CONCERNED]
