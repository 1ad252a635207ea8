"""A letter in pieces: nothing lost, every number a piece, articles recognized."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.phase2_preparation.splitting import article_in, pieces_of, rank_of

LINE = st.sampled_from(
    ["一、水", "（一）按第十二条", "1. 改", "①细", "(2) x", "说明", "", "  ", "1.5 倍", "二、气\r"]
)
LETTER = st.lists(LINE, max_size=12).map("\n".join) | st.text(
    alphabet="一、1.①（）\n 水", max_size=30
)


@given(text=LETTER)
def test_the_pieces_joined_are_the_letter(text: str) -> None:
    assert "".join(piece.text for piece in pieces_of(text)) == text


@given(text=LETTER)
def test_every_numbered_line_begins_a_piece_and_holds_its_words(text: str) -> None:
    pieces = pieces_of(text)
    numbered = [line for line in text.split("\n") if rank_of(line) is not None]
    assert len([piece for piece in pieces if piece.number]) == len(numbered)
    assert all(piece.words == piece.text.strip() for piece in pieces if not piece.number)


def test_a_letter_of_the_usual_shape() -> None:
    letter = "关于征求意见的复函\n一、建议修改第十二条。\n理由如下。\n（一）Article 3 is unclear\n1. 其他\n"
    found = [(piece.number, piece.article, piece.words) for piece in pieces_of(letter)]
    assert found == [
        ("", "", "关于征求意见的复函"),
        ("一、", "12", "建议修改第十二条。\n理由如下。"),
        ("（一）", "3", "Article 3 is unclear"),
        ("1.", "", "其他"),
    ]


def test_without_numbers_every_paragraph_is_a_piece() -> None:
    assert [piece.words for piece in pieces_of("水。\n\n气。\n")] == ["水。", "气。"]


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("见第12条", "12"),
        ("第 一百零二 条", "102"),
        ("see Art. 7", "7"),
        ("clause 5 and Article 6", "5"),
        ("第三章", ""),
        ("1.5倍", ""),
    ],
)
def test_the_article_a_piece_names(text: str, article: str) -> None:
    assert article_in(text) == article
