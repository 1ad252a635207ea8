"""What stands after several revisions, against a reading that knows nothing of the folding."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.consensus.changes import (
    HARMLESS,
    ChangeKind,
    CharterOptions,
    Family,
    Manifest,
    ManifestItem,
    Position,
    Reason,
)
from consult.consensus.history import Stage, history

FAMILIES = {
    "agree": Family.AGREED,
    "agree_reserved": Family.RESERVED,
    "object": Family.OBJECTED,
    "abstain": Family.ABSTAINED,
}
DIFFERING = ("object", "agree_reserved")
LINEAGE = {"a": (), "b": ("a",), "c": ("a", "b"), "d": ("c",)}
PARTIES = "PQ"
Words = dict[tuple[str, str], set[tuple[str, str, bool]]]  # cell -> (raised on, value, stale)


def read(stages: Sequence[Stage], charter: CharterOptions) -> Words:
    """Every cell walked through all revisions, one word at a time."""
    words: Words = {}
    for number, stage in enumerate(stages):
        if number:
            words = _step(words, stages[number - 1], stage, charter)
        for held in stage.positions:
            words[held.item or "", held.party] = {("", held.value, False)}
    here = {item.id for item in stages[-1].manifest.items}
    return {
        cell: found
        for cell, found in words.items()
        if cell[0] in here or any(value in DIFFERING for _root, value, _stale in found)
    }


def _step(words: Words, former: Stage, stage: Stage, charter: CharterOptions) -> Words:
    after: Words = {}
    for (item, party), found in words.items():
        for root, value, stale in found:
            if stage.is_anew and value not in DIFFERING:
                continue
            was_stale = stale or (stage.is_anew and value == "agree_reserved")
            _go_on(after, (item, party), (root, value, was_stale), (former, stage), charter)
    return after


def _go_on(
    after: Words,
    cell: tuple[str, str],
    word: tuple[str, str, bool],
    stages: tuple[Stage, Stage],
    charter: CharterOptions,
) -> None:
    """One word goes on: to the heirs of its item, on the item, or on what is left of it."""
    (item, party), (root, value, is_stale) = cell, word
    old, new = ({row.id: row for row in one.manifest.items} for one in stages)
    heirs = _heirs(item, old, new) if value in DIFFERING else []
    for heir in heirs:
        standing = after.setdefault((heir, party), set())
        if not any(one[0] == (root or item) for one in standing):
            # what was agreed beside the reservation was agreed on the item it came from
            inside = value == "agree_reserved" and charter.renew_reserved
            standing.add((root or item, value, is_stale or inside))
    if item not in new and (heirs or value not in DIFFERING):
        return
    falls = value == "agree" or (value == "agree_reserved" and charter.renew_reserved)
    concerned = {code for rows in (old, new) if item in rows for code in rows[item].concerned}
    concerned |= {
        code for name in old if item in _heirs(name, old, new) for code in old[name].concerned
    }
    if falls and party in concerned and _breaks(item, old, new, stages, charter):
        is_stale = True
    after.setdefault(cell, set()).add((root, value, is_stale))


def _heirs(item: str, old: dict[str, ManifestItem], new: dict[str, ManifestItem]) -> list[str]:
    return [
        name
        for name, row in new.items()
        if item in row.predecessors and (name not in old or item not in old[name].predecessors)
    ]


def _breaks(
    item: str,
    old: dict[str, ManifestItem],
    new: dict[str, ManifestItem],
    stages: tuple[Stage, Stage],
    charter: CharterOptions,
) -> bool:
    before, after = (one.manifest.headings for one in stages)
    if any(before.get(name) != after.get(name) for name in charter.renewing_headings):
        return True
    if item not in old or item not in new or old[item].concerned != new[item].concerned:
        return True
    claimed = stages[1].kinds.get(item, frozenset())
    if old[item].hash != new[item].hash and claimed <= {ChangeKind.UNCHANGED, ChangeKind.MOVED}:
        return True
    return not claimed <= HARMLESS


@st.composite
def manifests(draw: st.DrawFn) -> Manifest:
    names = draw(st.sets(st.sampled_from("abcd"), min_size=1))
    return Manifest(
        tuple(
            ManifestItem(
                name,
                draw(st.sampled_from("12")),
                frozenset(draw(st.sets(st.sampled_from(PARTIES), min_size=1))),
                LINEAGE[name],
            )
            for name in sorted(names)
        ),
        {"title": draw(st.sampled_from("xy"))},
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Stage]:
    stages = []
    for number in range(draw(st.integers(1, 4))):
        manifest = draw(manifests())
        kinds = {
            item.id: frozenset({draw(st.sampled_from([*ChangeKind][:5]))})
            for item in manifest.items
            if number and draw(st.booleans())
        }
        cells = [(item.id, party) for item in manifest.items for party in PARTIES]
        said = draw(st.sets(st.sampled_from(cells)))
        positions = tuple(
            Position(party, item, draw(st.sampled_from([*FAMILIES])))
            for item, party in sorted(said)
        )
        is_anew = bool(number) and draw(st.integers(0, 5)) == 0
        stages.append(Stage(manifest, kinds, positions, is_anew))
    return stages


@given(histories(), st.booleans(), st.booleans())
def test_history_says_what_a_plain_reading_says(
    stages: list[Stage], renew_reserved: bool, renews_title: bool
) -> None:
    headings = frozenset({"title"}) if renews_title else frozenset[str]()
    charter = CharterOptions(FAMILIES, headings, renew_reserved)
    found = history(stages, charter=charter)
    told = {
        cell: {(fate.passed_from or "", fate.value, fate.is_stale) for fate in some}
        for cell, some in found.fates.items()
    }
    assert told == read(stages, charter)


def stage(*items: ManifestItem, said: Sequence[Position] = (), **more: object) -> Stage:
    return Stage(Manifest(items), positions=tuple(said), **more)


def item(name: str, content: str = "1", predecessors: tuple[str, ...] = ()) -> ManifestItem:
    return ManifestItem(name, content, frozenset(PARTIES), predecessors)


def test_an_objection_passes_over_two_revisions_and_stays_when_the_last_heir_goes() -> None:
    first = stage(item("a"), said=[Position("P", "a", "object"), Position("Q", "a", "agree")])
    heir, grandson = item("b", predecessors=("a",)), item("d", predecessors=("b",))
    found = history([first, stage(heir), stage(grandson)], charter=CharterOptions(FAMILIES))
    assert {cell: fates[0].passed_from for cell, fates in found.fates.items()} == {("d", "P"): "a"}
    gone = history([first, stage(heir), stage(grandson), stage()], charter=CharterOptions(FAMILIES))
    assert [(cell, fates[0].is_removed) for cell, fates in gone.fates.items()] == [
        (("d", "P"), True)
    ]


def test_a_new_word_on_the_heir_replaces_what_passed_on() -> None:
    first = stage(item("a"), said=[Position("P", "a", "object")])
    heir = stage(item("b", predecessors=("a",)), said=[Position("P", "b", "agree")])
    found = history([first, heir], charter=CharterOptions(FAMILIES))
    assert {cell: [f.value for f in some] for cell, some in found.fates.items()} == {
        ("b", "P"): ["agree"]
    }


def test_the_reason_is_why_it_fell_first_and_the_kinds_are_all_since() -> None:
    said = [Position("P", "a", "agree")]
    changed, edited = frozenset({ChangeKind.TEXT}), frozenset({ChangeKind.EDITORIAL})
    stages = [
        stage(item("a"), said=said),
        stage(item("a", "2"), kinds={"a": changed}),
        stage(item("a", "3"), kinds={"a": edited}),
    ]
    (fate,) = history(stages, charter=CharterOptions(FAMILIES)).fates["a", "P"]
    assert (fate.reason, fate.kinds) == (Reason.ITEM_CHANGED, changed | edited)


@pytest.mark.parametrize(("value", "stays"), [("agree", []), ("abstain", []), ("object", [False])])
def test_a_new_sign_off_asks_anew_but_differences_stay(value: str, stays: list[bool]) -> None:
    stages = [stage(item("a"), said=[Position("P", "a", value)]), stage(item("a"), is_anew=True)]
    found = history(stages, charter=CharterOptions(FAMILIES)).fates.get(("a", "P"), ())
    assert [fate.is_stale for fate in found] == stays


def test_a_reservation_stays_in_a_new_sign_off_and_its_consent_is_asked_again() -> None:
    said = [Position("P", "a", "agree_reserved")]
    stages = [stage(item("a"), said=said), stage(item("a"), is_anew=True), stage(item("a"))]
    (fate,) = history(stages, charter=CharterOptions(FAMILIES)).fates["a", "P"]
    assert (fate.is_stale, fate.reason) == (True, Reason.ASKED_ANEW)


def test_an_objection_left_on_a_removed_heir_stays_when_the_heir_comes_back() -> None:
    origin, heir = item("a"), item("b", predecessors=("a",))
    stages = [
        stage(origin, said=[Position("P", "a", "object")]),
        stage(origin, heir, is_anew=True),
        stage(origin, said=[Position("P", "a", "agree")], is_anew=True),
        stage(origin, heir, is_anew=True),
    ]
    found = history(stages, charter=CharterOptions(FAMILIES))
    assert [(cell, fates[0].value) for cell, fates in found.fates.items()] == [
        (("b", "P"), "object")
    ]
