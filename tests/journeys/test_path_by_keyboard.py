"""The path through all four phases without a mouse."""

from collections import Counter

import pytest
from playwright.sync_api import Browser

from plans.register.models import Plan
from tests.journeys.keyboard import Keyboard
from tests.journeys.test_path_in_browser import Company, propose, walk
from tests.saying import Say

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def company(browser: Browser, site: str) -> Company:
    return Company(browser, site, Keyboard)


def unseen(company: Company) -> dict[str, str]:
    """The stops of all people at which the focus was not to be seen."""
    return {what: at for one in company.visitors.values() for what, at in one.unseen.items()}


def used(company: Company) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in company.visitors.values():
        total.update(one.used)
    return total


def test_a_plan_is_proposed_by_keys(company: Company) -> None:
    propose(company)
    assert company.plan.phase == 1
    assert unseen(company) == {}


@pytest.mark.prove(minutes=2)
def test_a_plan_walks_all_four_phases_by_keys(company: Company, say: Say) -> None:
    if not Plan.objects.exists():
        propose(company)
    walk(company)
    say("the four phases by keyboard alone", {"people": len(company.visitors), **used(company)})
    assert company.plan.phase == 4
    assert unseen(company) == {}
