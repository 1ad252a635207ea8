"""Attacks on accounts that comparable systems suffered, replayed here.

Each class names the kind of weakness and where it was published.
"""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stakeholders.notices.actions import drain_outbox
from stakeholders.notices.models import OutboxMessage
from stakeholders.notices.steps import notify, queue_mail
from stakeholders.people import actions
from stakeholders.people.models import AccountInvitation, ApiToken, Mandate, Organization, User
from stakeholders.people.steps import queue_password_mail
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Refused
from tests.world import PASSWORD, QINGPU, WUJIANG, World, in_days, person

LOGIN = "/accounts/login/"
NEW = "another long test passphrase"
EVIL = '<script>alert("x")</script><img src=x onerror=alert(1)>'


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


def visitor(user: User | None = None, password: str = PASSWORD) -> Client:
    """A browser in English; signed in by the form when `user` is given."""
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.post(LOGIN, {"login": user.email, "password": password})
    return client


def prove(client: Client) -> Client:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def invited(world: World, email: str = "new@qingpu.example") -> tuple[AccountInvitation, str]:
    """(invitation, path of its link) of a planner Qingpu's contact point appointed."""
    actions.appoint(
        actor=world.actor(QINGPU, Role.CONTACT_POINT),
        email=email,
        name_zh="新人",
        role=Role.PLANNER,
        document="青函〔2026〕1号",
    )
    drain_outbox(actor=SYSTEM)
    path = re.search(r"https?://[^/]+(/people/invitation/\S+)", mail.outbox[-1].body)[1]
    return AccountInvitation.objects.latest("pk"), path


class TestMarkupInNames:
    """A name that is markup (Decidim CVE-2026-23891, score 9.3): shown as text everywhere."""

    @pytest.fixture
    def named(self, world: World) -> User:
        contact = world.user(QINGPU, Role.CONTACT_POINT)
        planner = world.user(QINGPU, Role.PLANNER)
        User.objects.filter(pk__in=[contact.pk, planner.pk, world.administrator.pk]).update(
            name_zh=EVIL[:60], name_en=EVIL[:80]
        )
        Organization.objects.create(key="evil", name_zh=EVIL, name_en=EVIL, kind="joint_body")
        User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
        body = Organization.objects.get()
        Mandate.objects.create(
            user=contact,
            organization=body,
            role="contact_point",
            document=EVIL[:120],
            valid_from=in_days(-1),
            granted_by=world.administrator,
        )
        return contact

    def test_pages_of_people(self, world: World, named: User) -> None:
        invited(world)
        client = prove(visitor(User.objects.get(pk=named.pk)))
        for name in ("people:mandates", "people:account", "people:tokens", "people:resets", "home"):
            text = client.get(reverse(name)).content.decode()
            assert (name, "<script>alert" in text, "<img src=x" in text) == (name, False, False)
        assert "&lt;script&gt;alert" in client.get("/people/mandates/").content.decode()

    def test_page_of_an_invitation(self, world: World, named: User) -> None:
        _invitation, path = invited(world)
        text = visitor().get(path).content.decode()
        assert ("<script>alert" in text, "&lt;script&gt;alert" in text) == (False, True)

    def test_pages_of_administrators(self, world: World, named: User) -> None:
        client = visitor(User.objects.get(pk=world.administrator.pk))
        invited(world)
        for model in ("user", "organization", "mandate", "accountinvitation", "recordentry"):
            answer = client.get(f"/admin/stakeholders/{model}/")
            text = answer.content.decode()
            assert (model, answer.status_code, "<script>alert" in text) == (model, 200, False)
        for path in (f"user/{named.pk}", f"organization/{Organization.objects.get().pk}"):
            for page in ("change", "history", "delete"):
                text = client.get(f"/admin/stakeholders/{path}/{page}/").content.decode()
                assert (path, page, "<script>alert" in text) == (path, page, False)

    def test_mail_has_no_second_header_and_no_second_body(self, world: World) -> None:
        evil = "x\r\nBcc: everybody@evil.example\r\n\r\n<b>"
        queue_mail(to="a@b.example", subject=evil, body="text")
        user = world.user(QINGPU, Role.PLANNER)
        notify(people=[user.pk], kind="round", title=evil, url="/", key="k")
        User.objects.filter(pk=world.user(QINGPU, Role.CONTACT_POINT).pk).update(name_zh=evil)
        world.mandates.clear()
        invited(world)
        assert len(mail.outbox) == 3
        for one in mail.outbox:
            message = one.message()
            parts = [part.get_content_type() for part in message.walk()]
            assert parts == ["multipart/alternative", "text/plain", "text/html"]
            assert message["Bcc"] is None
            assert "\n" not in str(message["Subject"])
            assert one.recipients() == one.to

    def test_an_address_holds_no_header(self, world: World) -> None:
        client = prove(visitor(world.user(QINGPU, Role.CONTACT_POINT)))
        fields = {
            "email": "a@b.example\nBcc: c@d.example",
            "name_zh": "x",
            "role": "planner",
            "document": "x",
        }
        assert client.post("/people/mandates/grant/", fields).status_code == 422


