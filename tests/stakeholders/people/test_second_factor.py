"""A lost second factor: two persons, a pause for signing, and the command of the site's keepers."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from stakeholders.notices.models import Notice
from stakeholders.people import actions
from stakeholders.people.models import ApiToken, User
from stakeholders.people.reauthentication import require_unpaused
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase1_organization.scene import proposed, put_to_parties
from tests.shown import opened
from tests.world import KUNSHAN, PASSWORD, QINGPU, WUJIANG, World, in_days, person


def acts() -> list[str]:
    return list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))


@pytest.fixture
def owner(world: World) -> User:
    """Qingpu's signatory with an authenticator app, a session and a token."""
    user = world.user(QINGPU, Role.SIGNATORY)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    actor = world.actor(QINGPU, Role.SIGNATORY)
    actions.make_token(actor=actor, user=user, name="one", days=5)
    return user


@pytest.fixture
def session(owner: User) -> Client:
    """The owner's living session, made by signing in as it is done without a second factor."""
    Authenticator.objects.all().delete()
    client = Client()
    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    assert UserSession.objects.filter(user=owner).count() == 1
    Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return client


def ask(world: World, owner: User):
    actor = world.actor(QINGPU, Role.CONTACT_POINT)
    return actions.ask_second_factor_reset(actor=actor, email=owner.email, reason="lost phone")


def test_two_persons_strip_the_account_and_pause_signing(
    world: World, owner: User, session: Client
) -> None:
    reset = ask(world, owner)
    assert Authenticator.objects.filter(user=owner).count() == 1
    actions.confirm_second_factor_reset(actor=world.admin, reset=reset)
    owner.refresh_from_db()
    assert abs(owner.signing_paused_until - clock.now() - timedelta(hours=24)) < timedelta(
        minutes=1
    )
    left = (Authenticator.objects.count(), ApiToken.objects.count(), UserSession.objects.count())
    assert left == (0, 0, 0)
    assert session.get("/")["Location"].startswith("/accounts/login/")
    assert Notice.objects.get(user=owner).kind == "account.second_factor_reset"
    assert acts() == ["token.make", "second_factor.ask", "second_factor.reset"]
    with pytest.raises(NotVisible):
        actions.confirm_second_factor_reset(actor=world.admin, reset=reset)


def test_one_person_alone_does_not_do(world: World, owner: User) -> None:
    reset = ask(world, owner)
    with pytest.raises(Conflict):
        actions.confirm_second_factor_reset(
            actor=world.actor(QINGPU, Role.CONTACT_POINT), reset=reset
        )
    with pytest.raises(NotVisible):
        actions.confirm_second_factor_reset(
            actor=world.actor(WUJIANG, Role.CONTACT_POINT), reset=reset
        )
    with pytest.raises(Invalid):
        ask(world, owner)
    assert Authenticator.objects.filter(user=owner).count() == 1


def test_a_request_lapses_after_three_days(world: World, owner: User) -> None:
    with clock.stated(in_days(-4)):
        reset = ask(world, owner)
    with pytest.raises(NotVisible):
        actions.confirm_second_factor_reset(actor=world.admin, reset=reset)


def test_who_may_not_ask(world: World, owner: User) -> None:
    for actor in (world.actor(QINGPU, Role.PLANNER), PUBLIC):
        with pytest.raises(Refused):
            actions.ask_second_factor_reset(actor=actor, email=owner.email, reason="x")
    contact = world.actor(QINGPU, Role.CONTACT_POINT)
    outside = world.user(WUJIANG, Role.PLANNER)
    own = world.user(QINGPU, Role.CONTACT_POINT)
    for email in (outside.email, own.email, world.administrator.email, "nobody@x.example"):
        with pytest.raises(Invalid) as invalid:
            actions.ask_second_factor_reset(actor=contact, email=email, reason="x")
        assert set(invalid.value.errors) == {"email"}
    with pytest.raises(Invalid) as invalid:
        actions.ask_second_factor_reset(actor=contact, email=owner.email, reason="  ")
    assert set(invalid.value.errors) == {"reason"}
    assert acts() == ["token.make"]


def test_nothing_is_signed_during_the_pause(world: World) -> None:
    plan = world.plan()
    user = world.user(QINGPU, Role.SIGNATORY)
    User.objects.filter(pk=user.pk).update(signing_paused_until=in_days(1))
    with pytest.raises(Refused):
        require_unpaused(user_id=user.pk)
    client = Client(headers={"accept-language": "en"})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for path in (f"/plans/{plan.key}/sign-off/position/", f"/plans/{plan.key}/statement/sign/"):
        answer = client.post(path)
        assert (answer.status_code, "until 20" in answer.content.decode()) == (403, True)
    answer = client.post("/people/tokens/", {"name": "x", "days": 1})
    assert (answer.status_code, ApiToken.objects.count()) == (403, 0)


