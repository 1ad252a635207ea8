import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from plans.text.characters import FORBIDDEN, forbidden_in

PLAIN = st.text(alphabet=st.characters(exclude_categories=("Cc", "Cf", "Cs")))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("甲\x00", "Line 1, character 2: the character U+0000 (NULL)"),
        ("甲\n乙丙\x07", "Line 2, character 3: the character U+0007 (CONTROL CHARACTER)"),
        ("\u202eabc", "Line 1, character 1: the character U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("a\u2066b", "Line 1, character 2: the character U+2066 (LEFT-TO-RIGHT ISOLATE)"),
        ("\n\n\ud800", "Line 3, character 1: the character U+D800 (CONTROL CHARACTER)"),
    ],
)
def test_a_forbidden_character_is_named_with_its_place(text: str, sentence: str) -> None:
    with translation.override("en"):
        said = str(forbidden_in(text))
    assert said == f"{sentence} cannot stand in a text; please delete it."


@pytest.mark.parametrize("text", ["", "表格\t列\r\n第二行", "Ⅲ类 ≤ 5 μg/L　全角", "e\u0301", "👍"])
def test_what_people_write_is_let_pass(text: str) -> None:
    assert forbidden_in(text) is None


@given(before=PLAIN, after=st.text(), bad=st.sampled_from("\x00\x1b\u202a\u202e\u2069\x85"))
def test_no_forbidden_character_is_missed(before: str, after: str, bad: str) -> None:
    assert forbidden_in(before) is None
    assert FORBIDDEN.search(before + bad + after).start() == len(before)
