"""Many comments are disposed of: by keys, and two hundred of them at once.

`make test` presses the keys, which nothing but a browser knows; groups, decisions at once with their
preview and undo, publishing, answers and the matter that comes of one are asked for without a browser
in `tests/consult/phase2_preparation` (`test_groups`, `test_batches`, `test_publishing`). `make prove` walks
all of it by the pages.
"""

import pytest
from django.db import transaction
from playwright.sync_api import Browser

from tests.consult.phase2_preparation.stage import build
from tests.consult.phase2_preparation.test_batches import many
from tests.journeys.comments_at_once import OFFICE, decided_by_keys, dispose
from tests.journeys.visitor import Visitor
from tests.world import PASSWORD, build_world

pytestmark = pytest.mark.browser


def test_comments_are_decided_by_keys(browser: Browser, site: str) -> None:
    with transaction.atomic():
        many(build(build_world()), 8)
    office = Visitor(browser, site).come_in(OFFICE, PASSWORD)
    decided_by_keys(office)
    assert office.strayed == []


@pytest.mark.prove
def test_two_hundred_comments_are_disposed_of(browser: Browser, site: str) -> None:
    dispose(browser, site, count=200, some=40)
