from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from consult.meetings.standing import (
    Facts,
    Stage,
    former_words,
    is_complete,
    moved,
    next_chair,
    refusing,
    silent,
    stage_of,
)

BEGINS = datetime(2026, 3, 2, 1, tzinfo=UTC)
CODES = ("a", "b", "c")
codes = st.frozensets(st.sampled_from(CODES))
words = st.dictionaries(st.sampled_from(CODES), st.booleans())
instants = st.integers(-100, 100).map(lambda hours: BEGINS + timedelta(hours=hours))
all_facts = st.builds(
    Facts,
    starts_at=st.just(BEGINS),
    is_called=st.booleans(),
    is_cancelled=st.booleans(),
    is_held=st.booleans(),
    is_locked=st.booleans(),
    has_edition=st.booleans(),
    is_changed=st.booleans(),
    asked=codes,
    words=words,
)


@given(all_facts)
def test_complete_means_that_every_party_asked_confirmed_what_stands(facts: Facts) -> None:
    whole = facts.has_edition and not facts.is_changed and len(facts.asked) > 0
    for code in facts.asked:
        whole = whole and code in facts.words and facts.words[code]
    assert is_complete(facts) == whole
    if whole:
        assert (silent(facts), refusing(facts)) == (frozenset(), frozenset())


@given(all_facts, instants)
def test_lock_and_cancellation_are_final_and_words_of_others_move_nothing(
    facts: Facts, at: datetime
) -> None:
    stage = stage_of(facts, at=at)
    assert (stage is Stage.LOCKED) == facts.is_locked
    if facts.is_cancelled and not facts.is_locked:
        assert stage is Stage.CANCELLED
    strangers = {code: said for code, said in facts.words.items() if code in facts.asked}
    assert stage == stage_of(Facts(**{**vars(facts), "words": strangers}), at=at)


@given(all_facts, instants)
def test_a_refusal_or_a_change_is_a_dispute_only_after_an_edition(
    facts: Facts, at: datetime
) -> None:
    disputed = stage_of(facts, at=at) is Stage.DISPUTED
    if disputed:
        assert facts.has_edition
        assert facts.is_held
        assert facts.is_changed or refusing(facts)


def test_a_called_meeting_is_due_from_its_first_minute() -> None:
    facts = Facts(starts_at=BEGINS, is_called=True)
    assert stage_of(facts, at=BEGINS - timedelta(minutes=1)) is Stage.CALLED
    assert stage_of(facts, at=BEGINS) is Stage.DUE
    assert stage_of(Facts(starts_at=BEGINS), at=BEGINS) is Stage.PLANNED


@given(st.lists(st.sampled_from(CODES), max_size=9))
def test_everybody_has_the_chair_once_before_anybody_has_it_twice(former: list[str]) -> None:
    held = list(former)
    for _turn in CODES:
        chair = next_chair(CODES, former=held)
        assert chair is not None
        held.append(chair)
    assert sorted(held[-len(CODES) :]) == list(CODES)


def test_who_left_is_passed_over_and_nobody_chairs_without_parties() -> None:
    assert next_chair(["a", "b"], former=["a", "z"]) == "b"
    assert next_chair(["a", "b"], former=["z"]) == "a"
    assert next_chair([], former=["a"]) is None


@given(st.permutations(range(6)), st.integers(0, 5), st.booleans())
def test_moving_keeps_all_and_changes_places_with_one_neighbour(
    order: list[int], pk: int, up: bool
) -> None:
    found = moved(order, pk=pk, up=up)
    assert sorted(found) == sorted(order)
    step = -1 if up else 1
    wanted = max(0, min(len(order) - 1, order.index(pk) + step))
    assert found.index(pk) == wanted
    assert moved(found, pk=pk, up=not up) == list(order) or found == list(order)


def test_who_confirmed_which_edition_is_named() -> None:
    editions = [(2, {"a": False}), (1, {"a": True, "b": True, "z": True})]
    assert former_words(editions, codes=CODES) == {1: ["a", "b"]}
