from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plans.text.differences import blocks, edits, pieces


def marks(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.mark, piece.text) for piece in pieces(before, after)]


def test_chinese_is_compared_by_characters() -> None:
    assert marks("先补後占", "先补后占") == [
        ("same", "先补"),
        ("removed", "後"),
        ("added", "后"),
        ("same", "占"),
    ]


def test_english_is_compared_by_words() -> None:
    assert marks("cut by 20 percent", "cut by 30 percent") == [
        ("same", "cut by "),
        ("removed", "20"),
        ("added", "30"),
        ("same", " percent"),
    ]


def shown(before: str, after: str) -> str:
    """Both texts in one line: [-went-], [+came+]."""
    forms = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(forms[one.mark].format(one.text) for one in pieces(before, after))


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        # An entry of a list comes with the sign behind it, a sentence with its full stop.
        ("由甲、乙共同办理。", "由甲、丙、乙共同办理。", "由甲、[+丙、+]乙共同办理。"),
        ("A事。B事。", "A事。C事。B事。", "A事。[+C事。+]B事。"),
        # A number stays whole, with its sign, and so does a run of Chinese numerals.
        ("cut by 20% before 2030", "cut by 25% before 2030", "cut by [-20%-][+25%+] before 2030"),
        ("于二〇三〇年建成。", "于二〇三五年建成。", "于[-二〇三〇-][+二〇三五+]年建成。"),
        # No confetti: a character or a sign that happens to stay between changes goes along.
        (
            "联合执法队应当在2027年前建成，统一标准。",
            "联合执法队应在2028年底前组建，统一标准。",
            "联合执法队应[-当在2027年前建成-][+在2028年底前组建+]，统一标准。",
        ),
        # What has nothing in common is replaced as a whole.
        ("甲乙丙丁。", "完全不同的话", "[-甲乙丙丁。-][+完全不同的话+]"),
    ],
)
def test_differences_are_as_a_reader_would_mark_them(before: str, after: str, answer: str) -> None:
    assert shown(before, after) == answer


def test_rows_of_a_table_are_compared_cell_by_cell() -> None:
    before = "|站|级|\n|---|---|\n|青浦|2|\n|吴江|3|\n"
    after = "|站|级|\n|---|---|\n|青浦|5|\n|嘉善|4|\n|吴江|3|\n"
    assert [(block.shape, block.pieces[-1].text) for block in blocks(before, after)] == [
        ("same", "|站|级|\n"),
        ("same", "|---|---|\n"),
        ("changed", "|\n"),
        ("added", "|嘉善|4|\n"),
        ("same", "|吴江|3|\n"),
    ]


def test_paragraphs_moved_reworded_added_and_removed_are_told_apart() -> None:
    first, second, third = "生态空间共同保护。\n", "水质按Ⅲ类管控。\n", "道路逐一对接到位。\n"
    before = f"{first}{second}{third}"
    after = f"{third}{first}水质按Ⅱ类管控。\n新的一段。\n"
    assert [(block.shape, block.is_moved) for block in blocks(before, after)] == [
        ("added", True),
        ("same", False),
        ("changed", False),
        ("removed", True),
        ("added", False),
    ]


texts = st.text(max_size=80)
repetitive = st.text(alphabet="应当不ab 1.|、。\r\n", max_size=120)


@given(repetitive | texts, repetitive | texts)
@example("a\r\nb\r", "a\nb")
@example("|a\\|b|\\", "|a\\|c|\\")
@example("e\u0301\ufe0f", "e\u0301")
def test_pieces_rebuild_both_texts(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(one.text for one in found if one.mark != "added") == before
    assert "".join(one.text for one in found if one.mark != "removed") == after
    both = blocks(before, after)
    assert "".join(one.text for block in both for one in block.before) == before
    assert "".join(one.text for block in both for one in block.after) == after


@given(st.lists(repetitive, max_size=6), st.lists(repetitive, max_size=6))
def test_pieces_rebuild_texts_of_many_paragraphs(before: list[str], after: list[str]) -> None:
    old, new = "\n".join(before), "\n".join(after)
    found = pieces(old, new)
    assert "".join(one.text for one in found if one.mark != "added") == old
    assert "".join(one.text for one in found if one.mark != "removed") == new


@given(repetitive, repetitive)
def test_no_piece_is_empty_and_neighbours_differ(before: str, after: str) -> None:
    for block in blocks(before, after):
        marks_of = [one.mark for one in block.pieces]
        assert all(one.text for one in block.pieces)
        assert all(a != b for a, b in pairwise(marks_of))


@given(repetitive, repetitive)
def test_edits_make_the_new_text_of_the_old_one(before: str, after: str) -> None:
    found = edits(before, after)
    made, at = "", 0
    for begin, end, now in found:
        assert at < begin or begin == 0
        assert before[begin:end] != "".join(now)
        made, at = made + before[at:begin] + "".join(now), end
    assert made + before[at:] == after


@given(repetitive)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {one.mark for one in pieces(text, text)} <= {"same"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("甲乙" * 10_000, "乙丙甲" * 6_666),
        ("甲\n乙\n" * 5_000, "乙\n甲\n" * 5_000),
        ("".join(map(chr, range(0x4E00, 0x8E00))), "".join(map(chr, range(0x8E00, 0x4E00, -1)))),
    ],
)
def test_the_longest_texts_are_rebuilt_too(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(one.text for one in found if one.mark != "added") == before
    assert "".join(one.text for one in found if one.mark != "removed") == after