class TestInvitationPassedByPasswordReset:
    """An expired invitation accepted by resetting the password (Decidim CVE-2023-48220)."""

    def test_no_reset_mail_holds_a_link(self, world: World) -> None:
        invitation, _path = invited(world)
        AccountInvitation.objects.update(expires_at=in_days(-1))
        visitor().post("/accounts/password/reset/", {"email": invitation.email})
        row = OutboxMessage.objects.latest("pk")
        assert (row.recipient, "/password/reset/key/" in row.body) == (invitation.email, False)

    def test_a_link_made_otherwise_opens_nothing(self, world: World) -> None:
        """Even a password link from elsewhere does not replace the acceptance."""
        invitation, _path = invited(world)
        from_elsewhere = reset_path(invitation.user)
        page = visitor().get(from_elsewhere, follow=True).content.decode()
        assert "password1" not in page
        assert User.objects.get(pk=invitation.user_id).has_usable_password() is False

    def test_the_administrators_button_sends_the_invitation_again(self, world: World) -> None:
        invitation, _path = invited(world)
        actions.send_password_link(actor=world.admin, user=invitation.user)
        assert OutboxMessage.objects.latest("pk").minter == "account_invitation"

    def test_who_accepted_resets_as_everybody(self, world: World) -> None:
        invitation, path = invited(world)
        visitor().post(path, {"password1": NEW, "password2": NEW})
        visitor().post("/accounts/password/reset/", {"email": invitation.email})
        assert "/password/reset/key/" in OutboxMessage.objects.latest("pk").body


def reset_path(user: User) -> str:
    """The path of a password link as the site's own generator makes it."""
    queue_password_mail(user=User.objects.get(pk=user.pk))
    body = OutboxMessage.objects.latest("pk").body
    return re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", body)[1]


class TestInvitationBeyondItsBounds:
    """An invitation that made an account elsewhere (Zulip before 1.7.1) or ignored its settings
    (CVE-2017-0896)."""

    def test_what_the_form_adds_is_not_heard(self, world: World) -> None:
        invitation, path = invited(world)
        more = {
            "email": "other@evil.example",
            "role": "signatory",
            "jurisdiction": WUJIANG,
            "mandate": "1",
            "plan_key": "",
            "is_staff": "on",
            "user": str(world.administrator.pk),
        }
        before = (User.objects.count(), Mandate.objects.count())
        visitor().post(path, {"password1": NEW, "password2": NEW, **more})
        user = User.objects.get(pk=invitation.user_id)
        mandate = user.mandates.get()
        assert (User.objects.count(), Mandate.objects.count()) == before
        assert (user.email, user.is_staff, user.is_superuser) == (invitation.email, False, False)
        assert (mandate.role, mandate.jurisdiction_id) == ("planner", QINGPU)

    def test_limits_of_the_mandate_are_kept(self, world: World) -> None:
        invitation, path = invited(world)
        Mandate.objects.filter(pk=invitation.mandate_id).update(
            plan_key="QWJ", acts=["comment.draft"]
        )
        visitor().post(path, {"password1": NEW, "password2": NEW})
        mandate = Mandate.objects.get(pk=invitation.mandate_id)
        assert (mandate.plan_key, mandate.acts) == ("QWJ", ["comment.draft"])

    def test_a_link_opens_only_the_account_it_was_made_for(self, world: World) -> None:
        _first, path = invited(world)
        second, _path = invited(world, "second@qingpu.example")
        visitor().post(path, {"password1": NEW, "password2": NEW})
        assert User.objects.get(pk=second.user_id).has_usable_password() is False


