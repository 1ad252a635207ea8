"""Numbers before chapters and provisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.text.documents.numbers import Rank, chinese, formatted, numbered, value_of


@pytest.mark.parametrize(
    ("text", "rank", "printed", "value", "rest", "is_apart"),
    [
        ("第一章　总则", Rank.CHAPTER, "第一章", 1, "总则", True),
        ("第 十二 章 附则", Rank.CHAPTER, "第 十二 章", 12, "附则", True),
        ("第三编", Rank.CHAPTER, "第三编", 3, "", True),
        ("第二节 岸线", Rank.SECTION, "第二节", 2, "岸线", True),
        ("第一百零五条 【水质】甲", Rank.ARTICLE, "第一百零五条", 105, "【水质】甲", True),
        ("第二〇条　甲", Rank.ARTICLE, "第二〇条", 20, "甲", True),
        ("第３条：甲", Rank.ARTICLE, "第３条", 3, "：甲", True),
        ("第十条之一 甲", Rank.ARTICLE, "第十条之一", 10, "甲", True),
        ("第三条规定的项目", Rank.ARTICLE, "第三条", 3, "规定的项目", False),
        ("一、目标", Rank.FIRST, "一、", 1, "目标", True),
        ("二．目标", Rank.FIRST, "二．", 2, "目标", True),
        ("（三）目标", Rank.SECOND, "（三）", 3, "目标", True),
        ("(十一) 目标", Rank.SECOND, "(十一)", 11, "目标", True),
        ("4. 目标", Rank.THIRD, "4.", 4, "目标", True),
        ("５．目标", Rank.THIRD, "５．", 5, "目标", True),
        ("1.2 目标", Rank.DOTTED, "1.2", 2, "目标", True),
        ("1.2.3　目标", Rank.DOTTED, "1.2.3", 3, "目标", True),
        ("（4）目标", Rank.FOURTH, "（4）", 4, "目标", True),
        ("Chapter IV Water", Rank.CHAPTER, "Chapter IV", 0, "Water", True),
        ("Article 7. Water", Rank.ARTICLE, "Article 7.", 7, "Water", True),
    ],
)
def test_numbered_reads(
    text: str, rank: Rank, printed: str, value: int, rest: str, is_apart: bool
) -> None:
    found = numbered(text)
    assert found is not None
    assert (found.rank, found.printed, found.value, found.rest, found.is_apart) == (
        rank,
        printed,
        value,
        rest,
        is_apart,
    )


@pytest.mark.parametrize(
    "text", ["", "总则", "2035年", "75.5%以上", "3.5%", "第一", "一般规定", "十年"]
)
def test_numbered_is_none_without_a_number(text: str) -> None:
    assert numbered(text) is None


@given(st.integers(min_value=0, max_value=9_999))
def test_chinese_numbers_read_back(number: int) -> None:
    assert value_of(chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [
        (12, "chineseCountingThousand", "十二"),
        (110, "chineseCounting", "一百一十"),
        (20, "ideographDigital", "二〇"),
        (3, "decimalEnclosedCircle", "③"),
        (4, "upperRoman", "IV"),
        (27, "lowerLetter", "aa"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (2, "ideographTraditional", "乙"),
        (9, "decimal", "9"),
    ],
)
def test_formatted_prints_as_word_does(number: int, kind: str, shown: str) -> None:
    assert formatted(number, kind) == shown
