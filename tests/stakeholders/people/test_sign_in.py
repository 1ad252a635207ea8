"""The door: signing in, failing to, getting back in, and what a stranger learns from it."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from stakeholders.notices.models import OutboxMessage
from stakeholders.people.models import User
from tests.world import PASSWORD, World, person

LOGIN = "/accounts/login/"
NEW = "another long test passphrase"


@pytest.fixture
def planner(world: World) -> User:
    cache.clear()
    return person("planner@qingpu.example", "planner")


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


def enter(client: Client, email: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def words(response) -> str:
    """The page without what differs in any case: tokens and what was typed."""
    text = re.sub(r'(value|content|action)="[^"]*"', "", response.content.decode())
    return re.sub(r"\S+@\S+", "", text)


def test_login_by_email_leads_to_the_desk(planner: User, visitor: Client) -> None:
    answer = enter(visitor, planner.email)
    assert (answer.status_code, answer["Location"], is_in(visitor)) == (302, "/", True)


def test_wrong_password_and_unknown_address_are_told_alike(planner: User, visitor: Client) -> None:
    wrong = enter(visitor, planner.email, "not the passphrase")
    unknown = enter(visitor, "nobody@qingpu.example", "not the passphrase")
    assert (wrong.status_code, words(wrong)) == (unknown.status_code, words(unknown))
    assert is_in(visitor) is False


def test_closed_account_does_not_get_in(planner: User, visitor: Client) -> None:
    planner.is_active = False
    planner.save()
    enter(visitor, planner.email)
    assert is_in(visitor) is False


def test_closing_an_account_ends_its_session(planner: User, visitor: Client) -> None:
    enter(visitor, planner.email)
    User.objects.filter(pk=planner.pk).update(is_active=False)
    assert is_in(visitor) is False


def test_guessing_is_slowed_down(planner: User, visitor: Client) -> None:
    for _try in range(12):
        enter(visitor, planner.email, "guess")
    enter(visitor, planner.email)
    assert is_in(visitor) is False


def test_logout_ends_the_session(planner: User, visitor: Client) -> None:
    enter(visitor, planner.email)
    assert visitor.get("/accounts/sessions/").status_code == 200
    visitor.post("/accounts/logout/")
    assert is_in(visitor) is False


def test_registration_is_closed(world: World, visitor: Client) -> None:
    before = User.objects.count()
    fields = {"email": "x@y.example", "password1": NEW, "password2": NEW}
    answer = visitor.post("/accounts/signup/", fields)
    assert (answer.status_code, User.objects.count()) == (200, before)
    assert "<form" not in re.sub(r"(?s)<header.*?</header>", "", answer.content.decode())


def test_reset_mail_waits_in_the_outbox_and_opens_the_door_once(
    planner: User, visitor: Client
) -> None:
    visitor.post("/accounts/password/reset/", {"email": planner.email})
    mail = OutboxMessage.objects.get()
    assert (mail.recipient, mail.is_secret, mail.sent_at) == (planner.email, True, None)
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.body)[1]
    form = visitor.get(link, follow=True)
    fields = {"password1": NEW, "password2": NEW}
    visitor.post(form.redirect_chain[-1][0], fields)
    assert enter(Client(), planner.email, NEW).status_code == 302
    again = Client().get(link, follow=True).content.decode()
    assert "password1" not in again


def test_reset_tells_nobody_who_has_an_account(planner: User, visitor: Client) -> None:
    known = visitor.post("/accounts/password/reset/", {"email": planner.email}, follow=True)
    unknown = visitor.post("/accounts/password/reset/", {"email": "no@y.example"}, follow=True)
    assert (known.status_code, words(known)) == (unknown.status_code, words(unknown))
    assert [m.recipient for m in OutboxMessage.objects.all()] == [planner.email]


def test_first_password_is_set_by_the_mailed_link(planner: User, visitor: Client) -> None:
    from_link = person("fresh@qingpu.example", "fresh")
    from_link.set_unusable_password()
    from_link.save()
    visitor.post("/accounts/password/reset/", {"email": from_link.email})
    assert OutboxMessage.objects.filter(recipient=from_link.email).count() == 1


def test_passkeys_are_offered_at_localhost(planner: User, visitor: Client) -> None:
    page = visitor.get(LOGIN).content.decode()
    assert ("passkey_login" in page, 'data-allauth-onload="allauth.webauthn' in page) == (
        True,
        True,
    )
    challenge = visitor.get(
        "/accounts/2fa/webauthn/login/", headers={"x-requested-with": "XMLHttpRequest"}
    ).json()
    options = challenge["request_options"]["publicKey"]
    assert options["userVerification"] in ("required", "preferred")
    enter(visitor, planner.email)
    visitor.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert visitor.get("/accounts/2fa/webauthn/add/").status_code == 200


def test_administrators_enter_by_the_same_door(world: World, visitor: Client) -> None:
    answer = visitor.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(LOGIN)