class TestOwnTokenRaised:
    """A call to the API that gives one's own key more rights (Zulip CVE-2022-31168)."""

    @pytest.fixture
    def key(self, world: World) -> str:
        actor, user = world.actor(QINGPU, Role.PLANNER), world.user(QINGPU, Role.PLANNER)
        return actions.make_token(actor=actor, user=user, name="bot", days=5)[1]

    def test_no_operation_writes_mandates_or_tokens(self, world: World, key: str) -> None:
        headers = {"authorization": f"Token {key}"}
        client = Client(headers=headers)
        other = world.mandate(QINGPU, Role.SIGNATORY)
        for method in (client.post, client.put, client.patch, client.delete):
            for path in (f"/api/v1/mandates/{other.pk}/", "/api/v1/mandates/", "/api/v1/tokens/"):
                answer = method(path, {"mandate": other.pk}, content_type="application/json")
                assert (path, answer.status_code in (400, 403, 404, 405)) == (path, True)
        assert ApiToken.objects.get().mandate.role == "planner"
        assert [m.user_id for m in Mandate.objects.filter(role="signatory")] == [other.user_id]

    def test_pages_do_not_take_a_token(self, world: World, key: str) -> None:
        client = Client(headers={"authorization": f"Token {key}"})
        answer = client.post("/people/tokens/", {"name": "more", "days": 300})
        assert (answer.status_code, ApiToken.objects.count()) == (302, 1)
        assert answer["Location"].startswith(LOGIN)

    def test_a_token_acts_under_its_own_mandate_only(self, world: World, key: str) -> None:
        """A mandate named in the request is not heard; the token's own decides."""
        user = world.user(QINGPU, Role.PLANNER)
        Mandate.objects.create(
            user=user,
            jurisdiction_id=QINGPU,
            role="contact_point",
            document="x",
            valid_from=in_days(-1),
            granted_by=world.administrator,
        )
        more = Mandate.objects.latest("pk").pk
        client = Client(headers={"authorization": f"Token {key}"})
        answer = client.post(
            "/api/v1/plans/",
            {"acting_mandate": more, "key": "EVIL"},
            content_type="application/json",
        )
        assert answer.status_code in (400, 403)
        with pytest.raises(Refused):
            actions.make_token(actor=world.admin, user=user, name="x", days=1)


class TestOpenRedirect:
    """A door that leads on to a foreign site."""

    @pytest.mark.parametrize(
        "target",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "javascript:alert(1)",
            "http:evil.example",
            "\thttps://evil.example",
        ],
    )
    def test_sign_in_and_choices_stay_here(self, world: World, target: str) -> None:
        user = world.user(QINGPU, Role.PLANNER)
        door = visitor()
        fields = {"login": user.email, "password": PASSWORD, "next": target}
        answer = door.post(f"{LOGIN}?next={target}", fields)
        assert (answer.status_code, answer["Location"]) == (302, "/")
        for path, more in (
            ("/people/act-as/", {"mandate": world.mandate(QINGPU, Role.PLANNER).pk}),
            ("/i18n/setlang/", {"language": "en"}),
            ("/accounts/reauthenticate/", {"password": PASSWORD}),
            ("/accounts/logout/", {}),
        ):
            answer = door.post(path, {**more, "next": target})
            assert (path, answer.status_code) == (path, 302)
            assert (path, re.match(r"/(?![/\\])", answer["Location"]) is not None) == (path, True)


