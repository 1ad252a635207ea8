import pytest

from stakeholders.terms.asked import asked_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("7", 7), ("999999999", 999_999_999), ("007", 7)],
)
def test_a_number_is_read(text: str, number: int) -> None:
    assert asked_number(text, default=-5) == number


@pytest.mark.parametrize(
    "text", ["", "-1", "1.0", " 1", "1\n", "²", "٣", "1_0", "1000000000", "9" * 5_000, "\x00"]
)
def test_anything_else_is_the_default(text: str) -> None:
    assert asked_number(text, default=-5) == -5
