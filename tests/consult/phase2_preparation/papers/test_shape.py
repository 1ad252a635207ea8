"""Days as papers write them."""

from datetime import date

from django.utils import translation

from consult.phase2_preparation.papers.shape import day_words


def test_a_day_is_written_as_the_language_of_the_paper_does() -> None:
    with translation.override("zh-hans"):
        assert day_words(date(2026, 11, 22)) == "2026年11月22日"
    with translation.override("en"):
        assert day_words(date(2026, 11, 22)) == "Nov. 22, 2026"
    assert day_words(None) == ""
