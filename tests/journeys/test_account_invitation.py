"""A new person takes its account from the mailed link, in Chromium: the form carries its origin."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Browser

from stakeholders.notices.actions import drain_outbox
from stakeholders.people.actions import appoint
from stakeholders.people.models import AccountInvitation, User
from stakeholders.terms.actor import SYSTEM, Role
from tests.journeys.visitor import Visitor
from tests.world import QINGPU, build_world

pytestmark = pytest.mark.browser
NEW = "another long test passphrase"
EMAIL = "new@qingpu.example"


def test_the_account_is_taken_and_its_link_goes_nowhere(browser: Browser, site: str) -> None:
    appoint(
        actor=build_world().actor(QINGPU, Role.CONTACT_POINT),
        email=EMAIL,
        name_zh="新人",
        role=Role.PLANNER,
        document="青函〔2026〕1号",
        plan_key="",
    )
    drain_outbox(actor=SYSTEM)
    link = re.search(r"/people/invitation/\S+", str(mail.outbox[-1].body))
    assert link is not None
    visitor = Visitor(browser, site)
    referrers: list[str] = []
    visitor.page.on("request", lambda one: referrers.append(one.headers.get("referer", "")))
    visitor.open(link[0]).fill({"password1": NEW, "password2": NEW}).send()
    assert visitor.page.url == f"{site}/accounts/login/"
    assert AccountInvitation.objects.get().accepted_at is not None
    assert User.objects.get(email=EMAIL).check_password(NEW)
    assert [one for one in referrers if "/people/invitation/" in one] == []
    assert visitor.strayed == []
