"""A passage is found as a reader selected it and kept as the text has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.phase2_preparation.quotes import (
    UNSEEN,
    Quote,
    locate,
    place_of,
    quote_of,
    reads,
    with_wording,
)

TEXT = st.text(alphabet="水质ab 。\n*", max_size=40)


@given(zh=TEXT, en=TEXT, selected=TEXT, before=TEXT)
def test_what_is_located_stands_in_its_text(zh: str, en: str, selected: str, before: str) -> None:
    texts = {"zh": zh, "en": en}
    found = locate(texts, selected, before=before)
    held = any(reads(text, selected) for text in texts.values())
    is_empty = all(sign.isspace() or sign in UNSEEN for sign in selected)
    assert (found is not None) == (held and not is_empty)
    if found is not None:
        begin = place_of(texts[found.language], found)
        assert begin is not None
        assert texts[found.language][begin : begin + len(found.text)] == found.text


@given(text=TEXT, begin=st.integers(0, 39), length=st.integers(1, 10))
def test_a_selection_with_what_stands_before_it_is_found_in_its_place(
    text: str, begin: int, length: int
) -> None:
    words = text[begin : begin + length]
    if not words or words != words.strip() or any(sign in UNSEEN for sign in words):
        return
    found = locate({"zh": text}, words, before=text[:begin])
    assert found == quote_of(text, begin, begin + len(words), language="zh")


@given(text=TEXT, begin=st.integers(0, 39), length=st.integers(1, 10), wording=TEXT)
def test_replacing_a_passage_touches_nothing_else(
    text: str, begin: int, length: int, wording: str
) -> None:
    end = min(begin + length, len(text))
    if begin >= end:
        return
    quote = quote_of(text, begin, end, language="zh")
    assert place_of(text, quote) == begin
    assert with_wording(text, quote, wording) == text[:begin] + wording + text[end:]


def test_spaces_and_markdown_count_for_nothing_and_the_text_is_kept() -> None:
    text = "按**Ⅲ类**控制，\n两岸共同巡查。"
    found = locate({"zh": text, "en": ""}, "Ⅲ类控制， 两岸")
    assert found == Quote(text="Ⅲ类**控制，\n两岸", language="zh", at=1)


def test_equal_passages_are_told_apart_by_what_stands_before() -> None:
    text = "甲地巡查，乙地巡查。"
    assert locate({"zh": text}, "巡查") == Quote(text="巡查", language="zh", at=1)
    assert locate({"zh": text}, "巡查", before="甲地巡查，乙地") == Quote(
        text="巡查", language="zh", at=2
    )


def test_a_passage_of_another_text_is_not_found() -> None:
    assert locate({"zh": "水质", "en": "water"}, "大气") is None
    assert locate({"zh": "水质"}, "  ") is None
    assert place_of("水质", Quote(text="水质", language="zh", at=2)) is None
    assert with_wording("水质", Quote(text="大气", language="zh"), "x") == "水质"


TABLE = """两片合计：

| 片区 | 面积（公顷） |
|---|---:|
| 北片 | 12.5 |
| 南片 | 3 |

1. 先行启动；
2. 其后推开。"""


@pytest.mark.parametrize(
    ("selected", "kept"),
    [
        ("面积（公顷）\n\n\n北片\n12.5", "面积（公顷） |\n|---|---:|\n| 北片 | 12.5"),
        ("北片\n12.5\n南片", "北片 | 12.5 |\n| 南片"),
        ("先行启动；\n其后推开。", "先行启动；\n2. 其后推开。"),
        ("1. 先行启动；\n2. 其后", "1. 先行启动；\n2. 其后"),
    ],
)
def test_a_selection_across_a_drawn_table_or_list_is_found(selected: str, kept: str) -> None:
    found = locate({"zh": TABLE}, selected)
    assert found == Quote(text=kept, language="zh", at=1)


def test_a_minus_within_a_line_is_text() -> None:
    assert locate({"zh": "面积-12.5"}, "面积12.5") is None