class TestSessionFixation:
    """A session prepared by an attacker that becomes the victim's."""

    def test_signing_in_changes_the_key(self, world: World) -> None:
        client = visitor()
        client.get(LOGIN)
        session = client.session
        session["planted"] = "x"
        session.save()
        before = session.session_key
        client.post(LOGIN, {"login": world.user(QINGPU, Role.PLANNER).email, "password": PASSWORD})
        assert (is_in(client), client.session.session_key == before) == (True, False)
        stolen = Client()
        stolen.cookies["session"] = before
        assert is_in(stolen) is False

    def test_another_account_begins_an_empty_session(self, world: World) -> None:
        client = prove(visitor(world.user(QINGPU, Role.PLANNER)))
        session = client.session
        session["mine"] = "x"
        session.save()
        client.post("/accounts/logout/")
        client.post(LOGIN, {"login": world.user(WUJIANG, Role.PLANNER).email, "password": PASSWORD})
        assert "mine" not in client.session


def words(answer) -> str:
    text = re.sub(r'(value|content|action)="[^"]*"', "", answer.content.decode())
    return re.sub(r"\S+@\S+", "", text)


class TestEnumeration:
    """Learning who has an account from how the door answers."""

    def test_sign_in_and_reset_answer_alike(self, world: World) -> None:
        invitation, _path = invited(world)
        closed = person("closed@qingpu.example", "closed")
        User.objects.filter(pk=closed.pk).update(is_active=False)
        known = world.user(QINGPU, Role.PLANNER).email
        addresses = (known, invitation.email, closed.email, "nobody@x.example")
        doors, resets = set(), set()
        for email in addresses:
            answer = visitor().post(LOGIN, {"login": email, "password": "guess"})
            doors.add((answer.status_code, words(answer)))
            answer = visitor().post("/accounts/password/reset/", {"email": email}, follow=True)
            resets.add((answer.status_code, words(answer)))
        assert (len(doors), len(resets)) == (1, 1)

    def test_a_taken_address_is_not_told(self, world: World) -> None:
        user = world.user(QINGPU, Role.PLANNER)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        client = prove(visitor(user))
        answers = set()
        for email in (world.user(WUJIANG, Role.PLANNER).email, "free@x.example"):
            answer = client.post("/accounts/email/", {"email": email, "action_add": ""})
            answers.add((answer.status_code, answer.get("Location")))
        assert answers == {(302, "/accounts/email/")}


class TestClosedAccount:
    """A closed account that goes on working in open sessions and programs."""

    def test_sessions_and_tokens_end_at_the_next_request(self, world: World) -> None:
        actor, user = world.actor(QINGPU, Role.PLANNER), world.user(QINGPU, Role.PLANNER)
        _row, key = actions.make_token(actor=actor, user=user, name="bot", days=5)
        client, program = visitor(user), Client(headers={"authorization": f"Token {key}"})
        assert (is_in(client), program.get("/api/v1/mandates/").status_code) == (True, 200)
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert (is_in(client), program.get("/api/v1/mandates/").status_code) == (False, 401)

    def test_no_door_opens_again(self, world: World) -> None:
        user = world.user(QINGPU, Role.PLANNER)
        path = reset_path(user)
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert is_in(visitor(user)) is False
        client = visitor()
        page = client.get(path, follow=True)
        client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
        assert (is_in(client), is_in(visitor(user, NEW))) == (False, False)


