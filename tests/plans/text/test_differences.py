from hypothesis import given
from hypothesis import strategies as st

from plans.text.differences import pieces


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


@given(
    st.text(alphabet="应当不ab 1.\n", max_size=40), st.text(alphabet="应当不ab 1.\n", max_size=40)
)
def test_pieces_rebuild_both_texts(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(p.text for p in found if p.mark != "added") == before
    assert "".join(p.text for p in found if p.mark != "removed") == after


@given(st.text(max_size=60), st.text(max_size=60))
def test_pieces_rebuild_any_text(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(p.text for p in found if p.mark != "added") == before
