"""Consent falls only where a change concerns its holder; objections and reservations stay."""

from itertools import product

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
from consult.consensus.impact import consent_impact
from consult.consensus.staleness import staleness

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


def test_consent_impact_names_the_heaviest_change_first() -> None:
    def fate(name: str, party: str, reason: Reason) -> Fate:
        return Fate(name, party, Position(party, name, "agree"), True, reason)

    fates = [fate("1", "A", Reason.ITEM_CHANGED), fate("2", "A", Reason.ITEM_CHANGED)]
    fates += [fate("2", "B", Reason.ITEM_REMOVED), fate("3", "B", Reason.ALREADY_STALE)]
    assert consent_impact(fates) == [("2", 2), ("1", 1)]


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
