"""Rate limits: guessing is slowed down, and nobody can shut the owner of an account out."""

import pytest
from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.test import Client, RequestFactory

from stakeholders.people.models import User
from tests.world import PASSWORD, World, person

LOGIN = "/accounts/login/"


@pytest.fixture
def owner(world: World) -> User:
    cache.clear()
    return person("owner@qingpu.example", "owner")


def enter(address: str, email: str, password: str) -> bool:
    client = Client(REMOTE_ADDR=address, headers={"accept-language": "en"})
    client.post(LOGIN, {"login": email, "password": password})
    return client.get("/").status_code == 200


def test_another_address_failing_does_not_shut_the_owner_out(owner: User) -> None:
    for last in range(4):
        for _guess in range(8):
            enter(f"203.0.113.{last}", owner.email, "guess")
    assert enter("203.0.113.1", owner.email, PASSWORD) is False
    assert enter("198.51.100.7", owner.email, PASSWORD) is True


def test_one_address_failing_on_many_accounts_is_stopped(world: World, owner: User) -> None:
    for number in range(31):
        enter("203.0.113.5", f"nobody{number}@x.example", "guess")
    client = Client(REMOTE_ADDR="203.0.113.5", headers={"accept-language": "en"})
    answer = client.post(LOGIN, {"login": owner.email, "password": "guess"})
    assert "Too many failed login attempts" in answer.content.decode()


def test_too_many_requests_are_told_on_a_page(owner: User, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client = Client(headers={"accept-language": "en"})
    client.post(LOGIN, {"login": owner.email, "password": "guess"})
    answer = client.post(LOGIN, {"login": owner.email, "password": "guess"})
    assert (answer.status_code, "Too many attempts" in answer.content.decode()) == (429, True)


def client_address(**headers: str) -> str:
    request = RequestFactory().post(LOGIN, REMOTE_ADDR="10.0.0.1", **headers)
    return str(get_adapter().get_client_ip(request))


def test_without_proxies_a_forwarded_address_is_not_believed(settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert client_address(HTTP_X_FORWARDED_FOR="198.51.100.9") == "10.0.0.1"


def test_behind_proxies_the_address_they_saw_is_taken(settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client_address(HTTP_X_FORWARDED_FOR="1.2.3.4, 198.51.100.9") == "198.51.100.9"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert client_address(HTTP_X_FORWARDED_FOR="1.2.3.4,198.51.100.9,10.0.0.2") == "198.51.100.9"


def test_behind_a_proxy_clients_do_not_share_one_limit(owner: User, settings) -> None:
    """Unset, every visitor of a site behind a proxy would fail and wait together."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(40):
        client = Client(REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "203.0.113.5"})
        client.post(LOGIN, {"login": f"n{number}@x.example", "password": "guess"})
    client = Client(REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "198.51.100.9"})
    client.post(LOGIN, {"login": owner.email, "password": PASSWORD})
    assert client.get("/").status_code == 200