def test_the_pause_also_holds_on_the_administrators_pages(world: World) -> None:
    mandate = world.mandate(QINGPU, Role.SIGNATORY)
    type(mandate).objects.filter(pk=mandate.pk).update(second_by=None)
    admin = world.administrator
    User.objects.filter(pk=admin.pk).update(is_superuser=True, signing_paused_until=in_days(1))
    client = Client()
    client.force_login(User.objects.get(pk=admin.pk))
    client.post(
        "/admin/stakeholders/mandate/", {"action": "confirm", "_selected_action": [mandate.pk]}
    )
    mandate.refresh_from_db()
    assert mandate.second_by_id is None


def test_the_pause_ends_by_itself(world: World) -> None:
    user = world.user(QINGPU, Role.SIGNATORY)
    User.objects.filter(pk=user.pk).update(signing_paused_until=in_days(-0.01))
    assert require_unpaused(user_id=user.pk) is None


def test_the_command_does_the_same_and_leaves_an_entry(owner: User, capsys) -> None:
    call_command("reset_second_factor", owner.email, reason="flood", by="duty officer")
    owner.refresh_from_db()
    assert (Authenticator.objects.count(), owner.signing_paused_until > clock.now()) == (0, True)
    assert capsys.readouterr().out == "factors: 1\nsessions: 0\ntokens: 1\n"
    assert acts() == ["token.make", "second_factor.reset"]
    entry = RecordEntry.objects.latest("pk")
    assert ("flood" in entry.payload, "duty officer" in entry.payload) == (False, False)
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody@x.example", reason="x", by="y")
    with pytest.raises(CommandError):
        call_command("reset_second_factor", owner.email, reason=" ", by="y")


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def test_the_pages_lead_through_it(world: World, owner: User) -> None:
    contact = signed_in(world.user(QINGPU, Role.CONTACT_POINT))
    asked = contact.post("/people/second-factor/", {"email": owner.email, "reason": "lost phone"})
    assert asked.status_code == 302
    reset = owner.second_factor_resets.get()
    assert "awaits a second person" in contact.get("/people/second-factor/").content.decode()
    assert contact.post(f"/people/second-factor/{reset.pk}/confirm/").status_code == 409
    second = signed_in(world.administrator)
    assert second.get(f"/people/second-factor/{reset.pk}/confirm/").status_code == 200
    assert second.post(f"/people/second-factor/{reset.pk}/confirm/").status_code == 302
    assert Authenticator.objects.count() == 0
    planner = signed_in(person("x@qingpu.example", "x"))
    assert planner.get("/people/second-factor/").status_code == 403
    page = signed_in(owner).get("/people/account/").content.decode()
    assert "Nothing can be signed, granted or confirmed" in page


def test_no_program_grants_during_the_pause(world: World) -> None:
    """A browser's session opens the API too: the pause stands in the acts, not in the pages."""
    user = world.user(QINGPU, Role.CONTACT_POINT)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    body = {"email": "p@q.example", "name_zh": "规划员", "role": "planner", "document": "d"}
    claim = {"jurisdiction": KUNSHAN, "document": "d"}
    User.objects.filter(pk=user.pk).update(signing_paused_until=in_days(1))
    for url, given in (("/api/v1/mandates/", body), ("/api/v1/mandates/claim/", claim)):
        answer = client.post(url, given, content_type="application/json")
        assert (answer.status_code, "until 20" in answer.content.decode()) == (403, True)
    assert User.objects.filter(email="p@q.example").exists() is False
    User.objects.filter(pk=user.pk).update(signing_paused_until=None)
    assert (
        client.post("/api/v1/mandates/", body, content_type="application/json").status_code == 201
    )


def test_a_position_on_the_charter_is_taken_after_proving_oneself_and_not_in_the_pause(
    world: World,
) -> None:
    plan = world.plan()
    ballot = put_to_parties(world, proposed(world, plan))
    user = world.user(WUJIANG, Role.SIGNATORY)
    url = reverse("organization:take_position", args=[plan.key, ballot.subject_id])
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    asked = client.post(url, {"value": "agree"})
    assert (asked.status_code, "reauthenticate" in asked["Location"]) == (302, True)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    User.objects.filter(pk=user.pk).update(signing_paused_until=in_days(1))
    assert client.post(url, {"value": "agree"}).status_code == 403
    assert ballot.positions.count() == 0
    User.objects.filter(pk=user.pk).update(signing_paused_until=None)
    assert client.post(url, {**opened(client, url), "value": "agree"}).status_code == 302
    assert ballot.positions.count() == 1
