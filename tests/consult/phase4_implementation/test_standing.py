"""Where a case stands: by hand, and as properties over any course of a case."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.matters.enums import LADDER, Level
from consult.phase4_implementation.enums import CaseState
from consult.phase4_implementation.standing import (
    Answered,
    Moved,
    Told,
    Viewed,
    standing_of,
)

START = datetime(2026, 4, 1, 9, tzinfo=UTC)
WORKING, DEPARTMENT = Level.WORKING.value, Level.DEPARTMENT.value


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def told(**changes: object) -> Told:
    values: dict[str, object] = {
        "level": WORKING,
        "opened_at": START,
        "due_at": day(20),
        "answering": ("A",),
        "neighbours": ("N", "M"),
    }
    return Told(**(values | changes))


def test_a_case_waits_for_who_answers_then_for_the_office() -> None:
    found = standing_of(told(), now=day(1))
    assert (found.state, found.turn, found.is_for_office) == (CaseState.OPEN, ("A",), False)
    found = standing_of(told(answers=[Answered(code="A", at=day(2))]), now=day(30))
    assert (found.state, found.turn, found.is_for_office) == (CaseState.ALL_ANSWERED, (), True)
    assert (found.is_late, found.unheard) == (False, ("N", "M"))


def test_of_several_each_answers() -> None:
    one = told(answering=("A", "B"), answers=[Answered(code="B", at=day(2))])
    found = standing_of(one, now=day(21))
    assert (found.state, found.missing, found.is_late) == (CaseState.ANSWERED, ("A",), True)


@pytest.mark.parametrize(("now", "is_late"), [(19.9, False), (20, True), (21, True)])
def test_the_instant_of_its_date_is_late(now: float, is_late: bool) -> None:
    assert standing_of(told(), now=day(now)).is_late is is_late


def test_a_neighbour_that_asks_for_more_presses_until_it_is_answered() -> None:
    answers = [Answered(code="A", at=day(2))]
    views = [
        Viewed(code="N", accepts=True, at=day(3)),
        Viewed(code="M", accepts=False, at=day(4)),
    ]
    found = standing_of(told(answers=answers, views=views), now=day(5))
    assert (found.state, found.missing, found.turn) == (CaseState.ALL_ANSWERED, (), ("A",))
    assert (found.unheard, found.is_for_office) == ((), False)
    again = [*answers, Answered(code="A", at=day(6))]
    assert standing_of(told(answers=again, views=views), now=day(7)).is_for_office
    content = [*views, Viewed(code="M", accepts=True, at=day(6))]
    assert standing_of(told(answers=answers, views=content), now=day(7)).is_for_office


def test_a_later_warning_asks_anew_and_a_step_up_does_not() -> None:
    answers = [Answered(code="A", at=day(2))]
    up = [Moved(level=DEPARTMENT, due_at=day(40), at=day(3))]
    found = standing_of(told(answers=answers, moves=up), now=day(4))
    assert (found.missing, found.level, found.has_climbed) == ((), DEPARTMENT, True)
    assert found.due_at == day(40)
    same = [Moved(level=WORKING, due_at=day(12), at=day(3))]
    found = standing_of(told(answers=answers, moves=same), now=day(4))
    assert (found.missing, found.due_at, found.asked_at) == (("A",), day(12), day(3))
    assert not found.has_climbed


def test_the_top_has_no_date_and_is_never_late() -> None:
    top = [Moved(level=Level.SUPERIOR.value, due_at=None, at=day(20))]
    found = standing_of(told(moves=top), now=day(400))
    assert (found.due_at, found.is_late, found.missing) == (None, False, ("A",))


CODES = st.sampled_from("ABCD")
TIMES = st.integers(0, 30).map(day)
ANSWERS = st.lists(st.builds(Answered, code=CODES, at=TIMES), max_size=6)
VIEWS = st.lists(
    st.builds(Viewed, code=st.sampled_from("NM"), accepts=st.booleans(), at=TIMES), max_size=6
)
MOVES = st.lists(
    st.builds(Moved, level=st.sampled_from(sorted(LADDER)), due_at=st.none() | TIMES, at=TIMES),
    max_size=4,
)


def in_time(rows: list) -> list:
    return sorted(rows, key=lambda one: one.at)


COURSES = st.builds(
    Told,
    level=st.just(WORKING),
    opened_at=st.just(START),
    due_at=TIMES,
    answering=st.lists(CODES, min_size=1, unique=True).map(tuple),
    neighbours=st.just(("N", "M")),
    answers=ANSWERS.map(in_time),
    views=VIEWS.map(in_time),
    moves=MOVES.map(in_time),
    ended_at=st.none() | TIMES,
)


@given(COURSES, TIMES)
def test_it_is_always_exactly_one_sides_move_or_nobodys(one: Told, now: datetime) -> None:
    found = standing_of(one, now=now)
    sides = [bool(found.missing), bool(found.pressed), found.is_for_office, not found.is_open]
    assert sides.count(True) == 1
    assert set(found.turn) <= set(one.answering)
    assert set(found.unheard) <= set(one.neighbours)


@given(COURSES, TIMES)
def test_missing_is_who_gave_no_answer_since_it_was_last_asked(one: Told, now: datetime) -> None:
    found = standing_of(one, now=now)
    level, asked = one.level, one.opened_at
    for move in one.moves:  # the words of the rule, once more
        if move.level == level:
            asked = move.at
        level = move.level
    silent = [
        code
        for code in one.answering
        if not any(a.code == code and a.at >= asked for a in one.answers)
    ]
    assert list(found.missing) == (silent if one.ended_at is None else [])
    assert found.level == level


@given(COURSES, TIMES, TIMES)
def test_an_answer_never_makes_a_case_later_and_time_never_earlier(
    one: Told, now: datetime, later: datetime
) -> None:
    before, after = sorted([now, later])
    assert standing_of(one, now=before).is_late <= standing_of(one, now=after).is_late
    last = max([one.opened_at, *(m.at for m in one.moves), *(v.at for v in one.views)])
    spoken = [*one.answers, *(Answered(code=c, at=day(31)) for c in one.answering)]
    assert last < day(31)
    answered = Told(**{**vars(one), "answers": spoken})
    found = standing_of(answered, now=later)
    assert not found.is_late
    assert found.turn == ()
