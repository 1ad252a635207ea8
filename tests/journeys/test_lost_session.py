"""A session that ends in mid-form: signing in brings back the page and what was typed."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser

from stakeholders.people.models import Mandate
from stakeholders.terms.actor import Role
from tests.journeys.visitor import Visitor
from tests.world import PASSWORD, QINGPU, WUJIANG, World, build_world

pytestmark = pytest.mark.browser
GRANT = "/people/mandates/grant/"
FIELDS = {
    "email": "new@qingpu.example",
    "name_zh": "新来的规划师",
    "role": "drafter",
    "document": "青函〔2026〕77号",
}
MODULE = Path(__file__).resolve().parents[2] / "static" / "js" / "kept_text.js"


@pytest.fixture(scope="module")
def world(site: str) -> World:
    made = build_world()
    made.mandate(QINGPU, Role.CONTACT_POINT)
    made.mandate(WUJIANG, Role.CONTACT_POINT)
    return made


@pytest.fixture
def visitor(browser: Browser, site: str, world: World) -> Visitor:
    return Visitor(browser, site).come_in(email(QINGPU), PASSWORD)


def email(code: str) -> str:
    return f"contact_point@{code}.example"


def kept(visitor: Visitor) -> list[str]:
    return visitor.page.evaluate(
        "() => Object.keys(localStorage).filter((k) => k.startsWith('jointplan.kept:'))"
    )


def typed(visitor: Visitor) -> dict[str, str]:
    return {n: visitor.page.locator(f'main [name="{n}"]').input_value() for n in FIELDS}


def lose(visitor: Visitor) -> None:
    """The form is filled in, the session ends, the form is sent: the sign-in page comes."""
    visitor.open(GRANT).fill(FIELDS)
    Session.objects.all().delete()
    visitor.page.locator('main button[type="submit"]').first.click()
    visitor.page.wait_for_url("**/accounts/login/**")


def enter(visitor: Visitor, code: str = QINGPU) -> None:
    visitor.fill({"login": email(code), "password": PASSWORD})
    visitor.send("login/")


def test_the_text_comes_back_and_goes_when_it_was_sent(visitor: Visitor) -> None:
    lose(visitor)
    enter(visitor)
    assert (visitor.page.url.removeprefix(visitor.site), typed(visitor)) == (GRANT, FIELDS)
    assert visitor.page.locator("main form .notice").count() == 1
    visitor.send("grant/")
    assert Mandate.objects.filter(user__email=FIELDS["email"]).count() == 1
    assert (kept(visitor), visitor.strayed) == ([], [])


def test_another_person_at_the_same_browser_sees_nothing(visitor: Visitor) -> None:
    lose(visitor)
    enter(visitor, WUJIANG)
    visitor.open(GRANT)
    assert (typed(visitor)["name_zh"], kept(visitor)) == ("", [])


def test_signing_out_clears_everything(visitor: Visitor) -> None:
    visitor.open(GRANT).fill(FIELDS)
    visitor.page.wait_for_timeout(500)
    assert len(kept(visitor)) == 1
    visitor.page.locator('form[action$="/logout/"] button').first.click()
    visitor.page.wait_for_url("**/")
    assert kept(visitor) == []


def test_the_text_can_be_discarded(visitor: Visitor) -> None:
    lose(visitor)
    enter(visitor)
    visitor.page.locator("main form .notice button").click()
    visitor.page.wait_for_function(
        "() => document.querySelector('main [name=name_zh]')?.value === ''"
    )
    assert kept(visitor) == []


def test_passwords_hidden_fields_and_account_pages_are_never_kept(visitor: Visitor) -> None:
    visitor.open("/accounts/password/change/")
    visitor.page.locator('main [name="oldpassword"]').fill("secret words")
    visitor.open(GRANT).fill(FIELDS)
    visitor.page.wait_for_timeout(500)
    stored = visitor.page.evaluate("() => JSON.stringify(localStorage)")
    found = [w in stored for w in ("secret words", "csrfmiddlewaretoken", "acting_mandate")]
    assert found == [False, False, False]


def test_a_form_sent_by_htmx_comes_back_too(visitor: Visitor) -> None:
    """The page notices that the session is lost, is loaded anew, and leads to the sign-in page."""
    visitor.open(GRANT)
    visitor.page.evaluate(
        """() => {
            const form = document.querySelector('main form[method="post"]');
            form.setAttribute('hx-post', form.getAttribute('action'));
            form.setAttribute('hx-target', '#main');
            htmx.process(form);
        }"""
    )
    visitor.fill(FIELDS)
    Session.objects.all().delete()
    visitor.page.locator('main button[type="submit"]').first.click()
    visitor.page.wait_for_url("**/accounts/login/**")
    enter(visitor)
    assert typed(visitor) == FIELDS


def test_the_module_stays_small() -> None:
    assert MODULE.stat().st_size < 4_500
