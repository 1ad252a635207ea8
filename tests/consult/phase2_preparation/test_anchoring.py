"""Re-anchoring against a slow reading of the same rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.phase2_preparation.anchoring import Pin, State, anchor, heirs, quote_state
from consult.phase2_preparation.enums import Anchoring, QuoteState
from consult.phase2_preparation.quotes import Quote

ITEMS = st.integers(0, 5)
STATES = st.builds(
    lambda wording, number, text: State(
        wording=wording, number=str(number), texts={"zh": text, "en": ""}
    ),
    st.integers(0, 2),
    st.integers(1, 3),
    st.text(alphabet="甲乙丙", max_size=8),
)
NOW = st.dictionaries(ITEMS, STATES, max_size=5)
EDGES = st.dictionaries(ITEMS, st.lists(ITEMS, max_size=3), max_size=6)


def reachable(item: int, now: dict[int, State], edges: dict[int, list[int]]) -> set[int]:
    """By brute force: all walks over items that are not in the later text."""
    found: set[int] = set()
    walks = [[item]]
    for _step in range(7):
        longer = []
        for walk in walks:
            for heir in edges.get(walk[-1], ()):
                if heir in now and heir != item:
                    found.add(heir)
                elif heir not in walk:
                    longer.append([*walk, heir])
        walks = longer
    return found


@given(item=ITEMS, now=NOW, edges=EDGES)
def test_heirs_are_what_the_walks_reach(
    item: int, now: dict[int, State], edges: dict[int, list[int]]
) -> None:
    found = heirs(item, now=now, continuations=edges)
    assert set(found) == reachable(item, now, edges)
    assert len(found) == len(set(found))


@given(item=ITEMS, state=STATES, quote=st.text(alphabet="甲乙丙", max_size=5), now=NOW, edges=EDGES)
def test_standing_says_what_became_of_the_item(
    item: int, state: State, quote: str, now: dict[int, State], edges: dict[int, list[int]]
) -> None:
    words = Quote(text=quote, language="zh") if quote else None
    found = anchor(Pin(item=item, state=state, quote=words), now=now, continuations=edges)
    later = now.get(item)
    expected = {
        Anchoring.SAME: bool(
            later and (later.wording, later.number) == (state.wording, state.number)
        ),
        Anchoring.MOVED: bool(
            later and later.wording == state.wording and later.number != state.number
        ),
        Anchoring.CHANGED: bool(later and later.wording != state.wording),
        Anchoring.CONTINUED: later is None and bool(reachable(item, now, edges)),
        Anchoring.GONE: later is None and not reachable(item, now, edges),
    }
    assert [standing for standing, holds in expected.items() if holds] == [found.standing]
    assert set(found.items) <= set(now)
    assert (found.quote is QuoteState.NONE) == (words is None)


@given(quote=st.text(alphabet="甲乙", min_size=1, max_size=6), text=st.text("甲乙丙", max_size=12))
def test_a_passage_changed_is_one_of_which_half_still_stands(quote: str, text: str) -> None:
    runs = {quote[a:b] for a in range(len(quote)) for b in range(a + 1, len(quote) + 1)}
    longest = max((len(run) for run in runs if run in text), default=0)
    found = quote_state(Quote(text=quote, language="zh"), {"zh": text})
    if quote in text:
        assert found is QuoteState.FOUND
    elif longest * 2 >= len(quote):
        assert found is QuoteState.CHANGED
    else:
        assert found is QuoteState.GONE


def test_a_comment_on_the_whole_applies_to_every_text() -> None:
    assert anchor(Pin(item=None), now={}, continuations={}).standing is Anchoring.SAME


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("两岸共同巡查。", QuoteState.FOUND),
        ("两岸 **共同** 巡查。", QuoteState.FOUND),
        ("两岸共同值守。", QuoteState.CHANGED),
        ("数据共享。", QuoteState.GONE),
    ],
)
def test_the_passage_is_followed_into_what_the_item_was_split_into(
    text: str, expected: QuoteState
) -> None:
    pin = Pin(
        item=1,
        state=State(wording="a", number="1", texts={}),
        quote=Quote(text="共同巡查", language="zh"),
    )
    now = {3: State(wording="b", number="1", texts={"zh": text, "en": ""})}
    found = anchor(pin, now=now, continuations={1: [2, 3]})
    assert (found.standing, found.items, found.quote) == (Anchoring.CONTINUED, (3,), expected)
