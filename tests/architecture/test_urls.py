"""Every URL is closed to strangers unless `config.open_urls` lists it; every POST needs its token."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.converters import UUIDConverter
from django.utils.regex_helper import normalize

from config.open_urls import OPEN_URLS
from stakeholders.terms.actor import Role
from tests.architecture.drawing import undrawn
from tests.world import PASSWORD, QINGPU, World

# Values tried for the parts of an address, the first that its pattern takes.
UUID = "12345678-1234-5678-1234-567812345678"
SAMPLES = ("1", "QWJ", "310118", "1-1")


def walk(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """(full name, path with sample values) of every route below `resolver`."""
    for pattern in resolver.url_patterns:
        path = prefix + sample(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern, path, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or ''}", f"/{path}"


def sample(pattern: URLPattern | URLResolver) -> str:
    """The part of an address that `pattern` matches, with sample values for its parameters."""
    regex = pattern.pattern.regex
    template, names = normalize(regex.pattern)[0]
    converters = getattr(pattern.pattern, "converters", {})
    known = {n: UUID for n in names if isinstance(converters.get(n), UUIDConverter)}
    tried = [template % {**dict.fromkeys(names, value), **known} for value in SAMPLES]
    return next((part for part in tried if regex.search(part)), tried[0])


ROUTES = sorted(set(walk(get_resolver())))
CLOSED = [route for route in ROUTES if route[0] not in OPEN_URLS]
OPEN = [route for route in ROUTES if route[0] in OPEN_URLS]


def is_to_sign_in(response) -> bool:
    doors = (reverse(settings.LOGIN_URL), "/admin/login/")
    return response.status_code == 302 and response["Location"].startswith(doors)


def test_the_walk_finds_the_pages_the_api_and_the_admin() -> None:
    names = {name for name, _path in ROUTES}
    assert {"home", "desk:home", "api:duties", "admin:index", "account_login"} <= names
    assert len(ROUTES) > 100


def test_every_listed_name_exists() -> None:
    assert OPEN_URLS - {name for name, _path in ROUTES} == set()


def test_closed_routes_answer_no_stranger(world: World, client: Client) -> None:
    client.raise_request_exception = False
    wrong = []
    for name, path in CLOSED:
        response = client.get(path)
        if response.status_code not in (401, 403, 404) and not is_to_sign_in(response):
            wrong.append((name, path, response.status_code))
    assert wrong == []


def test_open_routes_are_reached_by_strangers(world: World, client: Client) -> None:
    client.raise_request_exception = False
    wrong = []
    for name, path in OPEN:
        # The challenge of a passkey is fetched by a script, and answers only those.
        response = client.get(path, headers={"x-requested-with": "XMLHttpRequest"})
        # A probe may answer "not ready", a made-up link is a bad one: both have been reached.
        good = response.status_code < 400 or name in (
            "readyz",
            "account_confirm_email",
            "people:invitation",
            "preparation:door",
            "preparation:entered",
            "preparation:entered_file",
            "desk:feed",
            "unsubscribe",
            "api:evaluate",  # takes cases by POST
        )
        if not good or is_to_sign_in(response):
            wrong.append((name, path, response.status_code))
    assert wrong == []


def broken(client: Client, routes: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    codes = {(name, path): client.get(path).status_code for name, path in routes}
    return {
        (name, path): code
        for (name, path), code in codes.items()
        if code >= 500 and name != "readyz"
    }


def test_no_route_breaks_for_a_person_without_mandate(world: World) -> None:
    """Sample: every sixth route. In a world with plans all are asked for the rights over HTTP."""
    client = Client(raise_request_exception=False)
    client.force_login(world.administrator)
    assert broken(client, ROUTES[::6]) == {}


@pytest.mark.prove
def test_none_of_the_routes_breaks_for_a_person_without_mandate(world: World) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(world.administrator)
    assert broken(client, ROUTES) == {}


def taken_without_token(world: World, routes: list[tuple[str, str]]) -> list[tuple[str, str, int]]:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(world.administrator)
    wrong = []
    with undrawn():
        for name, path in routes:
            # The door of mail programs (RFC 8058): the link itself is the proof.
            expected = 404 if name == "unsubscribe" else 403
            response = client.post(path)
            if response.status_code != expected:
                wrong.append((name, path, response.status_code))
    return wrong


def test_a_post_without_its_token_is_refused(world: World) -> None:
    """Sample: every sixth route that looks for the token as all do, and every one that does so in
    its own way: what is not looked at by the common door is an operation, or the door of mail."""
    own = [one for one in ROUTES if getattr(resolve(one[1]).func, "csrf_exempt", False)]
    spared = {name for name, _path in own if not name.startswith("api:")}
    common = [one for one in ROUTES if one not in own]
    assert spared == {"unsubscribe"}
    assert taken_without_token(world, [*common[::6], *own[::3]]) == []


@pytest.mark.prove
def test_every_post_without_its_token_is_refused(world: World) -> None:
    assert taken_without_token(world, ROUTES) == []


INLINE = re.compile(
    r"<script(?![^>]*(?:src=|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=\"", re.I
)
FOREIGN = re.compile(r"(?:src|href|action)=\"(?:https?:)?//(?!localhost|testserver)", re.I)
MAIN_PAGES = [
    "home",
    "notices:inbox",
    "notices:settings",
    "people:mandates",
    "people:tokens",
    "people:account",
    "people:resets",
    "people:grant",
    "register:list",
    "jurisdictions:list",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "usersessions_list",
]


@pytest.mark.parametrize("name", MAIN_PAGES)
def test_main_pages_hold_no_inline_code_and_no_foreign_address(world: World, name: str) -> None:
    client = Client()
    world.plan()
    client.login(email=world.user(QINGPU, Role.CONTACT_POINT).email, password=PASSWORD)
    client.post(
        reverse("account_reauthenticate"),
        {"password": PASSWORD},
    )
    text = client.get(reverse(name)).content.decode()
    assert (INLINE.findall(text), FOREIGN.findall(text)) == ([], [])


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_strangers_pages_hold_no_inline_code_and_no_foreign_address(
    db: None, client: Client, name: str
) -> None:
    text = client.get(reverse(name)).content.decode()
    assert (INLINE.findall(text), FOREIGN.findall(text)) == ([], [])


def test_content_security_policy_is_strict(db: None, client: Client) -> None:
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert rules == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
