"""Collisions of proposed wordings, held against a count of every token and gap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.text.collisions import (
    Span,
    Texts,
    change_of,
    collide,
    content_with,
    spans,
    texts_of,
    touch,
)

WORDS = st.lists(st.sampled_from("甲乙丙丁戊"), max_size=8).map("".join)


def places(span: Span) -> set[int]:
    """Tokens at odd places, the gaps between them at even ones; what is put in takes its gap."""
    begin, end = span
    return {2 * begin} if begin == end else set(range(2 * begin + 1, 2 * end))


SPANS = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda s: (min(s), max(s)))


@given(one=SPANS, other=SPANS)
def test_spans_touch_where_they_share_a_place(one: Span, other: Span) -> None:
    assert touch(one, other) == bool(places(one) & places(other))
    assert touch(one, other) == touch(other, one)


@given(base=WORDS, one=WORDS, other=WORDS)
def test_proposals_collide_where_their_spans_share_a_place(base: str, one: str, other: str) -> None:
    proposals = [Texts(title_zh="题", text_zh=text) for text in (base, one, other)]
    changes = [change_of(proposals[0], proposal) for proposal in proposals[1:]]
    shared = [places(a) & places(b) for a in spans(base, one) for b in spans(base, other)]
    assert collide(*changes) == any(shared)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("水质按Ⅱ类控制。", "水质应按Ⅲ类控制。", False),  # apart
        ("水质按Ⅱ类控制。", "水质按Ⅳ类控制。", True),  # the same token
        ("水质应按Ⅲ类控制。", "水质宜按Ⅲ类控制。", True),  # put in at the same point
        ("水质按Ⅲ类控制。", "水质按Ⅳ类控制。", False),  # nothing changed by one
    ],
)
def test_collide(one: str, other: str, expected: bool) -> None:
    base = Texts(title_zh="太浦河", text_zh="水质按Ⅲ类控制。")
    first, second = (Texts(title_zh="太浦河", text_zh=text) for text in (one, other))
    assert collide(change_of(base, first), change_of(base, second)) is expected


def test_texts_that_began_apart_do_not_collide() -> None:
    first = change_of(Texts(title_zh="题", text_zh="甲"), Texts(title_zh="题", text_zh="乙"))
    second = change_of(Texts(title_zh="题", text_zh="丙"), Texts(title_zh="题", text_zh="乙"))
    assert collide(first, second) is False


def test_texts_go_into_a_content_and_out_again() -> None:
    texts = Texts(title_zh="题", title_en="Title", text_zh="文\n二", text_en="Text")
    content = content_with({"theme": "water"}, texts)
    assert texts_of(content) == texts
    assert content["theme"] == "water"
    assert texts_of({"text": {"zh": "一\r\n二"}}) == Texts(title_zh="", text_zh="一\n二")
