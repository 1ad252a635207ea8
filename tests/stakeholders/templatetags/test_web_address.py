import pytest

from stakeholders.templatetags.web_address import is_web_address


@pytest.mark.parametrize(
    "text", ["https://x.example/a?b=文#c", "http://x.example", "HTTPS://X.example/"]
)
def test_an_address_of_the_web_may_be_a_link(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "javascript:alert(1)",
        "JavaScript://x.example/%0aalert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>",
        "ftp://x.example/",
        "//x.example/",
        "https:x.example",
        "https://[::1",
        "notice board",
    ],
)
def test_nothing_else_may(text: str | None) -> None:
    assert not is_web_address(text)
