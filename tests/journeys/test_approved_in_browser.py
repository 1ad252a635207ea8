"""The reply of the approving authorities by the pages: a condition is taken up, noted, published.

No step of it needs a browser: `make test` takes each by its page without one, in
`tests/consult/approval` (`test_reply_pages`, `test_letter_pages`, `test_approved_after`).
"""

import pytest
from django.db import transaction
from playwright.sync_api import Browser

from plans.register.models import Plan
from tests.consult.approval.reply_scene import submitted
from tests.consult.phase3_identification.story import use_charter
from tests.journeys.test_approval_in_browser import APPROVAL, PLACE, PLAN, approve
from tests.journeys.visitor import Visitor
from tests.world import PASSWORD, build_world

pytestmark = pytest.mark.browser


@pytest.mark.prove
def test_approved_with_a_condition_and_published(
    browser: Browser, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_charter(monkeypatch)
    with transaction.atomic():
        submitted(build_world())
    known: dict[str, Visitor] = {}

    def visit(email: str) -> Visitor:
        if email not in known:
            known[email] = Visitor(browser, site).come_in(email, PASSWORD)
        return known[email]

    approve(visit)
    plan = Plan.objects.get(key=PLAN.split("/")[2])
    assert plan.frozen == plan.revisions.get(stage="approved")
    assert all(PLACE in one.open(APPROVAL).text() for one in known.values())
    assert [one.strayed for one in known.values()] == [[], []]
