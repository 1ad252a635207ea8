"""OpenID Connect: off until configured; opens accounts that are there, makes none, grants nothing."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from config import env
from stakeholders.people.models import AccountInvitation, Mandate, User
from tests.world import World, in_days, person

CLAIMS: dict[str, object] = {}


class Provider(BaseHTTPRequestHandler):
    """A provider on loopback: discovery, one token, and the claims a test has set."""

    def do_GET(self) -> None:
        site = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known/"):
            self._say(
                {
                    "issuer": site,
                    "authorization_endpoint": f"{site}/authorize",
                    "token_endpoint": f"{site}/token",
                    "userinfo_endpoint": f"{site}/userinfo",
                    "jwks_uri": f"{site}/keys",
                }
            )
        else:
            self._say(CLAIMS)

    def do_POST(self) -> None:
        self._say({"access_token": "token", "token_type": "Bearer"})

    def _say(self, content: dict[str, object]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def provider(settings) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    app = {
        "provider_id": "sso",
        "name": "City single sign-on",
        "client_id": "jointplan",
        "secret": "secret",
        "settings": {"server_url": address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield address
    server.shutdown()
    server.server_close()
    thread.join()


def come_back(claims: dict[str, object]):
    """Through the provider and back, as a browser would go: (client, answer of the site)."""
    CLAIMS.clear()
    CLAIMS.update(claims)
    client = Client(headers={"accept-language": "en"})
    asked = client.post("/accounts/oidc/sso/login/")
    assert asked.status_code == 302, asked.content
    state = parse_qs(urlsplit(asked["Location"]).query)["state"][0]
    return client, client.get(f"/accounts/oidc/sso/login/callback/?code=c&state={state}")


@pytest.fixture
def owner(world: World) -> User:
    user = person("owner@qingpu.example", "owner")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def claims(email: str, *, verified: bool = True, sub: str = "1") -> dict[str, object]:
    return {"sub": sub, "email": email, "email_verified": verified, "name": "Somebody"}


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_off_until_configured(world: World) -> None:
    page = Client(headers={"accept-language": "en"}).get("/accounts/login/").content.decode()
    assert "/accounts/oidc/" not in page
    assert Client().get("/accounts/oidc/sso/login/").status_code == 404


def test_the_button_is_there_when_configured(world: World, provider: str) -> None:
    page = Client(headers={"accept-language": "en"}).get("/accounts/login/").content.decode()
    assert re.search(r'href="/accounts/oidc/sso/login/[^"]*">City single sign-on<', page)
    shown = Client().get("/accounts/oidc/sso/login/")
    assert (shown.status_code, "Location" in shown.headers) == (200, False)


def test_opens_the_account_with_the_same_confirmed_address(owner: User, provider: str) -> None:
    client, answer = come_back(claims(owner.email))
    assert (answer.status_code, is_in(client)) == (302, True)
    assert SocialAccount.objects.get().user == owner
    assert Mandate.objects.filter(user=owner).count() == 0
    owner.refresh_from_db()
    assert owner.has_usable_password()


def test_makes_no_account(owner: User, provider: str) -> None:
    before = User.objects.count()
    client, answer = come_back(claims("stranger@x.example"))
    words = answer.content.decode()
    assert (answer.status_code, "Accounts are made by invitation" in words) == (403, True)
    assert (User.objects.count(), is_in(client)) == (before, False)
    signup = client.post("/accounts/3rdparty/signup/", {"email": "stranger@x.example"})
    assert (signup.status_code in (302, 200), User.objects.count()) == (True, before)


def test_an_address_nobody_confirmed_opens_nothing(owner: User, provider: str) -> None:
    client, answer = come_back(claims(owner.email, verified=False))
    assert (answer.status_code, is_in(client)) == (403, False)
    EmailAddress.objects.update(verified=False)
    client, answer = come_back(claims(owner.email))
    assert (answer.status_code, is_in(client)) == (403, False)
    assert SocialAccount.objects.count() == 0


def test_a_closed_account_stays_closed(owner: User, provider: str) -> None:
    User.objects.filter(pk=owner.pk).update(is_active=False)
    client, _answer = come_back(claims(owner.email))
    assert is_in(client) is False


def test_an_invitation_not_accepted_is_not_passed_by(world: World, provider: str) -> None:
    user = User.objects.create_user("new@qingpu.example", None, name_zh="new")
    AccountInvitation.objects.create(
        user=user, email=user.email, created_at=in_days(-30), expires_at=in_days(-16)
    )
    client, answer = come_back(claims(user.email))
    assert (answer.status_code, is_in(client)) == (403, False)


def test_the_content_policy_lets_the_button_lead_to_the_provider(monkeypatch) -> None:
    """Browsers apply form-action to the address a form is sent on to."""

    monkeypatch.setenv("OIDC_SERVER_URL", "https://sso.city.example:8443/realms/plan")
    assert env.origins("OIDC_SERVER_URL") == ["https://sso.city.example:8443"]
    monkeypatch.delenv("OIDC_SERVER_URL")
    assert env.origins("OIDC_SERVER_URL") == []
