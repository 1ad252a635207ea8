"""Forty comments are disposed of at once; `make prove` does so with two hundred."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.comments_at_once import dispose

pytestmark = pytest.mark.browser


def test_forty_comments_are_disposed_of(browser: Browser, site: str) -> None:
    dispose(browser, site, count=40, some=8)
