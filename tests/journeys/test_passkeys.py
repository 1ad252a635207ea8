"""Passkeys in a real browser with a made-up authenticator, under the site's content policy."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Browser

from stakeholders.terms.actor import Role
from tests.journeys.visitor import Visitor
from tests.world import PASSWORD, QINGPU, build_world

pytestmark = pytest.mark.browser


def with_authenticator(visitor: Visitor) -> None:
    """Put an authenticator into the browser that confirms everything by itself."""
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_used_renamed_and_removed(browser: Browser, site: str) -> None:
    world = build_world()
    email = world.user(QINGPU, Role.SIGNATORY).email
    visitor = Visitor(browser, site).sign_in(email, PASSWORD)
    with_authenticator(visitor)
    visitor.open("/accounts/2fa/webauthn/add/")
    visitor.fill({"name": "office key", "passwordless": True})
    with visitor.page.expect_event("load"):
        visitor.page.locator("#mfa_webauthn_add").click()
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    assert visitor.open("/accounts/2fa/webauthn/").lines("main th[scope=row]") == ["office key"]
    with visitor.page.expect_event("load"):
        visitor.page.locator('form[action$="/logout/"] button').first.click()
    visitor.open("/accounts/login/")
    with visitor.page.expect_event("load"):
        visitor.page.locator("#passkey_login").click()
    assert visitor.open("/people/account/").text("h1") == "我的账号"
    key = Authenticator.objects.get(type="webauthn").pk
    visitor.open(f"/accounts/2fa/webauthn/keys/{key}/edit/").fill({"name": "home key"}).send()
    assert Authenticator.objects.get(pk=key).wrap().name == "home key"
    visitor.open(f"/accounts/2fa/webauthn/keys/{key}/remove/").send()
    assert (Authenticator.objects.filter(pk=key).count(), visitor.strayed) == (0, [])
