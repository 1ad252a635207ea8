"""Linked commitments: against brute force over all sets, and the stories people tell of them."""

from datetime import date
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from consult.matters.linked import Pledge, worth_of

DAY, BEFORE, AFTER = date(2026, 6, 1), date(2026, 5, 1), date(2026, 7, 1)
HOLDING = {"given", "in_force", "lapsed", "fulfilled"}


def pledge(number: int, needs: tuple[int, ...] = (), **said: object) -> Pledge:
    return Pledge(number=number, needs=frozenset(needs), **{"is_given": True, **said})


def states(*pledges: Pledge) -> dict[int, str]:
    return {n: str(one.state) for n, one in worth_of(pledges, today=DAY).items()}


def test_a_ring_waits_for_its_last_member_and_then_holds_whole() -> None:
    waiting = (pledge(1, (2,)), pledge(2, (1,), is_given=False))
    assert states(*waiting) == {1: "conditional", 2: "proposed"}
    assert worth_of(waiting, today=DAY)[1].waits_for == (2,)
    both = worth_of((pledge(1, (2,)), pledge(2, (1,))), today=DAY)
    assert [(str(w.state), w.package) for w in both.values()] == [("given", (2,)), ("given", (1,))]


def test_a_chain_names_what_is_missing_at_its_end() -> None:
    found = worth_of((pledge(1, (2,)), pledge(2, (3,)), pledge(3, is_given=False)), today=DAY)
    assert (found[1].waits_for, found[1].package) == ((3,), ())


def test_when_one_side_lapses_the_other_is_flagged_until_it_is_kept() -> None:
    late = pledge(2, (1,), is_agreed=True, due_on=BEFORE)
    found = worth_of((pledge(1, (2,), is_agreed=True, due_on=AFTER), late), today=DAY)
    assert (str(found[2].state), found[1].broken_by, str(found[1].state)) == (
        "lapsed",
        (2,),
        "in_force",
    )
    kept = pledge(2, (1,), is_agreed=True, due_on=BEFORE, kept_on=DAY)
    found = worth_of((pledge(1, (2,), is_agreed=True, due_on=AFTER), kept), today=DAY)
    assert (str(found[2].state), found[2].is_late, found[1].broken_by) == ("fulfilled", True, ())


def test_the_day_itself_is_in_time() -> None:
    assert states(pledge(1, is_agreed=True, due_on=DAY)) == {1: "in_force"}


def test_what_is_taken_back_leaves_the_others_waiting() -> None:
    assert states(pledge(1, (2,)), pledge(2, is_taken_back=True)) == {
        1: "conditional",
        2: "taken_back",
    }


def test_a_need_that_is_not_there_is_never_met() -> None:
    assert states(pledge(1, (9,))) == {1: "conditional"}


NUMBERS = st.integers(min_value=1, max_value=6)


@st.composite
def graphs(draw: st.DrawFn) -> list[Pledge]:
    numbers = draw(st.sets(NUMBERS, max_size=6))
    return [
        Pledge(
            number=n,
            needs=draw(st.frozensets(NUMBERS.filter(lambda other, own=n: other != own))),
            due_on=draw(st.sampled_from([None, BEFORE, DAY, AFTER])),
            is_given=draw(st.booleans()),
            is_taken_back=draw(st.booleans()),
            is_agreed=draw(st.booleans()),
        )
        for n in sorted(numbers)
    ]


def greatest(pledges: list[Pledge]) -> set[int]:
    """By trying all sets: the greatest in which everything is given and needs nothing outside."""
    alive = [one for one in pledges if one.is_given and not one.is_taken_back]
    sets = chain.from_iterable(combinations(alive, size) for size in range(len(alive) + 1))
    best: set[int] = set()
    for chosen in sets:
        numbers = {one.number for one in chosen}
        if all(one.needs <= numbers for one in chosen) and len(numbers) > len(best):
            best = numbers
    return best


@given(graphs())
def test_what_holds_is_the_greatest_set_that_needs_nothing_outside(pledges: list[Pledge]) -> None:
    found = worth_of(pledges, today=DAY)
    assert {n for n, one in found.items() if one.state in HOLDING} == greatest(pledges)


@given(graphs())
def test_a_ring_stands_or_falls_together_and_names_each_other(pledges: list[Pledge]) -> None:
    found = worth_of(pledges, today=DAY)
    for number, one in found.items():
        for other in one.package:
            assert number in found[other].package
            if one.state in HOLDING:
                assert found[other].state in HOLDING
        assert bool(one.waits_for) == (one.state == "conditional")


@given(graphs())
def test_only_what_needs_a_lapsed_one_is_flagged(pledges: list[Pledge]) -> None:
    found = worth_of(pledges, today=DAY)
    lapsed = {n for n, one in found.items() if one.state == "lapsed"}
    for one in pledges:
        expected = set() if one.is_taken_back else one.needs & lapsed
        assert set(found[one.number].broken_by) == expected


@given(graphs(), st.data())
def test_giving_one_more_never_makes_another_fall(
    pledges: list[Pledge], data: st.DataObject
) -> None:
    if not pledges:
        return
    chosen = data.draw(st.sampled_from(pledges))
    more = [
        one
        if one is not chosen
        else Pledge(number=one.number, needs=one.needs, due_on=one.due_on, is_given=True)
        for one in pledges
    ]
    assert greatest(pledges) <= greatest(more)
    before, after = worth_of(pledges, today=DAY), worth_of(more, today=DAY)
    holding = {n for n, one in before.items() if one.state in HOLDING}
    assert holding <= {n for n, one in after.items() if one.state in HOLDING}
