"""Consent falls only where a change concerns its holder; objections and reservations stay."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.consensus.changes import (
    HARMLESS,
    REASONS,
    ChangeKind,
    CharterOptions,
    Family,
    Fate,
    Manifest,
    ManifestItem,
    Position,
    Reason,
)
from consult.consensus.staleness import concerned_by, next_positions, staleness

FAMILIES = {
    "agree": Family.AGREED,
    "agree_in_principle": Family.AGREED_IN_PRINCIPLE,
    "agree_reserved": Family.RESERVED,
    "object": Family.OBJECTED,
    "abstain": Family.ABSTAINED,
    "recused": Family.RECUSED,
}
CHARTER = CharterOptions(FAMILIES)
Told = tuple[str, str, str, bool, Reason]


def item(
    name: str, concerned: str = "AB", content: str = "1", predecessors: tuple[str, ...] = ()
) -> ManifestItem:
    return ManifestItem(name, content, frozenset(concerned), predecessors)


def told(
    old: list[ManifestItem],
    new: list[ManifestItem],
    positions: list[Position],
    kinds: dict[str, set[ChangeKind]] | None = None,
    charter: CharterOptions = CHARTER,
    headings: tuple[dict[str, str], dict[str, str]] = ({}, {}),
) -> list[Told]:
    fates = staleness(
        old=Manifest(tuple(old), headings[0]),
        new=Manifest(tuple(new), headings[1]),
        kinds={name: frozenset(some) for name, some in (kinds or {}).items()},
        positions=positions,
        parties="ABC",
        charter=charter,
    )
    return [(fate.item, fate.party, fate.value, fate.is_stale, fate.reason) for fate in fates]


@pytest.mark.parametrize(("kind", "value"), list(product(ChangeKind, FAMILIES)))
def test_every_kind_on_every_value(kind: ChangeKind, value: str) -> None:
    old = [] if kind is ChangeKind.ADDED else [item("1")]
    new = (
        [] if kind is ChangeKind.REMOVED else [item("1", content="1" if kind in HARMLESS else "2")]
    )
    result = told(old, new, [Position("A", None, value)], {"1": {kind}})
    is_stale = kind not in HARMLESS and value in ("agree", "agree_in_principle")
    assert [entry[:4] for entry in result] == [("1", "A", value, is_stale)]


def test_consent_of_party_not_concerned_stays() -> None:
    result = told(
        [item("1")],
        [item("1", content="2")],
        [Position(party, "1", "agree") for party in "BC"],
        {"1": {ChangeKind.TEXT}},
    )
    assert result == [
        ("1", "B", "agree", True, Reason.ITEM_CHANGED),
        ("1", "C", "agree", False, Reason.NOT_CONCERNED),
    ]


def test_party_edited_out_of_concern_is_still_asked_and_so_is_the_one_edited_in() -> None:
    result = told(
        [item("1", "AB")],
        [item("1", "AC", "2")],
        [Position(party, None, "agree") for party in "ABC"],
    )
    assert [(party, is_stale) for _, party, _, is_stale, _ in result] == [
        ("A", True),
        ("B", True),
        ("C", True),
    ]


def test_changed_hash_claimed_unchanged_or_moved_counts_as_text() -> None:
    for claim in ({ChangeKind.UNCHANGED}, {ChangeKind.MOVED}, set[ChangeKind]()):
        result = told(
            [item("1")], [item("1", content="2")], [Position("A", "1", "agree")], {"1": claim}
        )
        assert result == [("1", "A", "agree", True, Reason.ITEM_CHANGED)]


def test_editorial_and_translation_together_stay() -> None:
    kinds = {ChangeKind.EDITORIAL, ChangeKind.TRANSLATION}
    result = told(
        [item("1")], [item("1", content="2")], [Position("A", "1", "agree")], {"1": kinds}
    )
    assert result == [("1", "A", "agree", False, Reason.HARMLESS_CHANGE)]


def test_own_position_outweighs_general_and_last_counts() -> None:
    positions = [
        Position("A", None, "agree"),
        Position("A", "1", "agree"),
        Position("A", "1", "object"),
    ]
    result = told([item("1"), item("2")], [item("1"), item("2")], positions)
    assert result == [
        ("1", "A", "object", False, Reason.DIFFERENCE_STAYS),
        ("2", "A", "agree", False, Reason.NO_CHANGE),
    ]


def test_stale_consent_stays_stale_and_is_not_counted_as_new_impact() -> None:
    held = [Position("A", "1", "agree", is_stale=True)]
    assert told([item("1")], [item("1")], held) == [("1", "A", "agree", True, Reason.ALREADY_STALE)]


def test_objection_passes_to_successors_and_stays_on_removed_item() -> None:
    positions = [
        Position("A", "1", "object"),
        Position("B", "1", "agree_reserved"),
        Position("C", "1", "agree"),
    ]
    new = [item("1a", predecessors=("1",)), item("1b", predecessors=("1",))]
    passed = Reason.DIFFERENCE_PASSES_ON
    assert told([item("1", "ABC")], new, positions) == [
        ("1a", "A", "object", False, passed),
        ("1a", "B", "agree_reserved", False, passed),
        ("1b", "A", "object", False, passed),
        ("1b", "B", "agree_reserved", False, passed),
        ("1", "A", "object", False, passed),
        ("1", "B", "agree_reserved", False, passed),
        ("1", "C", "agree", True, Reason.ITEM_REMOVED),
    ]
    assert told([item("1")], [], positions[:1]) == [
        ("1", "A", "object", False, Reason.DIFFERENCE_STAYS)
    ]


def test_charter_may_renew_the_consent_inside_a_reservation() -> None:
    charter = CharterOptions(FAMILIES, renew_reserved=True)
    held = [Position("A", "1", "agree_reserved")]
    assert told([item("1")], [item("1", content="2")], held, charter=charter) == [
        ("1", "A", "agree_reserved", True, Reason.RESERVED_ITEM_CHANGED)
    ]
    assert told([item("1")], [item("1", content="2")], held) == [
        ("1", "A", "agree_reserved", False, Reason.DIFFERENCE_STAYS)
    ]


def test_renewing_heading_makes_all_consent_stale() -> None:
    charter = CharterOptions(FAMILIES, renewing_headings=frozenset({"horizon"}))
    held = [
        Position("A", None, "agree"),
        Position("B", None, "object"),
        Position("C", None, "agree"),
    ]
    headings = ({"horizon": "2035", "title": "x"}, {"horizon": "2050", "title": "y"})
    assert told([item("1")], [item("1")], held, charter=charter, headings=headings) == [
        ("1", "A", "agree", True, Reason.PLAN_CHANGED),
        ("1", "B", "object", False, Reason.DIFFERENCE_STAYS),
        ("1", "C", "agree", False, Reason.NO_CHANGE),
    ]


def test_value_without_family_is_refused() -> None:
    with pytest.raises(ValueError, match="value 'yes' has no family"):
        told([item("1")], [item("1")], [Position("A", "1", "yes")])


def test_every_reason_is_told_in_both_languages() -> None:
    assert set(REASONS) == set(Reason)
    assert all(text["zh"] and text["en"] for text in REASONS.values())


@given(
    st.sets(st.sampled_from("ABC")),
    st.sets(st.sampled_from("ABC")),
    st.sets(st.sampled_from(list(ChangeKind)[:8])),
    st.sampled_from("ABC"),
    st.sampled_from(list(FAMILIES)),
)
def test_stale_means_concerned_and_changed(
    before: set[str], after: set[str], kinds: set[ChangeKind], party: str, value: str
) -> None:
    old, new = (
        item("1", "".join(before)),
        item("1", "".join(after), "1" if before == after else "2"),
    )
    [entry] = told([old], [new], [Position(party, "1", value)], {"1": kinds})
    is_changed = before != after or not kinds <= HARMLESS
    is_consent = value in ("agree", "agree_in_principle")
    assert entry[3] is (is_consent and is_changed and party in before | after)


def carried(
    steps: list[list[ManifestItem]], positions: list[Position], charter: CharterOptions = CHARTER
) -> list[Told]:
    """What is told after several revisions without a word in between."""
    held: tuple[Position, ...] = tuple(positions)
    fates: tuple[Fate, ...] = ()
    for old, new in pairwise(steps):
        fates = staleness(
            old=Manifest(tuple(old)),
            new=Manifest(tuple(new)),
            kinds={},
            positions=held,
            parties="ABC",
            charter=charter,
        )
        held = next_positions(fates, general=held)
    return [
        (fate.item, fate.party, fate.value, fate.is_stale, fate.reason)
        for fate in fates
        if not fate.has_moved
    ]


def test_objection_follows_through_replace_split_and_merge() -> None:
    steps = [
        [item("1"), item("9")],
        [item("2", predecessors=("1",)), item("9")],
        [item("3", predecessors=("2",)), item("4", predecessors=("2",)), item("9")],
        [item("9", predecessors=("3", "4"))],
        [item("9", predecessors=("3", "4"))],
    ]
    positions = [Position("A", "1", "object"), Position("A", "9", "agree")]
    passed, stays = Reason.DIFFERENCE_PASSES_ON, Reason.DIFFERENCE_STAYS
    agreed = ("9", "A", "agree", False, Reason.NO_CHANGE)
    assert carried(steps[:2], positions) == [("2", "A", "object", False, passed), agreed]
    assert carried(steps[:3], positions) == [
        ("3", "A", "object", False, passed),
        ("4", "A", "object", False, passed),
        agreed,
    ]
    assert carried(steps[:4], positions) == [agreed, ("9", "A", "object", False, passed)]
    assert carried(steps, positions) == [agreed, ("9", "A", "object", False, stays)]


def test_objections_from_two_merged_items_both_stand() -> None:
    steps = [[item("1"), item("2")], [item("3", predecessors=("1", "2"))]]
    steps += [[item("3", content="2", predecessors=("1", "2"))]]
    positions = [Position("A", "1", "object"), Position("A", "2", "agree_reserved")]
    assert carried(steps, positions) == [
        ("3", "A", "object", False, Reason.DIFFERENCE_STAYS),
        ("3", "A", "agree_reserved", False, Reason.DIFFERENCE_STAYS),
    ]


def test_difference_on_an_item_removed_long_ago_stays_until_its_holder_speaks() -> None:
    steps = [[item("1"), item("2")], [item("2")], [item("2", content="2")], [item("2")]]
    positions = [Position("A", "1", "agree_reserved"), Position("B", "1", "object")]
    assert carried(steps, positions) == [
        ("1", "A", "agree_reserved", False, Reason.DIFFERENCE_STAYS),
        ("1", "B", "object", False, Reason.DIFFERENCE_STAYS),
    ]
    lifted = [*positions, Position("B", "1", "agree")]
    assert ("1", "B", "object", False, Reason.DIFFERENCE_STAYS) not in carried(steps, lifted)


def test_item_that_returns_as_successor_of_one_removed_before_takes_its_difference() -> None:
    steps = [[item("1"), item("2")], [item("2")], [item("2"), item("5", predecessors=("1",))]]
    assert carried(steps, [Position("A", "1", "object")]) == [
        ("5", "A", "object", False, Reason.DIFFERENCE_PASSES_ON)
    ]


def test_party_of_a_replaced_item_is_asked_about_its_successor() -> None:
    """Nobody is edited out of a consent by putting another item in the place of the old one."""
    old, new = [item("1", "AB")], [item("2", "B", predecessors=("1",))]
    positions = [Position(party, None, "agree") for party in "ABC"]
    assert [entry for entry in told(old, new, positions) if entry[0] == "2"] == [
        ("2", "A", "agree", True, Reason.ITEM_ADDED),
        ("2", "B", "agree", True, Reason.ITEM_ADDED),
        ("2", "C", "agree", False, Reason.NOT_CONCERNED),
    ]
    assert concerned_by(old=Manifest(tuple(old)), new=Manifest(tuple(new))) == {
        "1": frozenset("AB"),
        "2": frozenset("AB"),
    }


def test_general_word_replaces_what_was_said_before_but_not_on_a_removed_item() -> None:
    positions = [
        Position("A", "1", "object"),
        Position("A", "0", "object"),
        Position("A", None, "agree"),
    ]
    assert told([item("1")], [item("1")], positions) == [
        ("1", "A", "agree", False, Reason.NO_CHANGE),
        ("0", "A", "object", False, Reason.DIFFERENCE_STAYS),
    ]


def test_reserved_consent_falls_on_the_successor_where_the_charter_renews_it() -> None:
    charter = CharterOptions(FAMILIES, renew_reserved=True)
    steps = [[item("1")], [item("2", predecessors=("1",))]]
    positions = [Position("A", "1", "agree_reserved"), Position("B", "1", "object")]
    assert carried(steps, positions, charter)[:2] == [
        ("2", "A", "agree_reserved", True, Reason.DIFFERENCE_PASSES_ON),
        ("2", "B", "object", False, Reason.DIFFERENCE_PASSES_ON),
    ]


NAMED = st.sampled_from(["1", "2", "3", "4"])
ITEMS = st.builds(
    ManifestItem,
    NAMED,
    st.sampled_from(["x", "y"]),
    st.frozensets(st.sampled_from("ABC")),
    st.lists(NAMED, max_size=2, unique=True).map(tuple),
)
MANIFESTS = st.lists(ITEMS, max_size=4, unique_by=lambda one: one.id).map(tuple).map(Manifest)
POSITIONS = st.lists(
    st.builds(Position, st.sampled_from("ABC"), st.none() | NAMED, st.sampled_from(list(FAMILIES))),
    max_size=6,
)


def through(
    steps: list[Manifest], positions: tuple[Position, ...], charter: CharterOptions
) -> tuple[tuple[Fate, ...], tuple[Position, ...]]:
    fates: tuple[Fate, ...] = ()
    for old, new in pairwise(steps):
        fates = staleness(
            old=old, new=new, kinds={}, positions=positions, parties="ABC", charter=charter
        )
        positions = next_positions(fates, general=positions)
    return fates, positions


@given(st.lists(MANIFESTS, min_size=2, max_size=4), POSITIONS, st.booleans())
def test_no_difference_is_ever_lost(
    steps: list[Manifest], positions: list[Position], renew: bool
) -> None:
    """Whatever revisions do, each objection and reservation still stands somewhere for its holder."""
    charter = CharterOptions(FAMILIES, renew_reserved=renew)
    first, _held = through([steps[0], steps[0]], tuple(positions), charter)
    fates, _held = through(steps, tuple(positions), charter)
    differing = ("object", "agree_reserved")
    before = {(fate.party, fate.value) for fate in first if fate.value in differing}
    after = {
        (fate.party, fate.value) for fate in fates if fate.value in differing and not fate.has_moved
    }
    assert before <= after
    assert not any(fate.is_stale for fate in fates if fate.value == "object")


@given(st.lists(MANIFESTS, min_size=3, max_size=4), POSITIONS)
def test_what_is_stale_never_becomes_fresh_by_a_further_revision(
    steps: list[Manifest], positions: list[Position]
) -> None:
    first, held = through(steps[:2], tuple(positions), CHARTER)
    fates, _held = through(steps[1:], held, CHARTER)
    stale = {(fate.item, fate.party) for fate in first if fate.is_stale}
    fresh = {
        (fate.item, fate.party)
        for fate in fates
        if not fate.is_stale and fate.value in ("agree", "agree_in_principle")
    }
    assert not stale & fresh


@given(MANIFESTS, MANIFESTS, POSITIONS)
def test_consent_falls_only_for_a_party_the_change_concerns(
    old: Manifest, new: Manifest, positions: list[Position]
) -> None:
    concerned = concerned_by(old=old, new=new)
    fates, _held = through([old, new], tuple(positions), CHARTER)
    for fate in fates:
        if fate.falls:
            assert fate.party in concerned[fate.item]
            assert not fate.kinds <= HARMLESS
        elif fate.value in ("agree", "agree_in_principle") and not fate.kinds <= HARMLESS:
            assert fate.party not in concerned.get(fate.item, frozenset())


@given(MANIFESTS, POSITIONS, st.sampled_from(sorted(HARMLESS)))
def test_a_harmless_change_makes_nothing_stale(
    old: Manifest, positions: list[Position], kind: ChangeKind
) -> None:
    fates = staleness(
        old=old,
        new=old,
        kinds={one.id: frozenset({kind}) for one in old.items},
        positions=[held for held in positions if held.item in {None, *(i.id for i in old.items)}],
        parties="ABC",
        charter=CHARTER,
    )
    assert not any(fate.is_stale for fate in fates)
