"""What a revision costs in consent, against withdrawing each change and reckoning anew."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from consult.consensus.changes import (
    CharterOptions,
    Fate,
    Manifest,
    ManifestItem,
    Position,
)
from consult.consensus.impact import Cause, CauseKind, impact
from consult.consensus.staleness import staleness
from tests.consult.consensus.test_staleness import FAMILIES, item

CHARTER = CharterOptions(FAMILIES, renewing_headings=frozenset({"horizon", "title"}))
EVERYBODY = [Position(party, None, "agree") for party in "ABC"]


def fates_of(
    old: Manifest,
    new: Manifest,
    positions: list[Position] = EVERYBODY,
    charter: CharterOptions = CHARTER,
) -> tuple[Fate, ...]:
    return staleness(
        old=old, new=new, kinds={}, positions=positions, parties="ABC", charter=charter
    )


def told(old: Manifest, new: Manifest) -> list[tuple[str, tuple[str, ...], int, int]]:
    found = impact(fates_of(old, new), old=old, new=new, charter=CHARTER)
    return [
        (one.cause.kind.value, one.cause.names, len(one.fallen), one.alone) for one in found.effects
    ]


def test_the_heaviest_change_comes_first_and_no_change_costs_nothing() -> None:
    old = Manifest((item("1", "ABC"), item("2", "A"), item("3", "AB")))
    new = Manifest((item("1", "ABC"), item("2", "A", "2"), item("3", "AB", "2")))
    assert told(old, old) == []
    assert told(old, new) == [("item", ("3",), 2, 2), ("item", ("2",), 1, 1)]
    found = impact(fates_of(old, new), old=old, new=new, charter=CHARTER)
    assert found.heaviest is not None
    assert found.heaviest.parties == ("A", "B")
    assert {party: len(some) for party, some in found.by_party.items()} == {"A": 2, "B": 1}


def test_a_split_is_one_change() -> None:
    old = Manifest((item("1", "AB"), item("2", "A")))
    new = Manifest(
        (item("3", "AB", predecessors=("1",)), item("4", "B", predecessors=("1",)), item("2", "A"))
    )
    assert told(old, new) == [("item", ("1", "3", "4"), 6, 6)]


def test_a_heading_and_an_item_both_fell_the_same_consent() -> None:
    old = Manifest((item("1", "AB"), item("2", "ABC")), {"horizon": "2035"})
    new = Manifest((item("1", "AB", "2"), item("2", "ABC")), {"horizon": "2050"})
    assert told(old, new) == [("heading", ("horizon",), 5, 3), ("item", ("1",), 2, 0)]


PLAIN = st.builds(
    ManifestItem,
    st.sampled_from("1234"),
    st.sampled_from("xy"),
    st.frozensets(st.sampled_from("ABC"), min_size=1),
)
PLANS = st.builds(
    Manifest,
    st.lists(PLAIN, max_size=4, unique_by=lambda one: one.id).map(tuple),
    st.fixed_dictionaries({"horizon": st.sampled_from("xy"), "title": st.sampled_from("xy")}),
)


def without(change: Cause, old: Manifest, new: Manifest) -> Manifest:
    """The new revision with one change withdrawn."""
    [name] = change.names
    if change.kind is CauseKind.HEADING:
        return replace(new, headings={**new.headings, name: old.headings[name]})
    before = [one for one in old.items if one.id == name]
    return replace(new, items=(*(one for one in new.items if one.id != name), *before))


@given(PLANS, PLANS)
def test_alone_is_what_withdrawing_the_change_would_save(old: Manifest, new: Manifest) -> None:
    found = impact(fates_of(old, new), old=old, new=new, charter=CHARTER)
    fallen = {(fate.item, fate.party) for fate in found.fallen}
    for effect in found.effects:
        spared = without(effect.cause, old, new)
        left = {(fate.item, fate.party) for fate in fates_of(old, spared) if fate.falls}
        assert len(fallen - left) == effect.alone
        assert left <= fallen
    assert found.effects == tuple(
        sorted(found.effects, key=lambda one: (-one.alone, -len(one.fallen)))
    )
