"""What rows show alike is rendered once for a request, and only where the keys are equal."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

PAGE = Template(
    "{% load same %}{% for row in rows %}{% same 'sign' row.kind %}{{ row.text }}{% endsame %}{% endfor %}"
)
ROWS = [{"kind": "a", "text": "1"}, {"kind": "b", "text": "<2>"}, {"kind": "a", "text": "3"}]


def test_equal_keys_share_what_was_rendered_first() -> None:
    request = RequestFactory().get("/")
    assert PAGE.render(Context({"rows": ROWS, "request": request})) == "1&lt;2&gt;1"


def test_another_request_renders_its_own() -> None:
    for text in ("one", "other"):
        context = {"rows": [{"kind": "a", "text": text}], "request": RequestFactory().get("/")}
        assert PAGE.render(Context(context)) == text


def test_without_a_request_nothing_is_kept() -> None:
    assert PAGE.render(Context({"rows": ROWS})) == "1&lt;2&gt;3"


def test_blocks_of_other_names_are_apart() -> None:
    two = Template("{% load same %}{% same 'a' 1 %}x{% endsame %}{% same 'b' 1 %}y{% endsame %}")
    assert two.render(Context({"request": RequestFactory().get("/")})) == "xy"


def test_a_block_without_keys_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% load same %}{% same %}x{% endsame %}")
