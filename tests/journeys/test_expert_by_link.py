"""An expert without an account: from the mail over the one page to the receipt, in Chromium."""

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page

from consult.phase2_preparation.actions import experts
from consult.phase2_preparation.actions.experts import Asked
from consult.phase2_preparation.models import ExpertInvitation, ExpertOpinion
from consult.phase2_preparation.steps.experts import Person
from stakeholders.notices.actions import drain_outbox
from stakeholders.terms.actor import SYSTEM
from tests.consult.phase2_preparation.stage import Scene, build
from tests.world import build_world

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def scene(site: str) -> Scene:
    return build(build_world())


def asked(scene: Scene, email: str) -> tuple[ExpertInvitation, str]:
    """An invitation, and the link as its mail holds it."""
    one = scene.plan.rounds.first() or scene.open()
    row = experts.invite_expert(
        actor=scene.office,
        plan=scene.plan,
        one=one,
        person=Person(audience="expert", name="王教授", email=email),
        asked=Asked(items=["aim"], questions="够不够？"),
    )
    drain_outbox(actor=SYSTEM)
    body = next(str(one.body) for one in reversed(mail.outbox) if email in one.to)
    return row, re.findall(r"/asked/by-link/[\w-]+/", body)[-1]


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 320, "height": 800}, locale="en", java_script_enabled=request.param
    )
    yield context.new_page()
    context.close()


def enter(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("main form button").click()


def test_from_the_mail_to_the_receipt(
    page: Page, site: str, scene: Scene, request: pytest.FixtureRequest
) -> None:
    row, link = asked(scene, f"{request.node.callspec.id}@expert.example")
    addresses: list[str] = []
    page.on("request", lambda one: addresses.append(one.headers.get("referer", "")))
    enter(page, site + link)
    assert page.url == f"{site}/asked/"
    page.locator("#remark-text").fill("Please name the source.")
    page.locator("#remark button").click()
    assert page.locator(".quoted", has_text="Please name the source.").count() == 1
    enter(page, site + link)  # the same link again, as after a lost session
    assert page.locator(".quoted", has_text="Please name the source.").count() == 1
    page.locator("#result-result").select_option("minor")
    page.locator("#result-summary").fill("Feasible.")
    page.locator("button[name=hand_in]").click()
    opinion = ExpertOpinion.objects.get(invitation=row)
    assert opinion.reply.comments.get().text_en == "Please name the source."
    assert page.locator("main code").inner_text().startswith("sha256:")
    assert page.locator("button[name=hand_in]").count() == 0
    enter(page, site + link)  # used: it shows the receipt and takes nothing
    assert page.locator("main code").count() == 1
    assert page.locator("button[name=hand_in]").count() == 0
    assert [one for one in addresses if "by-link" in one] == []
    page.goto(f"{site}/plans/QWJ/")
    assert page.locator("h1").count() == 1
    assert scene.plan.title_zh not in page.content()


def test_a_revoked_link_says_so_and_shows_nothing(page: Page, site: str, scene: Scene) -> None:
    row, link = asked(scene, "revoked@expert.example")
    enter(page, site + link)
    assert page.locator("#remark").count() == 1
    experts.revoke_expert(actor=scene.office, plan=scene.plan, row=row)
    page.reload()
    assert page.locator("#remark").count() == 0
    enter(page, site + link)
    assert page.locator(".notice--warning").count() == 1
    assert scene.plan.title_zh not in page.content()
