from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.text.merging import Outcome, merge_text, merge_wordings, sentences
from plans.text.wording import Wording

SENTENCE = st.text(alphabet="甲乙丙丁戊己庚 abc3.5", min_size=1, max_size=6).map(lambda t: f"{t}。")
TEXT = st.lists(SENTENCE, max_size=6).map("".join)
BASE = Wording(title_zh="题", text_zh="甲。乙。丙。", concerned=("310118", "320509"))


@given(text=st.text())
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


def test_a_point_within_a_figure_ends_no_sentence() -> None:
    assert sentences("不低于3.5%。 Not below 3.5 %. Next") == [
        "不低于3.5%。",
        " Not below 3.5 %.",
        " Next",
    ]


@given(base=TEXT, changed=TEXT)
def test_a_change_of_one_side_is_that_side(base: str, changed: str) -> None:
    assert merge_text(base=base, theirs=changed, mine=base) == changed
    assert merge_text(base=base, theirs=base, mine=changed) == changed
    assert merge_text(base=base, theirs=changed, mine=changed) == changed


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text and what two people made of it, each mostly of other sentences."""
    base = draw(st.lists(SENTENCE, max_size=8))
    sides: list[list[str]] = [[], []]
    for number, sentence in enumerate(base):
        owner = draw(st.integers(0, 3))
        become = draw(st.sampled_from([[], [f"新{number}。"], [sentence, f"补{number}。"]]))
        for side, text in enumerate(sides):
            text += become if side == owner else [sentence]
    return "".join(base), "".join(sides[0]), "".join(sides[1])


@given(texts=edited())
def test_a_merge_loses_nothing_and_does_not_ask_who_was_first(texts: tuple[str, str, str]) -> None:
    base, theirs, mine = texts
    merged = merge_text(base=base, theirs=theirs, mine=mine)
    assert merged == merge_text(base=base, theirs=mine, mine=theirs)
    if merged is None:
        return
    before = set(sentences(base))
    written = {one for side in (theirs, mine) for one in sentences(side) if one not in before}
    assert written - set(sentences(merged)) == set()


@given(base=st.lists(SENTENCE, min_size=4, max_size=8, unique=True), data=st.data())
def test_changes_of_different_sentences_stand_together(
    base: list[str], data: st.DataObject
) -> None:
    a, b = data.draw(st.lists(st.integers(0, len(base) - 1), min_size=2, max_size=2, unique=True))
    theirs = [*base[:a], "新的甲句。", *base[a + 1 :]]
    mine = [*base[:b], "新的乙句。", *base[b + 1 :]]
    both = ["新的甲句。" if i == a else "新的乙句。" if i == b else t for i, t in enumerate(base)]
    joined = ("".join(one) for one in (base, theirs, mine, both))
    base_text, their_text, my_text, both_text = joined
    assert merge_text(base=base_text, theirs=their_text, mine=my_text) == both_text


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        ("甲一。乙。丙。", "甲二。乙。丙。"),
        ("甲。乙。丙。丁。", "甲。乙。丙。戊。"),
        ("乙。丙。", "甲一。乙。丙。"),
    ],
)
def test_changes_that_touch_are_not_merged(theirs: str, mine: str) -> None:
    assert merge_text(base=BASE.text_zh, theirs=theirs, mine=mine) is None


def test_each_field_says_what_became_of_it() -> None:
    theirs = replace(
        BASE, text_zh="甲一。乙。丙。", theme="water", lead="A", concerned=("310118", "330421")
    )
    mine = replace(
        BASE,
        text_zh="甲。乙。丙一。",
        lead="B",
        concerned=("310118", "320509", "320583"),
        change_claim="editorial",
    )
    proposed, rows = merge_wordings(base=BASE, theirs=theirs, mine=mine)
    assert {row.name: row.outcome for row in rows} == {
        "text_zh": Outcome.BOTH,
        "theme": Outcome.THEIRS,
        "lead": Outcome.OVERLAP,
        "concerned": Outcome.BOTH,
    }
    assert proposed == replace(
        BASE,
        text_zh="甲一。乙。丙一。",
        theme="water",
        lead="B",
        concerned=("310118", "330421", "320583"),
    )
    assert proposed.change_claim == ""
