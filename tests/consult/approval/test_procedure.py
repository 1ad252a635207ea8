"""The steps after a sign-off: what each kind needs, in which order, until when. Pure."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.approval.enums import LetterKind, ReplyOutcome
from consult.approval.needs import PROCEDURES, StepKind
from consult.approval.procedure import (
    Facts,
    LetterFact,
    State,
    forwarding_units,
    steps_of,
    submission_of,
    suggested_addressees,
    suggested_senders,
)
from plans.register.enums import PlanKind
from stakeholders.terms.workdays import workdays_between
from tests.world import JIANGSU, JIASHAN, KUNSHAN, QINGPU, SHANGHAI, UNITS, WUJIANG, ZHEJIANG

PARENTS = {unit[0]: unit[1] or None for unit in UNITS}
LEVELS = {unit[0]: unit[2] for unit in UNITS}
SUZHOU, JIAXING = "320500", "330400"
MONDAY = date(2026, 11, 2)
COUNTIES = (QINGPU, WUJIANG, JIASHAN)


def facts(*letters: LetterFact, **changes: object) -> Facts:
    given = {
        "kind": PlanKind.SPECIAL_TOPIC.value,
        "parties": tuple(sorted((*COUNTIES, SHANGHAI, JIANGSU, ZHEJIANG))),
        "parents": PARENTS,
        "levels": LEVELS,
        "has_statement": True,
        "signed_on": MONDAY,
        "letters": letters,
        "approved_on": None,
        "today": MONDAY,
        "calendars": lambda _day: {},
    }
    return Facts(**{**given, **changes})


def letter(pk: int, kind: LetterKind, **said: object) -> LetterFact:
    return LetterFact(pk=pk, kind=kind.value, **{"dated_on": MONDAY, **said})


REQUEST = letter(
    1,
    LetterKind.SUBMISSION,
    senders=COUNTIES,
    addressees=(SHANGHAI, JIANGSU, ZHEJIANG),
)
NOTICE = letter(
    2,
    LetterKind.COMPLETION_ASKED,
    senders=(SHANGHAI,),
    answers=1,
    due_on=MONDAY + timedelta(days=9),
)
APPROVED = letter(3, LetterKind.REPLY, answers=1, outcome=ReplyOutcome.APPROVED.value)


def states(found: Facts) -> dict[str, State]:
    return {f"{one.kind}{one.unit}": one.state for one in steps_of(found)}


def test_every_kind_of_plan_has_every_step() -> None:
    assert PROCEDURES.keys() == set(PlanKind.values)
    assert [set(one.rules) for one in PROCEDURES.values()] == [set(StepKind)] * len(PROCEDURES)


def test_counties_of_three_provinces_write_to_their_provinces() -> None:
    found = facts()
    assert suggested_addressees(found) == [SHANGHAI, JIANGSU, ZHEJIANG]
    assert suggested_senders(found) == sorted(COUNTIES)


@pytest.mark.parametrize(
    ("parties", "addressees"),
    [
        ((WUJIANG, KUNSHAN), [SUZHOU]),
        ((WUJIANG,), [SUZHOU]),
        ((SUZHOU, WUJIANG), [SUZHOU]),
        ((QINGPU, WUJIANG), [SHANGHAI, JIANGSU]),
        ((SHANGHAI, JIANGSU), ["100000"]),
        ((), []),
    ],
)
def test_the_nearest_unit_above_all_parties_approves(
    parties: tuple[str, ...], addressees: list[str]
) -> None:
    assert suggested_addressees(facts(parties=parties)) == addressees


def test_a_detailed_plan_is_approved_on_its_own_level_and_skips_none() -> None:
    found = facts(kind=PlanKind.DETAILED.value, parties=COUNTIES)
    assert suggested_addressees(found) == sorted(COUNTIES)
    assert suggested_senders(found) == sorted(COUNTIES)
    assert states(found)["forwarding"] is State.NOT_NEEDED


def test_a_prefecture_forwards_only_what_goes_above_it() -> None:
    found = facts()
    assert forwarding_units(senders=COUNTIES, addressees=[JIANGSU], facts=found) == [SUZHOU]
    assert forwarding_units(senders=COUNTIES, addressees=[SUZHOU], facts=found) == []
    assert forwarding_units(senders=[QINGPU], addressees=[SHANGHAI], facts=found) == []


def test_before_the_statement_all_waits_for_it() -> None:
    found = facts(signed_on=None, has_statement=False)
    assert states(found) == {
        "statement": State.OPEN,
        "submission": State.WAITING,
        f"forwarding{SUZHOU}": State.WAITING,
        f"forwarding{JIAXING}": State.WAITING,
        "reply": State.WAITING,
        "publication": State.WAITING,
        "filing": State.NOT_NEEDED,
    }


def test_what_was_not_forwarded_before_the_reply_is_asked_for_no_more() -> None:
    done = letter(4, LetterKind.FORWARDING, senders=(SUZHOU,), answers=1)
    found = states(facts(REQUEST, done, APPROVED))
    assert found[f"forwarding{SUZHOU}"] is State.DONE
    assert found[f"forwarding{JIAXING}"] is State.NOT_NEEDED


def test_after_the_request_forwarding_notice_and_reply_are_open() -> None:
    assert states(facts(REQUEST, NOTICE)) == {
        "statement": State.DONE,
        "submission": State.DONE,
        f"forwarding{SUZHOU}": State.OPEN,
        f"forwarding{JIAXING}": State.OPEN,
        f"completion{SHANGHAI}": State.OPEN,
        "reply": State.OPEN,
        "publication": State.WAITING,
        "filing": State.NOT_NEEDED,
    }


def test_an_approved_plan_is_published_within_twenty_working_days() -> None:
    found = facts(REQUEST, APPROVED, today=MONDAY + timedelta(days=7))
    step = next(one for one in steps_of(found) if one.kind is StepKind.PUBLICATION)
    assert (step.state, step.due_on, step.days_left) == (State.OPEN, date(2026, 11, 30), 15)


def test_rest_days_are_not_counted() -> None:
    rest = {MONDAY + timedelta(days=1): False}
    found = facts(REQUEST, APPROVED, calendars=lambda _day: rest)
    step = next(one for one in steps_of(found) if one.kind is StepKind.PUBLICATION)
    assert step.due_on == date(2026, 12, 1)


def test_with_conditions_the_changed_text_comes_before_the_publication() -> None:
    answer = replace(APPROVED, outcome=ReplyOutcome.WITH_CONDITIONS.value)
    before = states(facts(REQUEST, answer))
    after = states(facts(REQUEST, answer, approved_on=MONDAY))
    assert (before["approved_text"], before["publication"]) == (State.OPEN, State.WAITING)
    assert (after["approved_text"], after["publication"]) == (State.DONE, State.OPEN)


def test_after_a_return_nothing_is_published() -> None:
    answer = replace(APPROVED, outcome=ReplyOutcome.RETURNED.value)
    step = next(one for one in steps_of(facts(REQUEST, answer)) if one.kind is StepKind.PUBLICATION)
    assert (step.state, step.waits_for) == (State.WAITING, StepKind.STATEMENT)


def test_papers_not_completed_before_the_reply_are_asked_for_no_more() -> None:
    assert states(facts(REQUEST, NOTICE, APPROVED))[f"completion{SHANGHAI}"] is State.NOT_NEEDED


def test_an_overall_plan_is_examined_in_ninety_days_and_filed() -> None:
    found = facts(REQUEST, kind=PlanKind.OVERALL.value)
    step = next(one for one in steps_of(found) if one.kind is StepKind.REPLY)
    assert step.due_on == date(2027, 2, 1)  # the 31st of January is a Sunday
    done = facts(REQUEST, APPROVED, kind=PlanKind.OVERALL.value)
    assert states(done)["filing"] is State.OPEN


DAYS = st.integers(-400, 400).map(lambda n: MONDAY + timedelta(days=n))


@st.composite
def told(draw: st.DrawFn) -> Facts:
    """Any letters in any order, answering one another or nothing."""
    kinds = draw(st.lists(st.sampled_from(list(LetterKind)), max_size=8))
    letters = []
    for pk, kind in enumerate(kinds, start=1):
        outcome = draw(st.sampled_from(ReplyOutcome.values)) if kind is LetterKind.REPLY else ""
        units = draw(st.lists(st.sampled_from(sorted(PARENTS)), max_size=3, unique=True))
        to = draw(st.lists(st.sampled_from(sorted(PARENTS)), max_size=3, unique=True))
        letters.append(
            letter(
                pk,
                kind,
                dated_on=draw(DAYS),
                due_on=draw(st.none() | DAYS),
                answers=draw(st.none() | st.integers(1, 8)),
                outcome=outcome,
                senders=tuple(units),
                addressees=tuple(to),
            )
        )
    moved = draw(st.dictionaries(DAYS, st.booleans(), max_size=5))
    parties = draw(st.lists(st.sampled_from(sorted(PARENTS)), max_size=6, unique=True))
    return facts(
        *letters,
        kind=draw(st.sampled_from(PlanKind.values)),
        parties=tuple(sorted(parties)),
        signed_on=draw(st.none() | DAYS),
        approved_on=draw(st.none() | DAYS),
        today=draw(DAYS),
        calendars=lambda _day: moved,
    )


@given(told())
def test_every_state_says_what_it_needs_to_say(found: Facts) -> None:
    steps = steps_of(found)
    order = [list(StepKind).index(one.kind) for one in steps]
    assert order == sorted(order)
    known = {one.pk for one in found.letters}
    for one in steps:
        assert (one.state is State.WAITING) == (one.waits_for is not None)
        assert one.letter is None or one.letter in known
        if one.state is State.DONE:
            assert one.dated_on is not None
        if one.days_left is not None:
            assert one.state is State.OPEN
            assert one.due_on is not None
            known_today = found.calendars(found.today)
            assert one.days_left == workdays_between(found.today, one.due_on, known_today)
        if one.state is State.NOT_NEEDED:
            assert (one.letter, one.due_on) == (None, None)


@given(told())
def test_nothing_is_open_to_publish_without_an_approving_reply(found: Facts) -> None:
    replies = {one.answers: one.outcome for one in found.letters if one.kind == LetterKind.REPLY}
    request = submission_of(found.letters)
    outcome = replies.get(request.pk) if request else None
    step = next(one for one in steps_of(found) if one.kind is StepKind.PUBLICATION)
    if step.state is State.OPEN:
        assert outcome in (ReplyOutcome.APPROVED, ReplyOutcome.WITH_CONDITIONS)
    units = forwarding_units(
        senders=found.parties, addressees=suggested_addressees(found), facts=found
    )
    assert all(LEVELS[unit] == "prefecture" for unit in units)
