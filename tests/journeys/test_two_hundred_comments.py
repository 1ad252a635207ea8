"""Two hundred comments are disposed of at once; `make test` does so with forty."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.comments_at_once import dispose

pytestmark = pytest.mark.browser


@pytest.mark.prove
def test_two_hundred_comments_are_disposed_of(browser: Browser, site: str) -> None:
    dispose(browser, site, count=200, some=40)