class TestChangedCredentials:
    """A thief who stays in after the owner changed the lock, or changes it unnoticed."""

    def test_a_new_password_ends_other_sessions_and_is_told(self, world: World) -> None:
        user = world.user(QINGPU, Role.PLANNER)
        thief, owner = visitor(user), prove(visitor(user))
        fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        owner.post("/accounts/password/change/", fields)
        assert (is_in(owner), is_in(thief)) == (True, False)
        assert OutboxMessage.objects.latest("pk").recipient == user.email

    def test_a_reset_password_ends_sessions(self, world: World) -> None:
        user = world.user(QINGPU, Role.PLANNER)
        thief, client = visitor(user), visitor()
        page = client.get(reset_path(user), follow=True)
        client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
        assert (is_in(thief), is_in(visitor(user, NEW))) == (False, True)

    def test_a_new_address_counts_when_read_and_the_old_one_is_told(self, world: World) -> None:
        user = world.user(QINGPU, Role.PLANNER)
        old = user.email
        client = prove(visitor(user))
        EmailAddress.objects.create(user=user, email=old, verified=True, primary=True)
        client.post("/accounts/email/", {"email": "moved@x.example", "action_add": ""})
        row = OutboxMessage.objects.latest("pk")
        link = re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", row.body)[1]
        assert (row.recipient, client.get(link).status_code) == ("moved@x.example", 200)
        user.refresh_from_db()
        assert user.email == old
        client.post(link)
        user.refresh_from_db()
        told = OutboxMessage.objects.filter(recipient=old).latest("pk")
        assert (user.email, "moved@x.example" in told.body) == ("moved@x.example", True)

    def test_an_address_not_confirmed_is_neither_left_nor_removed(self, world: World) -> None:
        """The sign-in library would take the only address of the account away."""
        user = world.user(QINGPU, Role.PLANNER)
        client = prove(visitor(user))
        page = client.get("/accounts/email/").content.decode()
        assert "Mail the link to confirm it" in page
        client.post("/accounts/email/", {"email": "moved@x.example", "action_add": ""})
        client.post("/accounts/email/", {"email": user.email, "action_remove": ""})
        assert User.objects.get(pk=user.pk).email == user.email
        client.post("/accounts/email/", {"email": user.email, "action_send": ""})
        body = OutboxMessage.objects.latest("pk").body
        link = re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", body)[1]
        client.post(link)
        assert EmailAddress.objects.get(user=user).verified is True

    def test_one_session_is_ended_by_its_owner_only(self, world: World) -> None:
        user = world.user(QINGPU, Role.PLANNER)
        thief, owner = visitor(user), visitor(user)
        theirs = user.usersession_set.earliest("pk").pk
        path = f"/people/account/sessions/{theirs}/end/"
        assert visitor(world.user(WUJIANG, Role.PLANNER)).post(path).status_code == 404
        assert is_in(thief) is True
        assert owner.post(path).status_code == 302
        assert (is_in(thief), is_in(owner)) == (False, True)

    def test_all_other_sessions_are_ended_at_once(self, world: World) -> None:
        user = world.user(QINGPU, Role.PLANNER)
        others, owner = [visitor(user), visitor(user)], visitor(user)
        owner.post("/accounts/sessions/")
        assert ([is_in(one) for one in others], is_in(owner)) == ([False, False], True)


class TestAdministratorsBecomingOthers:
    """Tables by which an administrator could sign in as another (Django admin, forged posts)."""

    def test_they_have_no_page(self, world: World) -> None:
        User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
        user = world.user(QINGPU, Role.SIGNATORY)
        Authenticator.objects.create(user=user, type="totp", data={"secret": "topsecret"})
        client = visitor(User.objects.get(pk=world.administrator.pk))
        assert client.get("/admin/").status_code == 200
        for model in (
            "mfa/authenticator",
            "account/emailaddress",
            "socialaccount/socialaccount",
            "socialaccount/socialapp",
            "usersessions/usersession",
        ):
            for page in ("", "add/", "1/change/"):
                assert client.get(f"/admin/{model}/{page}").status_code == 404

    def test_a_paused_administrator_resets_nobody(self, world: World) -> None:
        user = world.user(QINGPU, Role.SIGNATORY)
        User.objects.filter(pk=world.administrator.pk).update(
            signing_paused_until=in_days(0) + timedelta(hours=1)
        )
        with pytest.raises(Refused):
            actions.ask_second_factor_reset(actor=world.admin, email=user.email, reason="x")
