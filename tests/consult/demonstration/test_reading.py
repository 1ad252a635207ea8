"""The numbers of the story's letters."""

from datetime import date

from consult.demonstration.reading import numbered


def test_a_letter_bears_the_year_of_its_day() -> None:
    day = date(2025, 10, 13)
    assert numbered("青府函〔2026〕109号（演示）", day) == "青府函〔2025〕109号（演示）"
    assert numbered("三地确认书（演示）", day) == "三地确认书（演示）"
    assert numbered("（演示）", day) == ""
