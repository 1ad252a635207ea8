"""What a coming revision does is reckoned once, however often and for how many items it is asked."""

from collections import Counter

from consult.consensus.changes import (
    ChangeKind,
    CharterOptions,
    Fate,
    Manifest,
    ManifestItem,
    Reason,
)
from consult.consensus.changes import Position as Held
from consult.consensus.history import History, Stage
from consult.phase3_identification.queries.histories import FAMILIES, BallotRow
from consult.phase3_identification.queries.prospects import Prospect
from consult.phase3_identification.queries.standing import Standing

ITEMS = [f"p-{number}" for number in range(40)]
UNCHANGED = frozenset({ChangeKind.UNCHANGED})


class Counted(dict[str, BallotRow]):
    """Ballots that count how often all of them are gone through."""

    def __init__(self, rows: dict[str, BallotRow]) -> None:
        super().__init__(rows)
        self.walks: Counter[str] = Counter()

    def items(self):  # type: ignore[no-untyped-def]
        self.walks["items"] += 1
        return super().items()

    def __iter__(self):  # type: ignore[no-untyped-def]
        self.walks["keys"] += 1
        return super().__iter__()


def row(number: int, outcome: str | None) -> BallotRow:
    key = ITEMS[number]
    return BallotRow(number, 1, 1, number, key, 1, "added", "h", ["a", "b"], outcome, [])


def prospect_of(fates: dict[tuple[str, str], tuple[Fate, ...]]) -> tuple[Prospect, Counted]:
    """Item 0 changes, item 1 was taken back and comes again, item 39 leaves the text."""
    live = Counted({ITEMS[n]: row(n, "without_result" if n == 1 else None) for n in range(40)})
    items = tuple(ManifestItem(key, "h", frozenset({"a", "b"}), ()) for key in ITEMS[:-1])
    options = CharterOptions(families=FAMILIES)
    standing = Standing(rows=[], positions={}, stages=[], options=options, held=History({}))
    stage = Stage(Manifest(items), {ITEMS[0]: frozenset({ChangeKind.TEXT})})
    found = Prospect(
        standing=standing,
        live=live,
        removed={},
        stage=stage,
        after=History(fates),
        renewing=(),
    )
    return found, live


def fate(item: str, party: str, value: str, *, is_stale: bool) -> Fate:
    held = Held(party=party, item=item, value=value)
    return Fate(item, party, held, is_stale, Reason.NO_CHANGE, UNCHANGED)


def test_sets_are_reckoned_once() -> None:
    found, live = prospect_of({})
    for key in ITEMS:
        assert (key in found.changed) is (key == ITEMS[0])
        assert (key in found.reopened) is (key == ITEMS[1])
        assert (key in found.gone) is (key == ITEMS[39])
    assert live.walks.total() == 2


def test_who_is_owed_stands_by_item() -> None:
    fates = {
        (ITEMS[0], "a"): (fate(ITEMS[0], "a", "agree", is_stale=True),),
        (ITEMS[0], "b"): (fate(ITEMS[0], "b", "agree", is_stale=False),),
        (ITEMS[1], "b"): (fate(ITEMS[1], "b", "object", is_stale=False),),
    }
    found, _live = prospect_of(fates)
    assert [found.owing(key) for key in ITEMS[:3]] == [{"a"}, {"b"}, set()]
