"""Which texts say the same: pure, so tried on anything."""

from hypothesis import given
from hypothesis import strategies as st

from consult.phase2_preparation.filling import MOST_NUMBERS, filled, packed, unpacked
from consult.phase2_preparation.likeness import THRESHOLD, alike, likeness, normalised

TEXT = st.text(alphabet="规划水面应减排提高百分之 ab,。", max_size=24)


@given(TEXT, TEXT)
def test_likeness_lies_between_0_and_1_and_is_the_same_both_ways(one: str, other: str) -> None:
    found = likeness(one, other)
    assert 0 <= found <= 1
    assert found == likeness(other, one)
    assert likeness(one, one) == 1


@given(TEXT)
def test_spaces_punctuation_width_and_case_do_not_count(text: str) -> None:
    changed = " ".join(text.upper()) + "！"
    assert normalised(changed) == normalised(text)
    assert likeness(changed, text) == 1


@given(st.lists(TEXT, max_size=12))
def test_groups_are_disjoint_ordered_and_hold_every_likeness(texts: list[str]) -> None:
    known = dict(enumerate(texts))
    groups = alike(known)
    members = [pk for group in groups for pk in group]
    assert len(members) == len(set(members))
    assert groups == sorted(sorted(group) for group in groups)
    assert all(len(group) > 1 for group in groups)
    by_pk = {pk: group for group in groups for pk in group}
    for one in known:
        for other in known:
            same = normalised(known[one]) and likeness(known[one], known[other]) >= THRESHOLD
            if one < other and same:
                assert by_pk[one] == by_pk[other]


def test_near_identical_ones_are_found_and_different_ones_are_not() -> None:
    text = "建议将本条减排比例由百分之十五提高到百分之二十，并明确责任单位和完成时限。"
    texts = {
        1: text,
        2: "另设一条，规定跨界水体联合执法。",
        3: text.replace("二十", "二五"),
        4: f" {text}",
        5: "",
        6: "",
    }
    assert alike(texts) == [[1, 3, 4]]


@given(st.sets(st.integers(min_value=0, max_value=999_999), max_size=60))
def test_numbers_come_back_from_their_ranges(numbers: set[int]) -> None:
    assert unpacked(packed(numbers)) == sorted(numbers)


@given(st.text(max_size=30))
def test_anything_typed_as_numbers_is_read_or_left_out(text: str) -> None:
    assert all(number >= 0 for number in unpacked(text))


def test_ranges_too_long_are_left_out() -> None:
    assert unpacked(f"1-{MOST_NUMBERS * 10},7") == [7]
    assert packed([3, 1, 2, 9]) == "1-3,9"


@given(TEXT, TEXT, TEXT)
def test_a_text_without_placeholders_stays_and_others_take_the_names(
    text: str, article: str, unit: str
) -> None:
    assert filled(text, article=article, unit=unit) == text
    assert filled(f"{{article}}{text}{{unit}}", article=article, unit=unit) == article + text + unit


def test_what_a_name_holds_is_not_filled_in_again() -> None:
    assert filled("{article}", article="{unit}", unit="x") == "{unit}"
    assert filled("{other} {0}", article="a", unit="b") == "{other} {0}"
