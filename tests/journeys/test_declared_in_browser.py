"""Positions by the pages: one button of a leader with its receipt, objections.

A condition is spoken with the same rows of the same form; `test_common_identification` does it too.
"""

from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Browser

from consult.phase3_identification.models import Declaration
from tests.consult.phase3_identification.story import tell, use_charter
from tests.journeys.test_common_identification import PLAN, objected, signed_with_one_button
from tests.journeys.visitor import Visitor
from tests.world import JIASHAN, PASSWORD, QINGPU, WUJIANG, build_world, in_days

pytestmark = pytest.mark.browser


def test_two_parties_declare(
    browser: Browser, site: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use_charter(monkeypatch)
    with transaction.atomic():
        story = tell(build_world(), items=5, parties=(WUJIANG, JIASHAN))
        story.open(in_days(20))
    known: dict[str, Visitor] = {}

    def visit(email: str) -> Visitor:
        if email not in known:
            known[email] = Visitor(browser, site).come_in(email, PASSWORD)
        return known[email]

    signed_with_one_button(visit, tmp_path)
    objected(visit)
    said = Declaration.objects.values_list("jurisdiction", flat=True)
    assert sorted(said) == sorted([QINGPU, JIASHAN])
    shown = visit(f"signatory@{QINGPU}.example").open(f"{PLAN}reservations/").page
    assert shown.locator('main a[href*="/objections/"]').count() == 2
    assert [one.strayed for one in known.values()] == [[]] * len(known)
