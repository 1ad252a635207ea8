from types import SimpleNamespace

import pytest
from django.utils import translation

from stakeholders.templatetags.in_language import in_language

BOTH = SimpleNamespace(title_zh="规划", title_en="Plan")
ONE = {"title_zh": "规划", "title_en": ""}
ENGLISH = {"title_en": "Plan"}


@pytest.mark.parametrize(
    ("language", "thing", "shown"),
    [
        ("zh-hans", BOTH, "规划"),
        ("en", BOTH, "Plan"),
        ("en-gb", BOTH, "Plan"),
        ("en", ONE, "规划"),
        ("zh-hans", ENGLISH, "Plan"),
        ("en", None, ""),
    ],
)
def test_in_language_takes_the_text_there_is(language: str, thing: object, shown: str) -> None:
    with translation.override(language):
        assert in_language(thing, "title") == shown
