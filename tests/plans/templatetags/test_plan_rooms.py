import pytest
from django.utils import translation

from plans.templatetags.plan_rooms import article_label


@pytest.mark.parametrize(("number", "label"), [("16", "Article 16"), ("I1", "I1"), ("", "")])
def test_numbers_of_provisions_are_called_articles(number: str, label: str) -> None:
    with translation.override("en"):
        assert str(article_label(number)) == label
